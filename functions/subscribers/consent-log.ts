import * as z from 'zod';
import { Actor } from '../access/principal.ts';
import { after, days, epochSeconds } from '../platform/clock.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { type ReaderLocale, readerLocales } from '../words/locale.ts';
import { mostMoves } from './follow-moves.ts';
import { CountedSignUp } from './limits/counted-sign-up.ts';

/**
 * `suppressed`: their mailbox is dead, or they complained; `restored`: a delivery that was told late has shown that it is not;
 * `reinstated`: an editor took a suppression back; `erased`: the reader asked to be forgotten.
 */
const consentEvents = ['asked', 'confirmed', 'left', 'moved', 'suppressed', 'restored', 'reinstated', 'erased'] as const;

/** What a reader agreed to, or took back: which words they saw, when, where, in which language. */
export const ConsentRecord = z.object({
  event: z.enum(consentEvents),
  at: z.iso.datetime(),
  /** The version of the words on the page; absent where our words were not seen, as with a mail program's own button. */
  wording: z.string().optional(),
  /** The path of the page, or how else it came: `api`, `one-click`, `editor`, `feedback`, `import:<id>`. */
  page: z.string(),
  /** Where the form was that somebody signed up by, if it said so. Anybody may write there what they like. */
  source: z.string().optional(),
  locale: z.enum(readerLocales).optional(),
  /** The answer to the separate box for transfer abroad, where a sign-up was asked, or the person who confirmed it. */
  transferAbroad: z.enum(['given', 'not_asked']).optional(),
  /** The link that was clicked: SHA-256 of its token, which only the mail to the reader's address held, and when it was mailed. */
  click: z.object({ link: z.string(), mailedAt: z.iso.datetime() }).optional(),
  /** The id under the address they changed this one for, or had before it. */
  movedTo: z.string().optional(),
  movedFrom: z.string().optional(),
  /** Which colleague it was, and why; of a suppression `bounce` or `complaint`. */
  by: Actor.optional(),
  reason: z.string().optional(),
  /** Of a reinstate: false where no consent is on record, so that they may sign up and get nothing before. */
  mailed: z.boolean().optional(),
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
const endings: readonly ConsentRecord['event'][] = ['left', 'suppressed', 'erased'];

/**
 * What an event does to the evidence before it: gives it an end, makes an end that it has later, since one more mail goes out,
 * takes the end away, or nothing.
 */
function effectOf({ event, movedTo, mailed }: ConsentRecord): 'ends' | 'prolongs' | 'reopens' | 'none' {
  if (event === 'asked') return 'prolongs';
  if (endings.includes(event)) return 'ends';
  // What is under an address that was left goes by the one it was left for.
  return movedTo !== undefined || mailed === false ? 'none' : 'reopens';
}

/** What a page knows of the consent that it takes; `by`: the colleague who did it for the reader. */
export type ConsentContext = { page: string; by?: Actor; locale?: ReaderLocale; wording?: string } & Pick<
  ConsentRecord,
  'click' | 'transferAbroad'
>;

/**
 * The evidence: append-only. What was recorded stays as it was, also when the same click comes twice. While somebody is
 * mailed it has no end; that of a sign-up that nobody confirms, and of a reader who has left, is kept three years more.
 */
export class ConsentLog {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async record(id: string, consent: ConsentRecord): Promise<void> {
    const key = keys.consent(id, `${consent.at}#${consent.event}`);
    // A record that exists has had its effect. Told again, it must not end what has begun since.
    if (await this.#table.get(key)) return;
    const effect = effectOf(consent);
    const end = effect === 'reopens' || consent.movedTo !== undefined ? undefined : yearsAfter(consent.at);
    if (effect !== 'none') for (const each of [id, ...(await this.idsBefore(id))]) await this.#keep(each, effect, end);
    await this.#table.put({ ...key, ...consent, expiresAt: end }, { expression: 'attribute_not_exists(pk)' });
  }

  /** Of everything about one id. */
  async #keep(id: string, effect: 'ends' | 'prolongs' | 'reopens', end: number | undefined): Promise<void> {
    for (const { at, event } of await this.of(id))
      await this.#table.update(keys.consent(id, `${at}#${event}`), {
        ...(end === undefined ? { set: 'REMOVE expiresAt' } : { set: 'SET expiresAt = :end', values: { ':end': end } }),
        condition: effect === 'prolongs' ? 'expiresAt < :end' : 'attribute_exists(pk)',
      });
  }

  /** The ids under the last eight addresses that a reader had before, as long as nobody has signed up with those again. */
  async idsBefore(id: string, movesLeft = mostMoves): Promise<string[]> {
    const found = new Set<string>();
    for (const { movedFrom } of movesLeft > 0 ? await this.of(id) : [])
      if (movedFrom && (await this.of(movedFrom)).at(-1)?.movedTo === id)
        for (const each of [movedFrom, ...(await this.idsBefore(movedFrom, movesLeft - 1))]) found.add(each);
    return [...found].filter((each) => each !== id);
  }

  async recordNetwork(id: string, { event, at, address, counted }: ConsentNetwork): Promise<void> {
    const expiresAt = epochSeconds(after(new Date(at), days(networkDays)));
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
