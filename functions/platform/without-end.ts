/**
 * A text without the characters at its end that fit a pattern of one character. A pattern such as `/x+$/` would look from each `x` of the text to
 * the end of its run; this looks at the end alone.
 */
export function withoutEnd(text: string, ending: RegExp): string {
  let end = text.length;
  while (end > 0 && ending.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
