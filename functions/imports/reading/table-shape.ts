export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'shift_jis', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

export const delimiters = [',', ';', '\t', '|'] as const;

/** Where a list comes from. `periodical`: an export of ours; `plain`: any other table. */
export const listFormats = ['periodical', 'mailchimp', 'substack', 'ghost', 'buttondown', 'listmonk', 'plain'] as const;
export type ListFormat = (typeof listFormats)[number];

/** What a column may hold, for us; the others are passed over. */
export const columnRoles = ['address', 'state', 'date', 'leftDate', 'language', 'topics'] as const;
export type ColumnRole = (typeof columnRoles)[number];
