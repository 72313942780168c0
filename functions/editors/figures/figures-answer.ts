import { type Digest, type DigestState, stateOf } from '../../digests/digest.ts';
import { type Counting, type Figures, ReaderTotals, type WeekFigures } from '../../figures/figures.ts';
import { weekOf } from '../../figures/week.ts';
import type { LeavingReason } from '../../subscribers/subscriber.ts';
import type { DigestAnswer } from '../digest-answer.ts';

export type WeekAnswer = Omit<WeekFigures, 'reasons' | 'afterDigest'> & {
  /** Older than three weeks, and counted for the last time. */
  closed: boolean;
};

export type DigestFigures = Record<
  'audience' | 'submitted' | 'delivered' | 'bounced' | 'blocked' | 'complained' | 'skipped' | 'rejected' | 'unknown' | 'open',
  number
> & {
  id: string;
  state: DigestState;
  subject: string;
  startedAt: string;
  /** Readers who took themselves off within a week of it and before the next one; null where that is not kept. */
  leftAfter: number | null;
};

/** How the list grows and how its digests arrive. Counts only: neither an address nor a reader's id is in it. */
export type FiguresAnswer = {
  /** Until when everything is counted; null before the first counting. */
  asOf: string | null;
  /** Since when a counting is on its way. */
  counting: string | null;
  timeZone: string;
  readers: ReaderTotals;
  /** Oldest first; the last one is not over. */
  weeks: WeekAnswer[];
  /** What those who left in these weeks said about it; `silent` said nothing. */
  reasons: Partial<Record<LeavingReason, number>> & { silent: number };
  /** Newest first. */
  digests: DigestFigures[];
};

export type FiguresParts = {
  latest: Figures | undefined;
  closed: readonly WeekFigures[];
  counting: Counting | undefined;
  digests: readonly { digest: Digest; answer: DigestAnswer }[];
  timeZone: string;
  /** So many of the weeks. */
  last: number;
};

export function figuresAnswer({ latest, closed, counting, digests, timeZone, last }: FiguresParts): FiguresAnswer {
  const all = [...closed.map((week) => ({ ...week, closed: true })), ...(latest?.weeks ?? []).map((week) => ({ ...week, closed: false }))];
  const weeks = all.slice(-last);
  const since = all[0]?.monday;
  return {
    asOf: latest?.asOf ?? null,
    counting: counting?.asOf ?? null,
    timeZone,
    readers: latest?.readers ?? ReaderTotals.parse({}),
    weeks: weeks.map(({ reasons, afterDigest, ...week }) => week),
    reasons: reasonsIn(weeks),
    digests: digests.map(({ digest, answer }) => ({
      ...digestFigures(digest, answer),
      leftAfter:
        since && weekOf(new Date(digest.startedAt ?? 0), timeZone).monday >= since
          ? all.reduce((sum, week) => sum + (week.afterDigest[digest.id] ?? 0), 0)
          : null,
    })),
  };
}

function reasonsIn(weeks: readonly WeekFigures[]): FiguresAnswer['reasons'] {
  const said: Partial<Record<LeavingReason, number>> = {};
  for (const { reasons } of weeks)
    for (const [reason, count] of Object.entries(reasons) as [LeavingReason, number][]) said[reason] = (said[reason] ?? 0) + count;
  const left = weeks.reduce((sum, week) => sum + week.leftThemselves, 0);
  return { ...said, silent: left - Object.values(said).reduce((sum, count) => sum + count, 0) };
}

function digestFigures(digest: Digest, { receipt }: DigestAnswer): Omit<DigestFigures, 'leftAfter'> {
  const { audience, submitted, delivered, bounced, blocked, complained, rejected, unknown, open } = receipt;
  const skipped = Object.values(receipt.skipped).reduce((sum, count) => sum + count, 0);
  const name = { id: digest.id, state: stateOf(digest), subject: digest.subject ?? digest.id, startedAt: digest.startedAt ?? '' };
  return { ...name, audience, submitted, delivered, bounced, blocked, complained, skipped, rejected, unknown, open };
}
