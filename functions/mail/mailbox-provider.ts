/**
 * Who runs a mailbox, as far as its domain says it. A letter stands in orders that were written long ago: it is never given
 * to another provider. Domains of firms and people are not in here: which firm a reader works for is nobody's business.
 */
const table = {
  qq: { letter: 'q', domains: ['qq.com', 'vip.qq.com', 'foxmail.com'] },
  netease: { letter: 'n', domains: ['163.com', '126.com', 'yeah.net', 'vip.163.com', 'vip.126.com', '188.com'] },
  sina: { letter: 's', domains: ['sina.com', 'sina.cn', 'vip.sina.com', 'vip.sina.cn', 'sina.com.cn'] },
  sohu: { letter: 'h', domains: ['sohu.com', 'vip.sohu.com'] },
  aliyun: { letter: 'a', domains: ['aliyun.com'] },
  'china-mobile': { letter: 'c', domains: ['139.com'] },
  'china-telecom': { letter: 't', domains: ['189.cn', '21cn.com'] },
  gmail: { letter: 'g', domains: ['gmail.com', 'googlemail.com'] },
  outlook: {
    letter: 'o',
    domains: [
      ...['outlook.com', 'outlook.cn', 'outlook.fr', 'outlook.de', 'outlook.es', 'outlook.it', 'outlook.jp', 'outlook.kr'],
      ...['outlook.com.br', 'outlook.com.ar', 'outlook.com.au', 'outlook.com.vn', 'outlook.in', 'outlook.sg', 'outlook.my'],
      ...['hotmail.com', 'hotmail.co.uk', 'hotmail.fr', 'hotmail.de', 'hotmail.it', 'hotmail.es', 'hotmail.co.jp'],
      ...['hotmail.com.br', 'hotmail.com.ar', 'hotmail.com.hk', 'hotmail.com.tw', 'hotmail.nl', 'hotmail.be', 'hotmail.ca', 'hotmail.se'],
      ...['live.com', 'live.cn', 'live.hk', 'live.co.uk', 'live.fr', 'live.de', 'live.it', 'live.nl', 'live.jp', 'live.ca'],
      ...['live.com.au', 'live.com.sg', 'live.com.mx', 'msn.com', 'msn.cn', 'windowslive.com', 'passport.com'],
    ],
  },
  yahoo: {
    letter: 'y',
    domains: [
      ...['yahoo.com', 'yahoo.co.uk', 'yahoo.fr', 'yahoo.de', 'yahoo.it', 'yahoo.es', 'yahoo.ca', 'yahoo.in', 'yahoo.co.in'],
      ...['yahoo.com.br', 'yahoo.com.ar', 'yahoo.com.mx', 'yahoo.com.au', 'yahoo.com.sg', 'yahoo.com.hk', 'yahoo.com.tw'],
      ...['yahoo.com.cn', 'yahoo.cn', 'yahoo.com.ph', 'yahoo.com.vn', 'yahoo.co.id', 'ymail.com', 'rocketmail.com', 'aol.com'],
    ],
  },
  'yahoo-japan': { letter: 'j', domains: ['yahoo.co.jp', 'ymail.ne.jp', 'ybb.ne.jp'] },
  icloud: { letter: 'i', domains: ['icloud.com', 'icloud.com.cn', 'me.com', 'mac.com'] },
  proton: { letter: 'p', domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'] },
  fastmail: { letter: 'f', domains: ['fastmail.com', 'fastmail.fm'] },
  zoho: { letter: 'z', domains: ['zoho.com', 'zohomail.com', 'zoho.eu', 'zohomail.eu', 'zoho.com.cn'] },
  gmx: { letter: 'x', domains: ['gmx.de', 'gmx.net', 'gmx.com', 'gmx.at', 'gmx.ch', 'web.de', 'mail.com'] },
  yandex: { letter: 'd', domains: ['yandex.ru', 'yandex.com', 'ya.ru'] },
  mailru: { letter: 'm', domains: ['mail.ru', 'bk.ru', 'inbox.ru', 'list.ru', 'internet.ru'] },
  naver: { letter: 'v', domains: ['naver.com'] },
  daum: { letter: 'k', domains: ['daum.net', 'hanmail.net', 'kakao.com'] },
} as const satisfies Record<string, { letter: string; domains: readonly string[] }>;

/** `other`: everybody else's mailboxes, which no provider's rule says anything about. */
const other = { name: 'other', letter: 'e' } as const;

export type MailboxProvider = keyof typeof table | typeof other.name;

const names = Object.keys(table) as (keyof typeof table)[];
const nameOfLetter = new Map<string, MailboxProvider>([
  ...names.map((name) => [table[name].letter, name] as const),
  [other.letter, other.name],
]);
const letterOfDomain = new Map<string, string>(names.flatMap((name) => table[name].domains.map((domain) => [domain, table[name].letter])));

/** The provider of an address, as one letter: what an order keeps of it. */
export const providerLetter = (address: string): string =>
  letterOfDomain.get(address.slice(address.lastIndexOf('@') + 1).toLowerCase()) ?? other.letter;

/** The provider that a letter stands for; undefined for a letter that nobody has written. */
export const providerOf = (letter: string): MailboxProvider | undefined => nameOfLetter.get(letter);

/** The domain by which people know a provider's mailboxes. */
export const mainDomain = (provider: MailboxProvider): string => (provider === 'other' ? provider : table[provider].domains[0]);

/** Every name there is. */
export const mailboxProviders: readonly MailboxProvider[] = [...nameOfLetter.values()];
