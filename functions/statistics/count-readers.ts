import * as z from 'zod';
import type { DigestStore } from '../digests/digest-store.ts';
import type { ImportStore } from '../imports/import-store.ts';
import { minutesAfter, type Now } from '../platform/clock.ts';
import { shards } from '../platform/keys.ts';
import type { Queue } from '../platform/queue.ts';
import type { Settings } from '../settings/settings.ts';
import type { ConsentLog } from '../subscribers/consent-log.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { hasEvidence, lastMomentOf } from './reader-history.ts';
import { type Counting, mostWeeks, ReaderTotals, staleMinutes, WeekStatistics } from './statistics.ts';
import type { StatisticsStore } from './statistics-store.ts';
import { endsOf, type StartedDigest, Tally } from './tally.ts';
import { daysAfter, type Week, weekOf, weeksUntil } from './week.ts';

/** Wakes the counting. What was counted after this moment need not be counted again. */
export const CountMessage = z.object({ kind: z.literal('count-readers'), wantedAt: z.iso.datetime() });
export type CountMessage = z.infer<typeof CountMessage>;
export const countMessage = (wantedAt: string): CountMessage => ({ kind: 'count-readers', wantedAt });

export type CountingServices = {
  statistics: Pick<StatisticsStore, 'latest' | 'begin' | 'advance' | 'finish'>;
  subscribers: Pick<SubscriberStore, 'everybodyIn'>;
  consents: Pick<ConsentLog, 'of'>;
  digests: Pick<DigestStore, 'list'>;
  imports: Pick<ImportStore, 'find'>;
  queue: Pick<Queue<CountMessage>, 'send'>;
  settings: Pick<Settings, 'timeZone'>;
  remainingMilliseconds: () => number;
  now: Now;
};

/**
 * How long after its end a week may still change: bounces come days late, queues keep them for two weeks more, and until then
 * a sign-up of the week that nobody has confirmed is still in the table.
 */
const openDays = 21;
/** Writing down the sums takes less; so does the evidence of the last few readers. */
const saveMs = 500;
/** Readers whose evidence is read at once. */
const atOnce = 32;
const digestsBack = 400;

/**
 * Counts all readers, shard by shard: who they are from their items, and what happened to those who changed lately from their
 * evidence of consent. How far it has come is written down with the sums, after each shard and when a turn's time is over, so
 * the next turn goes on from there; what came after the counting began is left to the next one.
 */
export async function countReaders({ wantedAt }: CountMessage, services: CountingServices) {
  const { statistics, queue, now, remainingMilliseconds } = services;
  const at = now();
  const latest = await statistics.latest();
  if (latest && latest.asOf >= wantedAt && latest.asOf <= at.toISOString()) return 'counted';
  let counting = await statistics.begin(beginning(at, latest?.weeks[0]?.monday, services), minutesAfter(at, -staleMinutes));
  const walk = await walkOver(counting, services);
  for (let shard = shards[counting.shards]; shard !== undefined; shard = shards[counting.shards]) {
    const next = await countShard(shard, counting, walk);
    // Somebody else works on the same counting: one is enough.
    if (!(await statistics.advance(counting, next))) return 'elsewhere';
    counting = next;
    if (remainingMilliseconds() > saveMs || counting.shards === shards.length) continue;
    await queue.send(countMessage(wantedAt));
    return 'postponed';
  }
  await finish(counting, walk);
  return 'finished';
}

function beginning(at: Date, openSince: string | undefined, { settings: { timeZone } }: CountingServices): Counting {
  const monday = openSince ?? daysAfter(weekOf(at, timeZone).monday, -7 * (mostWeeks - 1));
  const weeks = weeksUntil(monday, at, timeZone).map((week) => WeekStatistics.parse({ week: week.id, monday: week.monday }));
  const began = at.toISOString();
  return { asOf: began, movedAt: began, readers: ReaderTotals.parse({}), weeks, shards: 0, through: '', atStart: 0 };
}

type Walk = CountingServices & { weeks: Week[]; started: StartedDigest[]; importedAt: (reader: Subscriber) => Promise<string> };

async function walkOver({ weeks, asOf }: Counting, services: CountingServices): Promise<Walk> {
  const { digests, imports, settings } = services;
  const begun = new Map<string, Promise<string>>();
  return {
    ...services,
    weeks: weeksUntil(weeks[0]?.monday ?? '', new Date(asOf), settings.timeZone),
    started: (await digests.list(digestsBack)).flatMap(({ id, startedAt }) => (startedAt ? [{ id, startedAt }] : [])),
    importedAt: (reader) => {
      const id = reader.importId ?? reader.consentImport;
      if (!id) return Promise.resolve('');
      const known = begun.get(id) ?? imports.find(id).then((found) => found?.startedAt ?? '');
      begun.set(id, known);
      return known;
    },
  };
}

/** The counting with the rest of a shard, or as much of it as there is time for. */
async function countShard(shard: string, before: Counting, walk: Walk): Promise<Counting> {
  const counting = structuredClone(before);
  const tally = new Tally(counting, walk.weeks, walk.started);
  const since = walk.weeks[0]?.from ?? '';
  let changed: { reader: Subscriber; importedAt: string }[] = [];
  const addChanged = async () => {
    const evidence = await Promise.all(changed.map(({ reader }) => (hasEvidence(reader) ? walk.consents.of(reader.id) : [])));
    for (const [n, { reader, importedAt }] of changed.entries()) tally.add(reader, evidence[n] ?? [], importedAt);
    changed = [];
  };
  const counted = (through: string) => ({ ...counting, through, movedAt: walk.now().toISOString() });
  for await (const reader of walk.subscribers.everybodyIn(shard, before.through || undefined)) {
    const importedAt = await walk.importedAt(reader);
    if (lastMomentOf(reader, importedAt) < since) tally.addSettled(reader);
    else if (changed.push({ reader, importedAt }) >= atOnce) await addChanged();
    if (walk.remainingMilliseconds() > saveMs) continue;
    await addChanged();
    return counted(reader.id);
  }
  await addChanged();
  return { ...counted(''), shards: before.shards + 1 };
}

/** Weeks that are over for long enough are closed; before the first reader there is nothing to keep. */
async function finish({ asOf, readers, weeks, atStart }: Counting, { statistics, weeks: calendar }: Walk) {
  const ended = endsOf(atStart, weeks);
  const first = atStart === 0 ? ended.findIndex((week, n) => n === ended.length - 1 || !isEmpty(week)) : 0;
  const closedUntil = new Date(Date.parse(asOf) - openDays * 86_400_000).toISOString();
  const open = calendar.findIndex(({ until }) => until > closedUntil);
  await statistics.finish({ asOf, readers, weeks: ended.slice(Math.max(first, open)) }, ended.slice(first, Math.max(first, open)));
}

const isEmpty = ({ week, monday, ...statistics }: WeekStatistics) =>
  Object.values(statistics).every((value) => value === 0 || (typeof value === 'object' && Object.keys(value).length === 0));
