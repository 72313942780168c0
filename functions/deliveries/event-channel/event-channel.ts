import { randomBytes } from 'node:crypto';
import type { Mailer } from '../../mail/mailer.ts';
import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';
import { areYoungerThan } from './event-receipts.ts';

/** SES accepts mail to this address, reports it, and delivers it to nobody. */
export const probeAddress = 'success@simulator.amazonses.com';

export type EventChannelServices = {
  table: Table;
  mailer: Mailer;
  probe: (id: string) => Parameters<Mailer['submit']>[0][number];
  /** What lies between SES and the ledger. */
  events: WatchedQueue;
  deadLetters: WatchedQueue;
};

type WatchedQueue = { isDrained(): Promise<boolean> };

const patienceMilliseconds = 5 * 60_000;
/** What `record-ses-events` needs at most for the events that come before a probe. */
const catchingUpMilliseconds = 60_000;

/**
 * The way from SES's events into the ledger. A missing event means something only while events arrive at all: a probe, sent
 * after the time that SES is given for the event, must have come back, no event from before that time may be on its way, and none have come since
 * that nobody can read.
 */
export class EventChannel {
  readonly #services: EventChannelServices;
  constructor(services: EventChannelServices) {
    this.#services = services;
  }

  /** Whether events from before `since` would have arrived by now. Sends a probe if none could tell. */
  async isProvenSince(since: number, now: Date): Promise<boolean> {
    return (await this.#probedSince(since, now)) !== undefined && this.#hasBrought(since, now);
  }

  /**
   * Whether events since then arrive, although others may always be on their way: a probe made after `since` came back, and the
   * events before it have had a minute.
   */
  async carriesSince(since: number, now: Date): Promise<boolean> {
    const seenAt = await this.#probedSince(since, now);
    return seenAt !== undefined && seenAt <= now.getTime() - catchingUpMilliseconds;
  }

  /** Whether no event from before `since` is on its way: nothing is, or what is there is younger. */
  async #hasBrought(since: number, now: Date): Promise<boolean> {
    const { events, deadLetters, table } = this.#services;
    if (!(await deadLetters.isDrained())) return false;
    return (await events.isDrained()) || areYoungerThan(since, now, table);
  }

  /** When a probe made after `since` came back, if it has. */
  async #probedSince(since: number, now: Date): Promise<number | undefined> {
    const { sentAt, seenAt, unreadableAt } = (await this.#services.table.get(keys.probe)) ?? {};
    const tells = typeof sentAt === 'number' && sentAt >= since && unreadableAt === undefined;
    if (tells && typeof seenAt === 'number') return seenAt;
    const waited = typeof sentAt === 'number' ? now.getTime() - sentAt : Number.POSITIVE_INFINITY;
    if (waited > patienceMilliseconds || (!tells && typeof seenAt === 'number')) await this.#probe(now);
    return undefined;
  }

  /** Stored before it is sent, so that its event finds it, however quick. */
  async #probe(now: Date): Promise<void> {
    const probeId = randomBytes(9).toString('hex');
    await this.#services.table.put({ ...keys.probe, probeId, sentAt: now.getTime() });
    await this.#services.mailer.submit([this.#services.probe(probeId)], async () => 'go');
  }
}

/** The `send` event of a probe has come back. An event of an older probe changes nothing. */
export async function recordProbe(id: string, now: Date, table: Pick<Table, 'update'>): Promise<void> {
  await table.update(keys.probe, {
    set: 'SET seenAt = :now',
    condition: 'probeId = :id',
    values: { ':now': now.getTime(), ':id': id },
  });
}

/**
 * An event has come that nobody can read. It may be what the next decision waits for: the present probe proves nothing any more, the next
 * one does.
 */
export async function recordUnreadable(now: Date, table: Pick<Table, 'update'>): Promise<void> {
  await table.update(keys.probe, { set: 'SET unreadableAt = :now', values: { ':now': now.getTime() } });
}
