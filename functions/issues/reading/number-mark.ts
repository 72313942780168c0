/** How a weekly numbers its items; the punctuation belongs to the style. */
export type NumberStyle = '1、' | '1.' | '1)' | '(1)' | '第一，' | '一、';

/** `mark`: as written, with the white space behind it. */
export type NumberMark = { style: NumberStyle; count: number; mark: string };

const styles: [NumberStyle, RegExp][] = [
  ['1、', /^([0-9０-９]{1,3})、\s*/],
  // With a space, so that 1.5 is no number of an item; the full-width dot has its own.
  ['1.', /^([0-9０-９]{1,3})(?:\.(?:\s+|$)|．\s*)/],
  ['1)', /^([0-9０-９]{1,3})[)）]\s*/],
  ['(1)', /^[(（]([0-9０-９]{1,3})[)）]\s*/],
  ['第一，', /^第([〇零一二三四五六七八九十百]{1,5}|[0-9０-９]{1,3})[，,、：:]\s*/],
  ['一、', /^([〇零一二三四五六七八九十百]{1,5})、\s*/],
];

/** The number a text begins with, if it is one of the styles of items. */
export function numberMark(text: string): NumberMark | undefined {
  const head = text.slice(0, 16);
  for (const [style, pattern] of styles) {
    const [mark, number] = pattern.exec(head) ?? [];
    if (mark !== undefined && number !== undefined) return { style, count: countOf(number), mark };
  }
  return undefined;
}

const digits: Readonly<Record<string, number>> = { 〇: 0, 零: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };

/** The value of an Arabic number, also in full width, or of a Chinese one below 1,000, said (`一百二十三`) or spelt (`一二三`). */
export function countOf(number: string): number {
  const arabic = number.normalize('NFKC');
  if (/^\d+$/.test(arabic)) return Number(arabic);
  if (number.length > 1 && !/[十百]/.test(number)) return Number([...number].map((character) => digits[character] ?? 0).join(''));
  let total = 0;
  let digit: number | undefined;
  for (const character of number) {
    const unit = character === '百' ? 100 : character === '十' ? 10 : undefined;
    if (unit) total += (digit ?? 1) * unit;
    digit = unit ? undefined : digits[character];
  }
  return total + (digit ?? 0);
}
