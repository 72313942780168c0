/**
 * Languages whose months are written in words. Where two use one word for different months (*listopad* is October in Croatian and
 * November in Czech and Polish), the one with more speakers is here.
 */
const languages =
  'en de fr es pt it nl sv da nb fi pl cs sk sl ro hu tr ru uk be bg sr el ar ar-SY he fa fa-AF ur th id ms ca eu et lv lt is ga cy hi vi'.split(
    ' ',
  );

let known: ReadonlyMap<string, number> | undefined;

/** The month, from 1, that a word names in one of many languages, long or short; undefined for any other word. */
export function monthOf(word: string): number | undefined {
  known ??= monthNames();
  const name = word.toLowerCase().replace(/\.$/, '');
  // Hebrew writes "in March" as one word.
  return known.get(name) ?? (name.startsWith('ב') ? known.get(name.slice(1)) : undefined);
}

/** As CLDR has them, in the form that a date takes and in the form that stands alone. */
function monthNames(): Map<string, number> {
  const names = new Map<string, number>();
  const add = (name: string, month: number) => {
    const plain = name.toLowerCase().replace(/\.$/, '');
    if (/^[\p{L}\p{M}]{2,}$/u.test(plain) && !names.has(plain)) names.set(plain, month);
  };
  for (const language of languages) {
    for (const month of ['long', 'short'] as const) {
      const forms = [
        { month, day: 'numeric', timeZone: 'UTC', calendar: 'gregory' } as const,
        { month, timeZone: 'UTC', calendar: 'gregory' } as const,
      ];
      for (const options of forms) {
        const format = new Intl.DateTimeFormat(language, options);
        for (let n = 0; n < 12; n += 1) {
          const part = format.formatToParts(new Date(Date.UTC(2025, n, 4))).find(({ type }) => type === 'month');
          add(part?.value ?? '', n + 1);
        }
      }
    }
  }
  add('sept', 9);
  return names;
}
