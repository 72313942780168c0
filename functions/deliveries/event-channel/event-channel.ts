import { randomBytes } from 'node:crypto';
import type { Mailer } from '../../mail/mailer.ts';
import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';

/** SES accepts mail to this address, reports it, and delivers it to nobody. */
export const probeAddress = 'success@simulator.amazonses.com';

export type EventChannelServices = {
  table: Table;
  mailer: Mailer;
  probe: (id: string) => Parameters<Mailer['submit']>[0][number];
  /** Whether nothing waits between SES and the ledger: neither in the event queue nor among its dead letters. */
  drained: () => Promise<boolean>;
};

const patienceMilliseconds = 5 * 60_000;
/** What `record-ses-events` needs for everything that stands before a probe, however much it is. */
const catchingUpMilliseconds = 60_000;

/**
 * The way SES's events take into the ledger. That an event of a position has not come says something only when events do
 * come: a probe made after the position's grace must have come back, and nothing may wait on the way.
 */
export class EventChannel {
  readonly #services: EventChannelServices;
  constructor(services: EventChannelServices) {
    this.#services = services;
  }

  /** Whether events handed over before `since` would have arrived by now. Sends a probe if there is none that could tell. */
  async isProvenSince(since: number, now: Date): Promise<boolean> {
    return (await this.#probedSince(since, now)) !== undefined && this.#services.drained();
  }

  /**
   * Whether events handed over since then come through, though others may always be on their way: a probe made after `since`
   * came back, and what stood before it has had a minute.
   */
  async carriesSince(since: number, now: Date): Promise<boolean> {
    const seenAt = await this.#probedSince(since, now);
    return seenAt !== undefined && seenAt <= now.getTime() - catchingUpMilliseconds;
  }

  /** When a probe made after `since` came back, if it has. */
  async #probedSince(since: number, now: Date): Promise<number | undefined> {
    const { sentAt, seenAt } = (await this.#services.table.get(keys.probe)) ?? {};
    const tells = typeof sentAt === 'number' && sentAt >= since;
    if (tells && typeof seenAt === 'number') return seenAt;
    const waited = typeof sentAt === 'number' ? now.getTime() - sentAt : Number.POSITIVE_INFINITY;
    if (waited > patienceMilliseconds || (!tells && typeof seenAt === 'number')) await this.#probe(now);
    return undefined;
  }

  /** Written down before it is sent, so that its event, however quick, finds it. */
  async #probe(now: Date): Promise<void> {
    const probeId = randomBytes(9).toString('hex');
    await this.#services.table.put({ ...keys.probe, probeId, sentAt: now.getTime() });
    await this.#services.mailer.submit([this.#services.probe(probeId)], async () => 'go');
  }
}

/** The `send` event of a probe has come back; one of an older probe changes nothing. */
export async function recordProbe(id: string, now: Date, table: Pick<Table, 'update'>): Promise<void> {
  await table.update(keys.probe, {
    set: 'SET seenAt = :now',
    condition: 'probeId = :id',
    values: { ':now': now.getTime(), ':id': id },
  });
}
