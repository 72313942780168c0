/**
 * Who runs a mailbox, as one letter in the ledger. A letter is in batches that were written long ago: it is never given to
 * another provider.
 */
const letters = {
  qq: 'q',
  netease: 'n',
  sina: 's',
  sohu: 'h',
  aliyun: 'a',
  'china-mobile': 'c',
  'china-telecom': 't',
  gmail: 'g',
  outlook: 'o',
  yahoo: 'y',
  'yahoo-japan': 'j',
  icloud: 'i',
  proton: 'p',
  fastmail: 'f',
  zoho: 'z',
  gmx: 'x',
  yandex: 'd',
  mailru: 'm',
  naver: 'v',
  daum: 'k',
  // Everybody else's mailboxes, which no provider's rule says anything about.
  other: 'e',
} as const;

export type MailboxProvider = keyof typeof letters;

/** Every name there is. */
export const mailboxProviders = Object.keys(letters) as MailboxProvider[];

export const letterOf = (provider: MailboxProvider): string => letters[provider];

const providerOfLetter = new Map<string, MailboxProvider>(mailboxProviders.map((name) => [letters[name], name]));

/** The provider that a letter means; undefined for a letter that nobody has written. */
export const providerOf = (letter: string): MailboxProvider | undefined => providerOfLetter.get(letter);
