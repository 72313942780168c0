import type { Resolved } from './resolved.ts';

const boxNames =
  /^(?:note|hint|callout|admonition|alert|notice|tip|info|warning|danger|caution|important|blockquote|quote|pullquote|centerquote|cq|details|message)$/i;
const codeNames = /^(?:highlight|codeblock|code|prettify)$/i;

/**
 * A pair of tags that is a box or a listing, as the fences of one; only where they have lines of their own. Undefined for
 * other tags. `words`: what the opening tag says.
 */
export function boxMark(name: string, words: readonly string[], isEnd: boolean, isAlone: boolean): Resolved | undefined {
  const [isBox, isCode] = [boxNames.test(name), codeNames.test(name)];
  if (!isBox && !isCode) return undefined;
  if (!isAlone) return { text: '' };
  if (isCode) return { text: isEnd ? '~~~~~~' : `~~~~~~${/^[\w+#-]{1,20}$/.test(words[0] ?? '') ? words[0] : ''}` };
  return { text: isEnd ? ':::' : `:::quote ${titleOf(name, words)}` };
}

/** The words behind the box's kind; a source, of a quote. */
function titleOf(name: string, words: readonly string[]): string {
  const named = words.map((word) => /^(?:title|summary)\s*[=:]\s*(\S.*)$/.exec(word)?.[1]).find((word) => word !== undefined);
  if (named !== undefined) return named;
  const plain = words.filter((word) => !/^[\w-]{1,40}\s*[=:]/.test(word));
  const isSource = /quote|cq/i.test(name);
  return (
    isSource
      ? plain
      : plain.filter((word) => !boxNames.test(word) && !/^(?:success|default|primary|no-icon|icon|simple|modern|flat)$/.test(word))
  ).join(' ');
}

/** The words of a tag: `a "b c" d='e f'` is `a`, `b c`, `d=e f`. */
export const wordsOf = (written: string): string[] =>
  Array.from(written.matchAll(/(?:[\w-]{1,40}\s{0,2}[=:]\s{0,2})?(?:"[^"]*"|'[^']*'|“[^“”]*”|`[^`]*`)|[^\s"'“`]+/g), ([word]) =>
    word.replace(/\s{0,2}[=:]\s{0,2}(?=["'“`])/, '=').replace(/["'“”`]/g, ''),
  );

export const namedWord = (words: readonly string[], ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const word = words.find((each) => each.toLowerCase().startsWith(`${name}=`));
    if (word) return word.slice(name.length + 1);
  }
  return undefined;
};
