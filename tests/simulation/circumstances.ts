import type { Random } from './random.ts';

type ResendRule = 'after 30 minutes' | 'never';

/** What is so from the beginning of a seed to its end: the list, the account, and how the stack was deployed. */
export type Circumstances = {
  readers: number;
  /** Shards of the list that hold anybody. */
  shards: number;
  /** How many readers the list is taken for: it is planned in shards accordingly. */
  audience: number;
  /** Mailbox providers that refuse our mails for policy for a while. */
  refusing: readonly string[];
  /** Whether three mailboxes in ten are dead, as on a list that somebody sold. */
  isBought: boolean;
  /** Mails a second that SES grants. */
  rate: number;
  /** How many issues are sent on their own while the digest is. */
  issuesBeside: number;
  resend: ResendRule;
  holdMinutes: number;
  canary: 'when needed' | 'always' | 'never';
  workers: number;
  batchesAtOnce: number;
  /** The lease must hold a worker off by itself, also where the time-out of its function does not. */
  deliverTimeoutMs: number;
};

/** The lease is 180 s: this is a function that nobody ends before it. */
const longTimeoutMs = 900_000;

export function circumstancesOf(random: Random): Circumstances {
  // Most lists are small, so that a seed is quick; a few keep SES busy for more than ten seconds at any rate.
  const isLarge = random.chance(0.04);
  // A provider is postponed only where many are at it, and not everybody has been mailed within a minute.
  const isRefused = random.chance(0.12);
  return {
    readers: isRefused ? random.whole(150, 350) : isLarge ? random.whole(300, 700) : random.whole(20, 120),
    shards: random.whole(1, 3),
    audience: random.chance(0.1) ? random.pick([1_500_000, 3_000_000]) : 0,
    refusing: isRefused ? random.pick([['qq.com'], ['qq.com', '163.com']]) : [],
    isBought: !isRefused && random.chance(0.05),
    rate: isRefused ? random.pick([1, 2, 5]) : random.pick([1, 5, 14, 30, 60]),
    issuesBeside: random.chance(0.2) ? random.whole(1, 3) : 0,
    resend: random.pick(['after 30 minutes', 'never']),
    holdMinutes: random.chance(0.15) ? random.whole(1, 3) : 0,
    canary: random.chance(0.3) ? 'always' : 'never',
    workers: random.whole(1, 4),
    batchesAtOnce: random.pick([1, 2, 10]),
    deliverTimeoutMs: random.chance(0.06) ? longTimeoutMs : 120_000,
  };
}

/** Fifty thousand readers are a thousand batches; the account is one that may send so many. */
export const large: Partial<Circumstances> = { readers: 50_000, shards: 16, audience: 50_000, rate: 200, workers: 8 };

export const outlastsItsLease = ({ deliverTimeoutMs }: Circumstances) => deliverTimeoutMs === longTimeoutMs;
