import * as z from 'zod';
import { Override } from '../issues/issue.ts';
import { type MailboxProvider, mailboxProviders } from '../mail/mailbox-provider.ts';
import { Canary, isInCanary } from './canary.ts';
import { NoticeKind } from './notice-kind.ts';
import { Receipt } from './receipt.ts';
import { Trip } from './trip.ts';

/**
 * Why a digest does not send now. `assembly`: its email is still being made; `hold period`: it may still be called off; `editor`:
 * paused; `quota`: the day's quota is used up; `brake`: too much went wrong; `fault`: SES takes nothing from us; `cancel`: an
 * editor called it off; `canary`: its first orders go out alone and are watched.
 */
export const holds = ['assembly', 'hold period', 'canary', 'editor', 'quota', 'brake', 'fault', 'cancel'] as const;
export type Hold = (typeof holds)[number];

const FrozenIssue = z.object({
  slug: z.string(),
  contentHash: z.string(),
  title: z.string(),
  date: z.string(),
  /** Whom it is for; none means everybody. */
  topics: z.array(z.string()).optional(),
  /** Why it went out although the preflight had found an error. */
  override: Override.optional(),
});
export type FrozenIssue = z.infer<typeof FrozenIssue>;

/** By provider: refusals by policy, and the mails among which they were. */
const ProviderBlocks = z.record(z.string(), z.object({ blocked: z.number().int(), submitted: z.number().int() }));
export type ProviderBlocks = z.infer<typeof ProviderBlocks>;

/**
 * A digest as the table holds it. `phase` moves from open to one of the ends; a digest that is done opens once more when
 * positions nobody knows about are sent again. All waiting is in `holds`.
 */
export const Digest = z.object({
  id: z.string(),
  kind: z.enum(['occurrence', 'issue']),
  phase: z.enum(['open', 'done', 'skipped', 'cancelled']),
  holds: z.set(z.enum(holds)).default(new Set<Hold>()),
  scheduledFor: z.iso.datetime(),
  /** Readers confirmed at or before this moment are its audience. */
  frozenAt: z.iso.datetime(),
  issues: z.array(FrozenIssue).optional(),
  subject: z.string().optional(),
  renderedParts: z.number().int().optional(),
  /** Titles of what the mail carries as summary and link, since it had no room; the last says how many more. */
  shortened: z.array(z.string()).optional(),
  /** The first claim: from now on its issues are public. */
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** SES's words, addresses masked, or the figures, when the hold `fault` or `brake` was set. */
  holdReason: z.string().optional(),
  /** Until when the hold `hold period` lasts. */
  holdUntil: z.iso.datetime().optional(),
  /** By when, at the latest, the quota is free again that the hold `quota` waits for. */
  parkedUntil: z.iso.datetime().optional(),
  /** Mailbox providers whose readers wait for an editor's word, while all others are mailed. */
  heldBack: z.set(z.enum(mailboxProviders)).default(new Set<MailboxProvider>()),
  /** Of each provider that an editor let go on: what they had seen by then, which does not count towards holding it back again. */
  forgivenBlocks: ProviderBlocks.optional(),
  /** The orders that may be claimed under the hold `canary`. */
  canary: Canary.optional(),
  /** Until when they are watched; it is set when the last of them is out. */
  canaryUntil: z.iso.datetime().optional(),
  /** What tripped the brake. */
  trip: Trip.optional(),
  /** The receipt at the brake's last trip, or as the editor saw it who resumed: what came before does not trip it again. */
  brakedAt: Receipt.optional(),
  receipt: Receipt.optional(),
  /** What the editors have been told of. */
  noticed: z.set(NoticeKind).default(new Set<NoticeKind>()),
  /** When an editor said "send to the unknown": no evidence is waited for any longer. */
  sendToUnknownAt: z.iso.datetime().optional(),
});
export type Digest = z.infer<typeof Digest>;

export type DigestState = 'held' | 'sending' | 'paused' | 'parked' | 'stopped' | 'done' | 'skipped' | 'cancelled';

/** Whether an order may be claimed and its mails sent: nothing holds its digest, or the canary alone and the order is part of it. */
export const maySend = ({ phase, holds, canary }: Digest, order: { shard: string; order: number }) =>
  phase === 'open' && [...holds].every((hold) => hold === 'canary' && canary !== undefined && isInCanary(canary, order));

/** The one word for where a digest stands. */
export function stateOf({ phase, holds }: Pick<Digest, 'phase' | 'holds'>): DigestState {
  if (phase !== 'open') return phase;
  if (holds.has('fault')) return 'stopped';
  if (holds.has('editor')) return 'paused';
  if (holds.has('quota')) return 'parked';
  return holds.size > 0 ? 'held' : 'sending';
}
