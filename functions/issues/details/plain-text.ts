const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];

/** A text as patterns are looked for in it: one width, one kind of dash and digit, at most so many characters. */
export function plainText(text: string, most = 2_000): string {
  return text
    .slice(0, most)
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g, asDigit)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
}

const asDigit = (digit: string) => String(digit.charCodeAt(0) - (zeros.findLast((zero) => zero <= digit.charCodeAt(0)) ?? 0));
