import { resolveMx } from 'node:dns/promises';
import { after, days, epochSeconds, type Now, type Sleep, sleep as sleepNow } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import { faultOf, logger } from '../platform/logger.ts';
import type { Table } from '../platform/table.ts';
import { domainOf, providerOfDomain } from './mailbox-domains.ts';
import { letterOf, type MailboxProvider } from './mailbox-provider.ts';

/** The mail servers of a domain: names, and which is asked first (RFC 5321, 5.1). */
export type MailServer = { exchange: string; priority: number };

export type MailboxHostServices = {
  table: Pick<Table, 'getMany' | 'put'>;
  /** Fails with a `code`: `ENOTFOUND` and `ENODATA` mean that the domain takes no mail. */
  resolve?: (domain: string) => Promise<readonly MailServer[]>;
  now?: Now;
  sleep?: Sleep;
};

/** Ends of the names of providers' servers, as their setup pages have them for domains of firms. */
const servers = {
  qq: ['.qq.com'],
  netease: ['.netease.com', '.163.com', '.ym.163.com'],
  aliyun: ['.mxhichina.com', '.aliyun.com'],
  gmail: ['.google.com', '.googlemail.com'],
  outlook: ['.outlook.com', '.mx.microsoft'],
} as const satisfies Partial<Record<MailboxProvider, readonly string[]>>;

/** What is known of a domain is asked again after this long, when somebody confirms or is imported. */
const freshMs = days(30);
/** And forgotten when nobody has for this long. */
const keptMs = days(400);
/** A reader waits no longer for the page that says they are subscribed. */
const patienceMs = 1_000;
const lookUpsAtOnce = 20;
/** In one process. */
const rememberedMs = 3_600_000;
const remembered = 50_000;

type Known = { letter: string; resolvedAt: number };

/**
 * Who hosts the mailboxes of a domain. The names of big providers say so; for all other domains their MX records do, which are looked up
 * when a reader confirms or is imported, and kept by domain.
 */
export class MailboxHosts {
  readonly #services: Required<MailboxHostServices>;
  readonly #seen = new Map<string, Known & { seenAt: number }>();
  constructor({ table, resolve = resolveMx, now = () => new Date(), sleep = sleepNow }: MailboxHostServices) {
    this.#services = { table, resolve, now, sleep };
  }

  /** Of each address its provider, as one letter. What was never looked up counts as `other`. */
  async lettersOf(addresses: readonly string[]): Promise<Map<string, string>> {
    const known = await this.#known([...new Set(addresses.map(domainOf))].filter((domain) => !providerOfDomain(domain)));
    return new Map(
      addresses.map((address) => {
        const domain = domainOf(address);
        const provider = providerOfDomain(domain);
        return [address, provider ? letterOf(provider) : (known.get(domain)?.letter ?? other)];
      }),
    );
  }

  /** Finds out who hosts these mailboxes, as far as a second suffices. A look-up that fails or is slow is left for the next time. */
  async learn(addresses: readonly string[]): Promise<void> {
    const { now, sleep } = this.#services;
    const work = async () => {
      const domains = [...new Set(addresses.map(domainOf))].filter((domain) => !providerOfDomain(domain));
      const known = await this.#known(domains);
      const isFresh = (domain: string) => now().getTime() - (known.get(domain)?.resolvedAt ?? 0) < freshMs;
      const left = domains.filter((domain) => !isFresh(domain)).values();
      const next = async () => {
        for (const domain of left) await this.#resolve(domain);
      };
      await Promise.all(Array.from({ length: lookUpsAtOnce }, next));
    };
    // Whatever fails here, nobody's subscription depends on it.
    const done = work().catch((error: unknown) => logger.warn('Mailbox hosts could not be found out', { fault: faultOf(error) }));
    await Promise.race([done, sleep(patienceMs)]);
  }

  async #resolve(domain: string): Promise<void> {
    const { table, resolve, now } = this.#services;
    const records = await resolve(domain).catch((error: { code?: string }) =>
      error.code === 'ENOTFOUND' || error.code === 'ENODATA' ? [] : undefined,
    );
    if (!records) return;
    const known = { letter: letterIn(records), resolvedAt: now().getTime() };
    await table.put({ ...keys.mailboxHost(domain), ...known, expiresAt: epochSeconds(after(now(), keptMs)) });
    this.#remember(domain, known);
  }

  /** One read for all domains that this process has not seen lately. */
  async #known(domains: readonly string[]): Promise<Map<string, Known>> {
    const since = this.#services.now().getTime() - rememberedMs;
    const isUnseen = (domain: string) => (this.#seen.get(domain)?.seenAt ?? 0) < since;
    const unseen = domains.filter(isUnseen);
    const items = unseen.length > 0 ? await this.#services.table.getMany(unseen.map(keys.mailboxHost)) : [];
    const stored = new Map(items.map((item) => [item.pk, { letter: String(item.letter), resolvedAt: Number(item.resolvedAt) }]));
    for (const domain of unseen) this.#remember(domain, stored.get(keys.mailboxHost(domain).pk) ?? { letter: other, resolvedAt: 0 });
    return new Map(domains.map((domain) => [domain, this.#seen.get(domain) ?? { letter: other, resolvedAt: 0 }]));
  }

  #remember(domain: string, known: Known) {
    if (this.#seen.size >= remembered) this.#seen.clear();
    this.#seen.set(domain, { ...known, seenAt: this.#services.now().getTime() });
  }
}

const other = letterOf('other');

/** By the server that is asked first: the others may be somebody else's, for days on which it is out of order. */
function letterIn(records: readonly MailServer[]): string {
  const [first] = [...records].sort((a, b) => a.priority - b.priority);
  const name = `.${first?.exchange.toLowerCase().replace(/\.$/, '') ?? ''}`;
  const providers = Object.keys(servers) as (keyof typeof servers)[];
  const provider = providers.find((each) => servers[each].some((end) => name.endsWith(end)));
  return provider ? letterOf(provider) : other;
}
