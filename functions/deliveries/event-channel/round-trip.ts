import { keys } from '../../platform/keys.ts';
import type { Table } from '../../platform/table.ts';

/** The tag of a mail whose events are looked for by the person who deployed: `periodical doctor` sends it to SES's simulator. */
export const roundTripTag = 'round-trip';

const eventsLookedFor = ['Send', 'Delivery', 'Bounce', 'Complaint'] as const;
export type RoundTripEvent = (typeof eventsLookedFor)[number];

/** Before the mail is sent, so that its first event finds it, however quick. */
export async function beginRoundTrip(id: string, expiresAt: number, table: Pick<Table, 'put'>): Promise<void> {
  await table.put({ ...keys.roundTrip(id), expiresAt });
}

/** An event of such a mail has come. Of a mail that nobody looks for nothing is kept: its tag may be anybody's. */
export async function recordRoundTrip(id: string, eventType: string, now: Date, table: Pick<Table, 'update'>): Promise<void> {
  if (!eventsLookedFor.some((event) => event === eventType)) return;
  await table.update(keys.roundTrip(id), {
    set: 'SET #event = :now',
    condition: 'attribute_exists(pk)',
    names: { '#event': eventType },
    values: { ':now': now.toISOString() },
  });
}

export async function eventsOfRoundTrip(id: string, table: Pick<Table, 'get'>): Promise<RoundTripEvent[]> {
  const item = (await table.get(keys.roundTrip(id))) ?? {};
  return eventsLookedFor.filter((event) => event in item);
}
