import * as z from 'zod';
import { Block, Override } from '../issues/issue.ts';
import { type MailboxProvider, mailboxProviders } from '../mail/mailbox-provider.ts';
import { shardCounts } from '../platform/keys.ts';
import { Canary } from './canary.ts';
import { DeliveryReport } from './delivery-report.ts';
import { type Hold, holds } from './hold.ts';
import { NoticeKind } from './notice-kind.ts';
import { Trip } from './trip.ts';

const FrozenIssue = z.object({
  slug: z.string(),
  contentHash: z.string(),
  title: z.string(),
  date: z.string(),
  /** Topics whose readers get it; none means everybody. */
  topics: z.array(z.string()).optional(),
  /** Why it went out although the preflight had found an error. */
  override: Override.optional(),
});
export type FrozenIssue = z.infer<typeof FrozenIssue>;

/** By provider: refusals by policy, and the mails among which they were. */
const ProviderBlocks = z.record(z.string(), z.object({ blocked: z.number().int(), submitted: z.number().int() }));
export type ProviderBlocks = z.infer<typeof ProviderBlocks>;

/**
 * A digest as it is in the table. `phase` moves from open to one of the ends. A digest that is done opens again when mails
 * whose fate is unknown are sent again. Everything it waits for is in `holds`.
 */
export const Digest = z.object({
  id: z.string(),
  kind: z.enum(['slot', 'issue']),
  /** The issue of a digest of its own. */
  slug: z.string().optional(),
  phase: z.enum(['open', 'done', 'skipped', 'cancelled']),
  /** Why it does not send now (`hold.ts`). */
  holds: z.set(z.enum<Hold[]>(holds)).default(new Set<Hold>()),
  scheduledFor: z.iso.datetime(),
  /** Readers confirmed at or before this moment are its audience. */
  frozenAt: z.iso.datetime(),
  issues: z.array(FrozenIssue).optional(),
  /** Into how many shards its audience is planned, frozen with its issues. */
  shards: z.literal(shardCounts).default(16),
  /** Of the editors' plan that it was made by: which version, and what they say before its issues. */
  planned: z.object({ version: z.string().optional(), note: z.array(Block).optional() }).optional(),
  subject: z.string().optional(),
  renderedParts: z.number().int().optional(),
  /** Titles of what the mail has only as summary and link, for lack of room. The last entry says how many more there are. */
  shortened: z.array(z.string()).optional(),
  /** The first claim: from now on the pages of its issues answer. */
  startedAt: z.iso.datetime().optional(),
  /** SES had taken a mail of it: from now on its issues are in the archive. */
  publishedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** Why the hold `fault` or `brake` was set: SES's message with addresses masked, or the numbers. */
  holdReason: z.string().optional(),
  /** Until when the hold `hold period` lasts. */
  holdUntil: z.iso.datetime().optional(),
  /** By when, at the latest, the quota is free again that the hold `quota` waits for. */
  parkedUntil: z.iso.datetime().optional(),
  /** Mailbox providers whose readers wait until an editor decides, while all others are mailed. */
  postponed: z.set(z.enum(mailboxProviders)).default(new Set<MailboxProvider>()),
  /** When the last of them was postponed. */
  postponedAt: z.iso.datetime().optional(),
  /** Providers at which a crowd of mailboxes is said to be dead, and nobody has found out yet whether they are; and those where one has. */
  incidents: z.set(z.enum(mailboxProviders)).default(new Set<MailboxProvider>()),
  settledIncidents: z.set(z.enum(mailboxProviders)).default(new Set<MailboxProvider>()),
  /** By provider, which readers a later digest tries for an incident of this one. */
  trials: z.record(z.string(), z.object({ digest: z.string(), readers: z.array(z.string()) })).default({}),
  /** For each provider that an editor let go on: what the editor had seen by then. It does not count towards postponing it again. */
  forgivenBlocks: ProviderBlocks.optional(),
  /** The batches that may be claimed under the hold `canary`. */
  canary: Canary.optional(),
  /** Until when they are watched at the longest. Set when the last of them is out. */
  canaryUntil: z.iso.datetime().optional(),
  /** After its canary: so many batches may be claimed by now, in the canary's sequence. Four times as many each minute, then all. */
  slowStart: z.number().int().min(1).optional(),
  /** What tripped the brake. */
  trip: Trip.optional(),
  /** The report when the brake last tripped, or as the editor who resumed saw it. What is in it does not trip the brake again. */
  brakedAt: DeliveryReport.optional(),
  report: DeliveryReport.optional(),
  /** What the editors have had a mail about. */
  noticed: z.set(NoticeKind).default(new Set<NoticeKind>()),
  /** When all of its batches that might go had their wake-ups sent for the last time, milliseconds since 1970. */
  wokenAt: z.number().default(0),
  /** When an editor wanted readers planned again, or mailed again: until all batches have been looked through for them. */
  planAgainAt: z.iso.datetime().optional(),
  mailAgainAt: z.iso.datetime().optional(),
});
export type Digest = z.infer<typeof Digest>;
