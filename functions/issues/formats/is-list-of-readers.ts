const address = /^(?:[^<>@]{0,100}<)?[^\s@<>"'“”]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}>?$/i;
const mostLines = 300;
const longestLine = 2_000;

/** Whether a text is a list of people’s addresses, as CSV, JSON or one a line: most of its lines have one in a cell of its own. */
export function isListOfReaders(text: string): boolean {
  if (!text.slice(0, 200_000).includes('@')) return false;
  if (/^\s*[[{]/.test(text) && (text.slice(0, 200_000).match(/"e-?mail(?:_?address)?"\s{0,5}:\s{0,5}"[^"@\s]{1,64}@/gi)?.length ?? 0) > 1)
    return true;
  const lines = text
    .split('\n', mostLines * 2)
    .filter((line) => line.trim() !== '')
    .slice(0, mostLines);
  const readers = lines.filter(namesReader).length;
  const isTitled = /e-?mail|邮箱|郵件|メール/i.test(lines[0] ?? '') && (lines[0] ?? '').length < longestLine;
  return readers > (isTitled ? 0 : 1) && readers * 10 >= (lines.length - (isTitled ? 1 : 0)) * 6;
}

const namesReader = (line: string) =>
  line.length <= longestLine &&
  line.split(/[,;\t|]/).some((cell) =>
    address.test(
      cell
        .trim()
        .replace(/^["']|["']$/g, '')
        .slice(0, 300),
    ),
  );
