/**
 * The token of a link as it was opened. A link that somebody has pasted may bring along the full stop, the bracket or the
 * quotation mark that stood beside it; a token itself is exact.
 */
export function pastedToken(query: URLSearchParams): string {
  const text = query.get('t') ?? '';
  const isOurs = (at: number) => /[\w-]/.test(text.charAt(at));
  let [from, to] = [0, text.length];
  while (from < to && !isOurs(from)) from += 1;
  while (to > from && !isOurs(to - 1)) to -= 1;
  return text.slice(from, to);
}
