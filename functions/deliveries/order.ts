import * as z from 'zod';
import { accountFrom, type OrderAccount } from './receipt/order-account.ts';

/**
 * One letter per position. `open`: nobody knows anything yet; `unknown`: bytes left and no answer came, so only SES's own
 * events can tell.
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
  cancelled: 'c',
} as const;
export type Outcome = keyof typeof outcomes;
export type OutcomeLetter = (typeof outcomes)[Outcome];

/** Why a position was never mailed, as the receipt names it. */
export const skipReasons = ['left', 'paused', 'topic', 'failed', 'cancelled'] as const satisfies Outcome[];

/** Nobody has read this position's address yet. */
export const noProvider = '.';

export const OrderMessage = z.object({ digest: z.string(), shard: z.string().regex(/^[0-9a-f]$/), order: z.number().int().min(0) });
export type OrderMessage = z.infer<typeof OrderMessage>;

/** The wake-up for an order. */
export const orderMessage = ({ digest, shard, order }: OrderMessage): OrderMessage => ({ digest, shard, order });

const StoredOrder = z.object({
  state: z.enum(['planned', 'claimed', 'settled']),
  readers: z.instanceof(Uint8Array),
  outcomes: z.string().optional(),
  /** One letter per position: whose mailbox it is, known of those whose address a worker has read. */
  providers: z.string().optional(),
  /** What serving it took (`receipt/order-account.ts`). */
  account: z.string().optional(),
  /** Exclusive and inclusive ends of the shard's walk that this order covers, as subscriber ids. */
  from: z.string(),
  through: z.string(),
  attempt: z.number().int().default(0),
  claimId: z.string().optional(),
  leaseUntil: z.number().optional(),
  /** Attempts in a row that reached no reader at all. */
  stalled: z.number().int().default(0),
  /** When a position became unknown, milliseconds since 1970. */
  unknownAt: z.number().optional(),
  /** How many positions were planned again because no evidence of them came. */
  resent: z.number().int().default(0),
});

export type Order = OrderMessage &
  Omit<z.infer<typeof StoredOrder>, 'readers' | 'outcomes' | 'providers' | 'account'> & {
    readers: string[];
    outcomes: OutcomeLetter[];
    providers: string[];
    account: OrderAccount;
  };

/** What a worker holds: an order that is its own until `leaseUntil`, milliseconds since 1970. */
export type ClaimedOrder = Order & { claimId: string; leaseUntil: number };

export function orderFrom(message: OrderMessage, item: unknown): Order {
  const { readers: packed, outcomes: letters, providers, account, ...rest } = StoredOrder.parse(item);
  const readers = unpackIds(packed);
  return {
    digest: message.digest,
    shard: message.shard,
    order: message.order,
    ...rest,
    readers,
    outcomes: (letters ?? outcomes.open.repeat(readers.length)).split('') as OutcomeLetter[],
    account: accountFrom(account),
    providers: (providers ?? noProvider.repeat(readers.length)).split(''),
  };
}

/** Sixteen bytes each: 50 readers in 800 bytes. */
export const packIds = (ids: readonly string[]): Uint8Array => Buffer.from(ids.join(''), 'hex');

const unpackIds = (packed: Uint8Array): string[] => {
  const hex = Buffer.from(packed).toString('hex');
  return Array.from({ length: packed.length / 16 }, (_, n) => hex.slice(n * 32, n * 32 + 32));
};

const positionsOf = (outcome: Outcome) => (order: Pick<Order, 'outcomes'>) =>
  order.outcomes.flatMap((letter, position) => (letter === outcomes[outcome] ? [position] : []));

/** The positions that a claim covers: those without an outcome. */
export const openPositions = positionsOf('open');

export const unknownPositions = positionsOf('unknown');
