import type { Digest } from '../../digests/digest.ts';
import { type DigestState, stateOf } from '../../digests/hold.ts';
import { type Counting, otherSources, ReaderTotals, type Statistics, type WeekStatistics } from '../../statistics/statistics.ts';
import { weekOf } from '../../statistics/week.ts';
import type { LeavingReason } from '../../subscribers/subscriber.ts';
import { type LineTotal, minutesAhead } from '../../subscribers/waiting-line/standing.ts';
import type { DigestAnswer } from '../digests/digest-answer.ts';

export type WeekAnswer = Omit<WeekStatistics, 'reasons' | 'afterDigest' | 'sources'> & {
  /** Older than three weeks, and counted for the last time. */
  closed: boolean;
};

export type DigestStatistics = Record<
  'audience' | 'submitted' | 'delivered' | 'bounced' | 'blocked' | 'complained' | 'skipped' | 'rejected' | 'unknown' | 'open',
  number
> & {
  id: string;
  state: DigestState;
  subject: string | null;
  startedAt: string;
  /** Readers who took themselves off within a week of it and before the next one; null where that is not kept. */
  leftAfter: number | null;
};

/** How the list grows and how its digests arrive. Counts only: neither an address nor a reader's id is in it. */
export type StatisticsAnswer = {
  /** Until when everything is counted; null before the first counting. */
  asOf: string | null;
  /** Since when a counting is on its way. */
  counting: string | null;
  timeZone: string;
  readers: ReaderTotals;
  /** Sign-ups in the waiting line; the minutes until the last of them is mailed; networks that behave like bots. Null where none waits. */
  line: { waiting: number; minutes: number; bots: number } | null;
  /** Oldest first; the last one is not over. */
  weeks: WeekAnswer[];
  /** By which forms those who confirmed in these weeks had signed up, most first; null for the small ones together. */
  sources: { source: string | null; confirmed: number }[];
  /** What those who left in these weeks said about it; `silent` said nothing. */
  reasons: Partial<Record<LeavingReason, number>> & { silent: number };
  /** Newest first. */
  digests: DigestStatistics[];
};

export type GrowthParts = {
  latest: Statistics | undefined;
  closed: readonly WeekStatistics[];
  counting: Counting | undefined;
  line: LineTotal;
  digests: readonly { digest: Digest; answer: DigestAnswer }[];
  timeZone: string;
  /** So many of the weeks. */
  last: number;
};

export function statisticsAnswer({ latest, closed, counting, line, digests, timeZone, last }: GrowthParts): StatisticsAnswer {
  const all = [...closed.map((week) => ({ ...week, closed: true })), ...(latest?.weeks ?? []).map((week) => ({ ...week, closed: false }))];
  const weeks = all.slice(-last);
  const since = all[0]?.monday;
  return {
    asOf: latest?.asOf ?? null,
    counting: counting?.asOf ?? null,
    timeZone,
    readers: latest?.readers ?? ReaderTotals.parse({}),
    line: line.waiting > 0 ? { waiting: line.waiting, minutes: minutesAhead(line), bots: line.usedUp } : null,
    weeks: weeks.map(({ reasons, afterDigest, sources, ...week }) => week),
    sources: sourcesIn(weeks),
    reasons: reasonsIn(weeks),
    digests: digests.map(({ digest, answer }) => ({
      ...digestStatistics(digest, answer),
      leftAfter:
        since && weekOf(new Date(digest.startedAt ?? 0), timeZone).monday >= since
          ? all.reduce((sum, week) => sum + (week.afterDigest[digest.id] ?? 0), 0)
          : null,
    })),
  };
}

const shownSources = 12;

function sourcesIn(weeks: readonly WeekStatistics[]): StatisticsAnswer['sources'] {
  const all = new Map<string, number>();
  for (const { sources } of weeks) for (const { source, confirmed } of sources) all.set(source, (all.get(source) ?? 0) + confirmed);
  const named = [...all].filter(([source]) => source !== otherSources).sort(([, one], [, other]) => other - one);
  const rest = named.slice(shownSources).reduce((sum, [, count]) => sum + count, all.get(otherSources) ?? 0);
  const shown = named.slice(0, shownSources).map(([source, confirmed]) => ({ source, confirmed }));
  return rest > 0 ? [...shown, { source: null, confirmed: rest }] : shown;
}

function reasonsIn(weeks: readonly WeekStatistics[]): StatisticsAnswer['reasons'] {
  const said: Partial<Record<LeavingReason, number>> = {};
  for (const { reasons } of weeks)
    for (const [reason, count] of Object.entries(reasons) as [LeavingReason, number][]) said[reason] = (said[reason] ?? 0) + count;
  const left = weeks.reduce((sum, week) => sum + week.leftThemselves, 0);
  return { ...said, silent: left - Object.values(said).reduce((sum, count) => sum + count, 0) };
}

function digestStatistics(digest: Digest, { report }: DigestAnswer): Omit<DigestStatistics, 'leftAfter'> {
  const { audience, submitted, delivered, bounced, blocked, complained, rejected, unknown, open } = report;
  const skipped = Object.values(report.skipped).reduce((sum, count) => sum + count, 0);
  const name = { id: digest.id, state: stateOf(digest), subject: digest.subject ?? null, startedAt: digest.startedAt ?? '' };
  return { ...name, audience, submitted, delivered, bounced, blocked, complained, skipped, rejected, unknown, open };
}
