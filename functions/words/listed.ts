/** Names in a row, as the language joins them: `a, b and c`, `甲、乙和丙`. */
export const listed = (language: string, names: readonly string[]): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
