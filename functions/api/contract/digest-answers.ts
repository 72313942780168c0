import * as z from 'zod';
import { Canary } from '../../digests/canary.ts';
import { DeliveryReport, ProviderCounts } from '../../digests/delivery-report.ts';
import { DigestAct } from '../../digests/history/digest-history.ts';
import { accountHolds, holds } from '../../digests/hold.ts';
import { Override } from '../../issues/issue.ts';
import { mailboxProviders } from '../../mail/mailbox-provider.ts';
import { outageCauses } from '../../mail/outage.ts';
import type { DigestAnswer, NextDigest, UpcomingRun } from '../digests/digest-answer.ts';
import { count, digestState, moment, text } from './answer-parts.ts';

const provider = z.enum(mailboxProviders);

export const Report = DeliveryReport.omit({ sending: true, byProvider: true, onlyBlocked: true }).extend({
  again: z.object({ plan: count, mail: count }).describe('How many readers would be planned again or mailed again, at most.'),
  byProvider: z.array(ProviderCounts),
  timings: z.object({
    firstClaim: moment.nullable(),
    firstAcceptance: moment.nullable(),
    lastAcceptance: moment.nullable(),
    done: moment.nullable(),
  }),
  rate: z
    .object({ granted: z.number().nullable(), achieved: z.number().nullable(), sendingSeconds: z.number(), throttled: count })
    .describe('Mails a second.'),
  cost: z.object({
    usd: z.number(),
    lines: z.array(z.object({ kind: z.enum(['ses', 'dynamodb', 'sqs', 'sns', 'lambda']), calls: z.number(), usd: z.number() })),
    milliseconds: z.number(),
    region: text,
    asOf: text,
  }),
}) satisfies z.ZodType<DigestAnswer['report']>;

export const Digest = z.object({
  id: text,
  state: digestState,
  over: z.boolean(),
  may: z
    .array(z.enum(['pause', 'resume', 'send-to-postponed', 'plan-again', 'mail-again', 'cancel']))
    .describe('What who asks may do now that would change something.'),
  holds: z.array(z.enum([...holds, ...accountHolds])),
  holdReason: text.nullable(),
  unreachable: z.object({ since: moment, cause: z.enum(outageCauses), reason: text }).nullable(),
  holdUntil: moment.nullable(),
  parkedUntil: moment.nullable(),
  canary: z.object({ readers: count, why: Canary.shape.why, until: moment.nullable(), unjudged: z.boolean() }).nullable(),
  postponed: z.array(z.object({ provider, blocked: count, submitted: count, waiting: count })),
  incidents: z.array(z.object({ provider, bounced: count, submitted: count, tried: z.boolean() })),
  scheduledFor: moment,
  issues: z.array(text).describe('Slugs.'),
  overrides: z.array(Override.extend({ slug: text })),
  shortened: z.array(text),
  report: Report,
  history: z.array(DigestAct).exactOptional().describe('Newest first; of one digest that was asked for.'),
}) satisfies z.ZodType<DigestAnswer>;

const run = { slot: text, localTime: text.describe('On the newsletter’s clock, `2026-11-27 09:00`.'), scheduledFor: moment };
const Upcoming = z.object(run) satisfies z.ZodType<UpcomingRun>;
export const Next = z.object({
  ...run,
  timeZone: text,
  issues: z.array(text).describe('Slugs, in the order of the mail.'),
  note: text.describe('The opening note as it was written; empty without one.'),
  following: z.array(Upcoming),
}) satisfies z.ZodType<NextDigest>;
