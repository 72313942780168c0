import * as z from 'zod';
import type { Files } from '../platform/bucket.ts';
import { after, days } from '../platform/clock.ts';
import { shardOf, shards } from '../platform/keys.ts';
import type { Queue } from '../platform/queue.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { departureOf } from './departure.ts';
import { completeKey, copiedDays, copyKey, sealReaders } from './departures-copy.ts';

/** Wakes the nightly copy. `after`: the reader behind whom this turn goes on. */
export const CopyMessage = z.object({
  kind: z.literal('copy-departures'),
  wantedAt: z.iso.datetime(),
  after: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});
export type CopyMessage = z.infer<typeof CopyMessage>;

export type CopyServices = {
  subscribers: Pick<SubscriberStore, 'everybodyIn'>;
  files: Pick<Files, 'put'>;
  queue: Pick<Queue<CopyMessage>, 'send'>;
  identityKey: string;
  remainingMilliseconds: () => number;
};

/** Writing a turn's file takes less. */
const saveMs = 1_000;
const type = 'application/octet-stream';

/**
 * Copies who has gone in the last ninety days out of the table, sealed: turn by turn, each into a file that is named by where the turn began.
 * So a message that comes twice writes the same again, and two at once do not spoil each other's files.
 */
export async function copyDepartures(message: CopyMessage, services: CopyServices): Promise<'copied' | 'postponed'> {
  const { wantedAt, after: begun = '' } = message;
  const { files, queue, identityKey, remainingMilliseconds } = services;
  const since = after(new Date(wantedAt), -days(copiedDays)).toISOString();
  const gone: Subscriber[] = [];
  const save = () => files.put(copyKey(message), sealReaders(identityKey, gone), type);
  for await (const reader of everybodyBehind(begun, services)) {
    const departure = departureOf(reader);
    if (departure && departure.at > since) gone.push(withoutNetworks(reader));
    if (remainingMilliseconds() > saveMs) continue;
    await save();
    await queue.send({ kind: 'copy-departures', wantedAt, after: reader.id });
    return 'postponed';
  }
  await save();
  await files.put(completeKey(message), '', type);
  return 'copied';
}

async function* everybodyBehind(begun: string, { subscribers }: Pick<CopyServices, 'subscribers'>): AsyncGenerator<Subscriber> {
  const first = begun && shardOf(begun);
  for (const shard of shards) if (shard >= first) yield* subscribers.everybodyIn(shard, shard === first ? begun : undefined);
}

/** Where somebody asked from is nothing that a restore needs. */
function withoutNetworks(reader: Subscriber): Subscriber {
  if (reader.state !== 'pending') return reader;
  const { askedFrom: _networks, ...rest } = reader;
  return rest;
}
