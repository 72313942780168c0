/** No status is a longer text; what is longer is looked at no further. */
export const longestWord = 80;

/**
 * A cell or a column's name as words are compared: letters of one width and case, without accents, the parts of `HardBounce` and
 * `hard_bounce` apart. Bounded, because cells are anybody's.
 */
export function normalWord(text: string): string {
  return text
    .slice(0, longestWord * 2)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim()
    .slice(0, longestWord);
}

/** Without the blanks that one tool puts where another puts none. */
export const closeWord = (text: string): string => normalWord(text).replaceAll(' ', '');
