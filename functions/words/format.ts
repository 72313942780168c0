/** A form for each case that the language's grammar tells apart (CLDR plural rules). */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export const plural = (language: string, count: number, forms: PluralForms): string =>
  forms[new Intl.PluralRules(language).select(count)] ?? forms.other;

/** A whole number with the language's separators. */
export const numeral = (language: string, count: number): string => new Intl.NumberFormat(language).format(count);

/** A share such as `5.2%`. */
export const percent = (language: string, share: number): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
