export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'shift_jis', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

export const delimiters = [',', ';', '\t', '|'] as const;

/** Where a list comes from. `periodical`: an export of this software; `plain`: any other table. */
export const listFormats = [
  ...(['periodical', 'mailchimp', 'substack', 'ghost', 'buttondown', 'listmonk', 'beehiiv', 'kit', 'mailerlite', 'brevo'] as const),
  ...(['activecampaign', 'systemeio', 'campaign-monitor', 'mailman', 'phplist', 'keila', 'jetpack', 'curated'] as const),
  ...(['tencent-survey', 'jinshuju', 'google-contacts', 'plain'] as const),
] as const;
export type ListFormat = (typeof listFormats)[number];
