/** Whether a text fits a pattern in which `*` stands for any text. */
export function fitsWildcards(pattern: string, text: string): boolean {
  const [beginning = '', ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) return text === beginning;
  let from = beginning.length;
  if (!text.startsWith(beginning)) return false;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return text.length - end.length >= from && text.endsWith(end);
}
