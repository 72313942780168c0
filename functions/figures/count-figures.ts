import * as z from 'zod';
import type { DigestStore } from '../digests/digest-store.ts';
import type { ImportStore } from '../imports/import-store.ts';
import { minutesAfter, type Now } from '../platform/clock.ts';
import { shards } from '../platform/keys.ts';
import type { Queue } from '../platform/queue.ts';
import type { Settings } from '../platform/settings.ts';
import type { ConsentLog } from '../subscribers/consent-log.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { type Counting, mostWeeks, ReaderTotals, staleMinutes, WeekFigures } from './figures.ts';
import type { FiguresStore } from './figures-store.ts';
import { hasEvidence, lastMomentOf } from './reader-history.ts';
import { endsOf, type StartedDigest, Tally } from './tally.ts';
import { daysAfter, type Week, weekOf, weeksUntil } from './week.ts';

/** Wakes the counting. What was counted after this moment need not be counted again. */
export const CountMessage = z.object({ wantedAt: z.iso.datetime() });
export type CountMessage = z.infer<typeof CountMessage>;

export type CountingServices = {
  figures: Pick<FiguresStore, 'latest' | 'begin' | 'advance' | 'finish'>;
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
/** A shard of a million readers takes seconds, the first time a minute. */
const needed = 120_000;
/** Readers whose evidence is read at once. */
const atOnce = 32;
const digestsBack = 400;

/**
 * Counts all readers, shard by shard: who they are from their items, and what happened to those who changed lately from their
 * evidence of consent. Each shard that is counted is written down with its sums, so whoever takes over goes on behind it,
 * and what came after the counting began is left to the next one.
 */
export async function countFigures({ wantedAt }: CountMessage, services: CountingServices) {
  const { figures, queue, now, remainingMilliseconds } = services;
  const at = now();
  const latest = await figures.latest();
  if (latest && latest.asOf >= wantedAt && latest.asOf <= at.toISOString()) return 'counted';
  let counting = await figures.begin(beginning(at, latest?.weeks[0]?.monday, services), minutesAfter(at, -staleMinutes));
  const walk = await walkOver(counting, services);
  for (const shard of shards.slice(counting.shards)) {
    const next = await countShard(shard, counting, walk);
    // Somebody else works on the same counting: one is enough.
    if (!(await figures.advance(next))) return 'elsewhere';
    counting = next;
    if (remainingMilliseconds() > needed || counting.shards === shards.length) continue;
    await queue.send({ wantedAt });
    return 'postponed';
  }
  await finish(counting, walk);
  return 'finished';
}

function beginning(at: Date, openSince: string | undefined, { settings: { timeZone } }: CountingServices): Counting {
  const monday = openSince ?? daysAfter(weekOf(at, timeZone).monday, -7 * (mostWeeks - 1));
  const weeks = weeksUntil(monday, at, timeZone).map((week) => WeekFigures.parse({ week: week.id, monday: week.monday }));
  return { asOf: at.toISOString(), readers: ReaderTotals.parse({}), weeks, shards: 0, atStart: 0 };
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

async function countShard(shard: string, before: Counting, walk: Walk): Promise<Counting> {
  const counting = structuredClone({ ...before, shards: before.shards + 1 });
  const tally = new Tally(counting, walk.weeks, walk.started);
  const since = walk.weeks[0]?.from ?? '';
  let changed: { reader: Subscriber; importedAt: string }[] = [];
  const addChanged = async () => {
    const evidence = await Promise.all(changed.map(({ reader }) => (hasEvidence(reader) ? walk.consents.of(reader.id) : [])));
    for (const [n, { reader, importedAt }] of changed.entries()) tally.add(reader, evidence[n] ?? [], importedAt);
    changed = [];
  };
  for await (const reader of walk.subscribers.everybodyIn(shard)) {
    const importedAt = await walk.importedAt(reader);
    if (lastMomentOf(reader, importedAt) < since) tally.addSettled(reader);
    else if (changed.push({ reader, importedAt }) >= atOnce) await addChanged();
  }
  await addChanged();
  return counting;
}

/** Weeks that are over for long enough are closed; before the first reader there is nothing to keep. */
async function finish({ asOf, readers, weeks, atStart }: Counting, { figures, weeks: calendar }: Walk) {
  const ended = endsOf(atStart, weeks);
  const first = atStart === 0 ? ended.findIndex((week, n) => n === ended.length - 1 || !isEmpty(week)) : 0;
  const closedUntil = new Date(Date.parse(asOf) - openDays * 86_400_000).toISOString();
  const open = calendar.findIndex(({ until }) => until > closedUntil);
  await figures.finish({ asOf, readers, weeks: ended.slice(Math.max(first, open)) }, ended.slice(first, Math.max(first, open)));
}

const isEmpty = ({ week, monday, ...figures }: WeekFigures) =>
  Object.values(figures).every((value) => value === 0 || (typeof value === 'object' && Object.keys(value).length === 0));
