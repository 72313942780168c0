import * as z from 'zod';
import { leavingReasons } from '../subscribers/subscriber.ts';

const Count = z.number().int();
const some = Count.default(0);

/**
 * What happened in one week. It adds up: `atEnd` is what was at the end of the week before, and `confirmed`, `imported` and
 * `back`, less who left, was erased, bounced, complained or joined.
 */
export const WeekStatistics = z.object({
  /** `2026-W47`, and its first day in the newsletter's time zone. */
  week: z.string(),
  monday: z.iso.date(),
  /** Asked to be on the list, once for each time that they were not waiting already. */
  signedUp: some,
  /** Readers by the click in their mail, by an imported list, and because a suppression was reinstated. */
  confirmed: some,
  imported: some,
  back: some,
  /** Readers who took themselves off, whom an editor took off, and whom a newer list did. */
  leftThemselves: some,
  leftByEditor: some,
  leftByList: some,
  erased: some,
  bounced: some,
  complained: some,
  /** Readers who changed to an address that was another reader's. */
  joined: some,
  /** Readers at the end of the week, or of what there has been of it. */
  atEnd: some,
  /**
   * Of those who confirmed, how many came by which form; who names none is not among them. A list, because the names are
   * strangers' words, and an object with a key such as `constructor` cannot be stored.
   */
  sources: z.array(z.object({ source: z.string(), confirmed: Count })).default([]),
  /** What those who left said about it, afterwards. */
  reasons: z.partialRecord(z.enum(leavingReasons), Count).default({}),
  /** Who took themselves off within a week of a digest and before the next one, by the digest's id. */
  afterDigest: z.record(z.string(), Count).default({}),
});
export type WeekStatistics = z.infer<typeof WeekStatistics>;

/** Strangers choose the names of sources, and a week has room for so many; what comes beyond them counts as `otherSources`. */
export const mostSources = 12;
export const otherSources = '';

/** Who there is, by status. */
export const ReaderTotals = z.object({
  confirmed: some,
  /** Of those who are confirmed. */
  paused: some,
  /** Have signed up and not clicked yet. */
  pending: some,
  /** Stand on an imported list, unconfirmed, and are not mailed. */
  unconfirmed: some,
  unsubscribed: some,
  bounced: some,
  complained: some,
  erased: some,
});
export type ReaderTotals = z.infer<typeof ReaderTotals>;

/** The last counting. Weeks that are older than these are kept for themselves and change no more. */
export const Statistics = z.object({
  /** Everything until this moment is counted, and nothing after it. */
  asOf: z.iso.datetime(),
  readers: ReaderTotals,
  weeks: z.array(WeekStatistics),
});
export type Statistics = z.infer<typeof Statistics>;

/** As far back as the evidence of consent is kept, three years. */
export const mostWeeks = 157;
/** A counting that has got no further for so long begins again from nothing. */
export const staleMinutes = 60;

/** A counting on its way. */
export const Counting = Statistics.extend({
  /** So many shards are counted, and of the next one everybody up to this reader. */
  shards: Count,
  through: z.string().default(''),
  /** When it last got further. */
  movedAt: z.iso.datetime(),
  /** Readers at the beginning of its first week, as far as they are counted. */
  atStart: Count,
});
export type Counting = z.infer<typeof Counting>;
