import * as z from 'zod';
import { shardName } from '../platform/keys.ts';
import { type BatchUsage, usageFrom } from './report/batch-usage.ts';

/**
 * One letter per position. `open`: it has no outcome yet; `unknown`: the request was sent and no answer came, so only SES's events can
 * tell.
 */
export const outcomes = {
  open: '.',
  submitted: 's',
  rejected: 'r',
  unknown: 'u',
  left: 'l',
  paused: 'p',
  topic: 't',
  failed: 'f',
  provider: 'h',
  cancelled: 'c',
} as const;
export type Outcome = keyof typeof outcomes;
export type OutcomeLetter = (typeof outcomes)[Outcome];

/** Why a position was never mailed, as the report names it. */
export const skipReasons = ['left', 'paused', 'topic', 'failed', 'provider', 'cancelled'] as const satisfies Outcome[];

/** Nobody has read this position's address yet. */
export const noProvider = '.';

export const BatchMessage = z.object({ digest: z.string(), shard: z.string().regex(shardName), batch: z.number().int().min(0) });
export type BatchMessage = z.infer<typeof BatchMessage>;

/** The wake-up for a batch. */
export const batchMessage = ({ digest, shard, batch }: BatchMessage): BatchMessage => ({ digest, shard, batch });

const StoredBatch = z.object({
  state: z.enum(['planned', 'claimed', 'settled']),
  readers: z.instanceof(Uint8Array),
  outcomes: z.string().optional(),
  /** One letter per position: whose mailbox it is, known of those whose address a worker has read. */
  providers: z.string().optional(),
  /** What serving it took (`report/batch-usage.ts`). */
  usage: z.string().optional(),
  /** When it was planned, milliseconds since 1970. */
  plannedAt: z.number().default(0),
  /** When a wake-up for it was last sent, since it was planned. */
  wokenAt: z.number().default(0),
  /** How many readers of the shard are in batches before this one. */
  before: z.number().int(),
  /** Exclusive and inclusive ends of the shard's walk that this batch covers, as subscriber ids. */
  from: z.string(),
  through: z.string(),
  attempt: z.number().int().default(0),
  claimId: z.string().optional(),
  leaseUntil: z.number().optional(),
  /** Attempts in a row that reached no reader at all. */
  stalled: z.number().int().default(0),
  /** When a position became unknown, milliseconds since 1970. */
  unknownAt: z.number().optional(),
  /** How many positions were planned again although SES may have had them. */
  resent: z.number().int().default(0),
  /** Positions that an editor had mailed again, with the attempt from which on evidence counts for them. */
  rounds: z.array(z.tuple([z.number().int(), z.array(z.number().int())])).default([]),
  /** The last wish of each kind that was fulfilled here (`digests/wishes/wish.ts`): none is twice. */
  planAgainAt: z.string().optional(),
  mailAgainAt: z.string().optional(),
});

export type ReaderBatch = BatchMessage &
  Omit<z.infer<typeof StoredBatch>, 'readers' | 'outcomes' | 'providers' | 'usage'> & {
    readers: string[];
    outcomes: OutcomeLetter[];
    providers: string[];
    usage: BatchUsage;
  };

/** A batch that belongs to one worker until `leaseUntil`, milliseconds since 1970. */
export type ClaimedBatch = ReaderBatch & { claimId: string; leaseUntil: number };

export function batchFrom(message: BatchMessage, item: unknown): ReaderBatch {
  const { readers: packed, outcomes: letters, providers, usage, ...rest } = StoredBatch.parse(item);
  const readers = unpackIds(packed);
  return {
    digest: message.digest,
    shard: message.shard,
    batch: message.batch,
    ...rest,
    readers,
    outcomes: (letters ?? outcomes.open.repeat(readers.length)).split('') as OutcomeLetter[],
    usage: usageFrom(usage),
    providers: (providers ?? noProvider.repeat(readers.length)).split(''),
  };
}

/** Sixteen bytes each: 50 readers in 800 bytes. */
export const packIds = (ids: readonly string[]): Uint8Array => Buffer.from(ids.join(''), 'hex');

const unpackIds = (packed: Uint8Array): string[] => {
  const hex = Buffer.from(packed).toString('hex');
  return Array.from({ length: packed.length / 16 }, (_, n) => hex.slice(n * 32, n * 32 + 32));
};

const positionsOf = (outcome: Outcome) => (batch: Pick<ReaderBatch, 'outcomes'>) =>
  batch.outcomes.flatMap((letter, position) => (letter === outcomes[outcome] ? [position] : []));

/** The positions that a claim covers: those without an outcome. */
export const openPositions = positionsOf('open');

export const unknownPositions = positionsOf('unknown');
