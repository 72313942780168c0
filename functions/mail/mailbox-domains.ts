import { letterOf, type MailboxProvider } from './mailbox-provider.ts';

/**
 * Whose a mailbox is, as far as its domain says it. Of the domains of firms and people `mailbox-hosts.ts` finds out who hosts them. Apart from
 * the names, since few functions ask for it.
 */
const domains = {
  qq: ['qq.com', 'vip.qq.com', 'foxmail.com'],
  netease: ['163.com', '126.com', 'yeah.net', 'vip.163.com', 'vip.126.com', '188.com'],
  sina: ['sina.com', 'sina.cn', 'vip.sina.com', 'vip.sina.cn', 'sina.com.cn'],
  sohu: ['sohu.com', 'vip.sohu.com'],
  aliyun: ['aliyun.com'],
  'china-mobile': ['139.com'],
  'china-telecom': ['189.cn', '21cn.com'],
  gmail: ['gmail.com', 'googlemail.com'],
  outlook: [
    ...['outlook.com', 'outlook.cn', 'outlook.fr', 'outlook.de', 'outlook.es', 'outlook.it', 'outlook.jp', 'outlook.kr'],
    ...['outlook.com.br', 'outlook.com.ar', 'outlook.com.au', 'outlook.com.vn', 'outlook.in', 'outlook.sg', 'outlook.my'],
    ...['hotmail.com', 'hotmail.co.uk', 'hotmail.fr', 'hotmail.de', 'hotmail.it', 'hotmail.es', 'hotmail.co.jp'],
    ...['hotmail.com.br', 'hotmail.com.ar', 'hotmail.com.hk', 'hotmail.com.tw', 'hotmail.nl', 'hotmail.be', 'hotmail.ca', 'hotmail.se'],
    ...['live.com', 'live.cn', 'live.hk', 'live.co.uk', 'live.fr', 'live.de', 'live.it', 'live.nl', 'live.jp', 'live.ca'],
    ...['live.com.au', 'live.com.sg', 'live.com.mx', 'msn.com', 'msn.cn', 'windowslive.com', 'passport.com'],
  ],
  yahoo: [
    ...['yahoo.com', 'yahoo.co.uk', 'yahoo.fr', 'yahoo.de', 'yahoo.it', 'yahoo.es', 'yahoo.ca', 'yahoo.in', 'yahoo.co.in'],
    ...['yahoo.com.br', 'yahoo.com.ar', 'yahoo.com.mx', 'yahoo.com.au', 'yahoo.com.sg', 'yahoo.com.hk', 'yahoo.com.tw'],
    ...['yahoo.com.cn', 'yahoo.cn', 'yahoo.com.ph', 'yahoo.com.vn', 'yahoo.co.id', 'ymail.com', 'rocketmail.com', 'aol.com'],
  ],
  'yahoo-japan': ['yahoo.co.jp', 'ymail.ne.jp', 'ybb.ne.jp'],
  icloud: ['icloud.com', 'icloud.com.cn', 'me.com', 'mac.com'],
  proton: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
  fastmail: ['fastmail.com', 'fastmail.fm'],
  zoho: ['zoho.com', 'zohomail.com', 'zoho.eu', 'zohomail.eu', 'zoho.com.cn'],
  gmx: ['gmx.de', 'gmx.net', 'gmx.com', 'gmx.at', 'gmx.ch', 'web.de', 'mail.com'],
  yandex: ['yandex.ru', 'yandex.com', 'ya.ru'],
  mailru: ['mail.ru', 'bk.ru', 'inbox.ru', 'list.ru', 'internet.ru'],
  naver: ['naver.com'],
  daum: ['daum.net', 'hanmail.net', 'kakao.com'],
} as const satisfies Record<Exclude<MailboxProvider, 'other'>, readonly string[]>;

const names = Object.keys(domains) as (keyof typeof domains)[];
const byDomain = new Map<string, MailboxProvider>(names.flatMap((name) => domains[name].map((domain) => [domain, name] as const)));

/** The provider that a domain is known for. */
export const providerOfDomain = (domain: string): MailboxProvider | undefined => byDomain.get(domain);

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The provider of an address by its domain's name alone, as one letter: what a batch keeps of it. */
export const providerLetter = (address: string): string => letterOf(providerOfDomain(domainOf(address)) ?? 'other');

/** The domain by which people know a provider's mailboxes. */
export const mainDomain = (provider: MailboxProvider): string => (provider === 'other' ? provider : domains[provider][0]);
