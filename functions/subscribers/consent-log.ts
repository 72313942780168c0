import * as z from 'zod';
import { epochSeconds, minutesAfter } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import { type ReaderLocale, readerLocales } from '../platform/locale.ts';
import type { Table } from '../platform/table.ts';
import { CountedSignUp } from './limits/sign-up-limits.ts';

/** `lifted`: an editor took back a suppression; `erased`: the reader asked to be forgotten. */
const consentEvents = ['asked', 'confirmed', 'left', 'moved', 'lifted', 'erased'] as const;

/** What a reader agreed to, or took back: which words they saw, when, where, in which language. */
const ConsentRecord = z.object({
  event: z.enum(consentEvents),
  at: z.iso.datetime(),
  /** The version of the words on the page; absent where no words of ours were seen, as with a mail program's own button. */
  wording: z.string().optional(),
  /** The path of the page, or how else it came: `api`, `one-click`, `editor`. */
  page: z.string(),
  locale: z.enum(readerLocales).optional(),
  /** The answer to the separate box for transfer abroad, where a sign-up was asked. */
  transferAbroad: z.enum(['given', 'not_asked']).optional(),
  /** The link that was clicked: SHA-256 of its token, which only the mail to the reader's address held, and when it was mailed. */
  click: z.object({ link: z.string(), mailedAt: z.iso.datetime() }).optional(),
  /** The id under the other address, of somebody who changed theirs. */
  otherId: z.string().optional(),
  /** Which editor it was, and why. */
  by: z.string().optional(),
  reason: z.string().optional(),
});
export type ConsentRecord = z.infer<typeof ConsentRecord>;

/** From which network address it came, and where the sign-up counted: kept for a month, apart from the consent. */
const ConsentNetwork = z.object({
  event: z.enum(consentEvents),
  at: z.iso.datetime(),
  address: z.string(),
  counted: CountedSignUp.optional(),
});
type ConsentNetwork = z.infer<typeof ConsentNetwork>;

const networkDays = 30;

/** After the last mail. Nobody is mailed after they left, so that day is never later than leaving. */
const keptYears = 3;

/** After these no mail goes out any more. */
const endings: readonly ConsentRecord['event'][] = ['left', 'erased'];

/** What a page knows of the consent that it takes; the network address is the reader's, and never logged. */
export type ConsentContext = { page: string; locale?: ReaderLocale; wording?: string; click?: ConsentRecord['click'] };

/**
 * The evidence: append-only. What was recorded stays as it was, also when the same click comes twice. While somebody is
 * mailed it has no end; a sign-up that nobody confirms, and whoever has left, is kept three years more.
 */
export class ConsentLog {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async record(id: string, consent: ConsentRecord): Promise<void> {
    const item = { ...keys.consent(id, `${consent.at}#${consent.event}`), ...consent };
    const expiresAt = consent.event === 'asked' ? yearsAfter(consent.at) : undefined;
    await this.#table.put({ ...item, expiresAt }, { expression: 'attribute_not_exists(pk)' });
    if (consent.event !== 'asked') await this.#keepUntil(id, endings.includes(consent.event) ? yearsAfter(consent.at) : undefined);
  }

  /** Of everything about one reader, and of the address they came from, as long as nobody has signed up with that one again. */
  async #keepUntil(id: string, expiresAt: number | undefined, hops = 8): Promise<void> {
    const records = await this.of(id);
    for (const { at, event } of records)
      await this.#table.update(keys.consent(id, `${at}#${event}`), {
        ...(expiresAt ? { set: 'SET expiresAt = :expiry', values: { ':expiry': expiresAt } } : { set: 'REMOVE expiresAt' }),
        condition: 'attribute_exists(pk)',
      });
    const [from] = records.filter(({ event }) => event === 'moved');
    if (!from?.otherId || hops === 0 || from === records.at(-1)) return;
    if ((await this.of(from.otherId)).at(-1)?.event === 'moved') await this.#keepUntil(from.otherId, expiresAt, hops - 1);
  }

  async recordNetwork(id: string, { event, at, address, counted }: ConsentNetwork): Promise<void> {
    const expiresAt = epochSeconds(minutesAfter(new Date(at), networkDays * 24 * 60));
    const item = { ...keys.consentNetwork(id, `${at}#${event}`), event, at, address, ...(counted && { counted }), expiresAt };
    await this.#table.put(item, { expression: 'attribute_not_exists(pk)' });
  }

  /** The network addresses of the last 30 days, oldest first: TTL deletes late. */
  async networksOf(id: string, now: Date): Promise<ConsentNetwork[]> {
    const { pk } = keys.consentNetwork(id, '');
    const items = await Array.fromAsync(this.#table.query({ pk, prefix: 'NETWORK#' }));
    return items.filter(({ expiresAt }) => Number(expiresAt) > epochSeconds(now)).map((item) => ConsentNetwork.parse(item));
  }

  /** Everything about one reader, oldest first. */
  async of(id: string): Promise<ConsentRecord[]> {
    const { pk } = keys.consent(id, '');
    return Array.fromAsync(this.#table.query({ pk, prefix: 'CONSENT#' }), (item) => ConsentRecord.parse(item));
  }
}

const yearsAfter = (at: string) => {
  const date = new Date(at);
  date.setUTCFullYear(date.getUTCFullYear() + keptYears);
  return epochSeconds(date);
};
