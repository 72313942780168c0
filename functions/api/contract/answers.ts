import * as z from 'zod';
import { Actor } from '../../access/principal.ts';
import { Scope } from '../../access/scope.ts';
import { ListAct } from '../../exports/list-history.ts';
import { Counts } from '../../imports/reader-import.ts';
import { ListReading } from '../../imports/reading/list-reading.ts';
import { Block, IssueImage, Item, Section } from '../../issues/issue.ts';
import { editorRefusals } from '../../platform/refusals/editor-refusals.ts';
import { fileRefusals } from '../../platform/refusals/file-refusals.ts';
import { sharedRefusals } from '../../platform/refusals/shared-refusals.ts';
import { Comparison } from '../../restores/restore.ts';
import { ReaderTotals, WeekStatistics } from '../../statistics/statistics.ts';
import { leavingReasons } from '../../subscribers/subscriber.ts';
import { EventType, Webhook } from '../../webhooks/webhook.ts';
import type { ApiKeyAnswer, NewApiKeyAnswer } from '../keys/api-key-endpoints.ts';
import type { ImportsAnswer } from '../lists/import-answer.ts';
import type { RestoreAnswer } from '../restores/restore-endpoints.ts';
import type { StatisticsAnswer } from '../statistics/statistics-answer.ts';
import type { DeliveryAnswer, NewWebhookAnswer, WebhookAnswer } from '../webhooks/webhook-endpoints.ts';
import { count, digestState, list, moment, text } from './answer-parts.ts';
import { Digest, Next, Report } from './digest-answers.ts';
import { FilePreview, FindingSchema, Issue, IssueSummarySchema } from './issue-answers.ts';
import { Export, Import, ImportReport, Reader } from './reader-answers.ts';

/*
 * What the API answers with, for its description and for tests: no function carries it. Each schema is held to the type of the
 * answer by `satisfies`, and to what is really answered by every test of the API.
 */

const Statistics = z.object({
  asOf: moment.nullable(),
  counting: moment.nullable(),
  timeZone: text,
  readers: ReaderTotals,
  weeks: z.array(WeekStatistics.omit({ reasons: true, afterDigest: true, sources: true }).extend({ closed: z.boolean() })),
  line: z
    .object({ waiting: count, minutes: count, bots: count })
    .nullable()
    .describe('Sign-ups that wait for their confirmation mail; null where none does.'),
  sources: z
    .array(z.object({ source: text.nullable(), confirmed: count }))
    .describe('By which forms those who confirmed in these weeks had signed up, most first; null for the small ones together.'),
  reasons: z.partialRecord(z.enum([...leavingReasons, 'silent']), count) as unknown as z.ZodType<StatisticsAnswer['reasons']>,
  digests: z.array(
    z.object({
      id: text,
      state: digestState,
      subject: text.nullable(),
      startedAt: text,
      leftAfter: count.nullable(),
      audience: count,
      submitted: count,
      delivered: count,
      bounced: count,
      blocked: count,
      complained: count,
      skipped: count,
      rejected: count,
      unknown: count,
      open: count,
    }),
  ),
}) satisfies z.ZodType<StatisticsAnswer>;

const ApiKeySchema = z.object({
  id: text,
  name: text,
  scopes: z.array(Scope),
  by: Actor,
  createdAt: moment,
  state: z.enum(['active', 'expired', 'revoked']),
  expiresAt: moment.nullable(),
  lastUsedAt: moment.nullable().describe('To the hour.'),
  revokedAt: moment.nullable(),
  revokedBy: Actor.nullable(),
}) satisfies z.ZodType<ApiKeyAnswer>;

const NewApiKey = ApiKeySchema.extend({ key: text.describe('Shown this once.') }) satisfies z.ZodType<NewApiKeyAnswer>;

const WebhookSchema = Webhook.pick({
  id: true,
  name: true,
  url: true,
  events: true,
  withAddresses: true,
  active: true,
  by: true,
  createdAt: true,
}).extend({
  changedBy: Actor.nullable(),
  changedAt: moment.nullable(),
  failingSince: moment.nullable().describe('Since when its receiver has not answered with 2xx.'),
  retryAt: moment.nullable(),
}) satisfies z.ZodType<WebhookAnswer>;

const NewWebhook = WebhookSchema.extend({ secret: text.describe('Shown this once.') }) satisfies z.ZodType<NewWebhookAnswer>;

const DeliverySchema = z.object({
  id: text.describe('What it can be sent again by.'),
  event: text.describe('The `webhook-id` of the requests.'),
  type: EventType,
  at: moment,
  attempts: count,
  outcome: z.enum(['waiting', 'delivered', 'given_up']),
  nextAt: moment.nullable(),
  last: z.object({ at: moment, status: count.nullable(), fault: text.nullable(), milliseconds: count }).nullable(),
}) satisfies z.ZodType<DeliveryAnswer>;

const codes = [...Object.keys(sharedRefusals), ...Object.keys(fileRefusals), ...Object.keys(editorRefusals), 'internal_error'];
const Problem = z
  .object({
    type: z.literal('about:blank'),
    title: text,
    status: count,
    code: z.enum(codes).describe('Stable: programs decide by it.'),
    values: z.record(text, z.unknown()).describe('What is particular to this one.'),
    detail: text.describe('Both in English; it may be put otherwise at any time.'),
    errors: z
      .array(
        z.object({
          path: text,
          message: text,
          code: text.exactOptional(),
          values: z.record(text, z.unknown()).exactOptional(),
          line: count.exactOptional(),
        }),
      )
      .exactOptional()
      .describe('Single faults: fields of a body, or findings in an issue.'),
  })
  .describe('RFC 9457.');

/** Everything that is answered, by the name it has in the description. */
export const answerSchemas = {
  Actor,
  Block,
  Item,
  Section,
  IssueImage,
  Finding: FindingSchema,
  Issue,
  IssueSummary: IssueSummarySchema,
  FilePreview,
  Issues: list('issues', IssueSummarySchema),
  Sending: z.object({ slug: text, digest: text }),
  TestSent: z.object({ to: z.array(text) }),
  Upload: z
    .object({ uploadId: z.uuid(), url: text, fields: z.record(text, text) })
    .describe('Where to send the file, as a form whose last field is `file`.'),
  Digest,
  DeliveryReport: Report,
  Digests: list('digests', Digest).extend({ next: Next }),
  NextDigest: Next,
  PlannedDigest: z.object({ next: Next }),
  Reader,
  Import,
  ListReading,
  RowCounts: Counts,
  Imports: list('imports', Import).extend({
    history: z.array(ListAct).describe('Who took lists out and brought them in, newest first; on the first page.'),
  }) satisfies z.ZodType<ImportsAnswer>,
  Export,
  ImportReport,
  Statistics,
  Counting: z.object({ wantedAt: moment }),
  Restore: z.object({
    restore: z
      .object({
        held: z.boolean().describe('Nobody is mailed until somebody releases it.'),
        moment: moment.describe('As of when the data is.'),
        comparison: Comparison.nullable().describe('What was found of who has gone since; null until it has been compared.'),
        releasedAt: moment.nullable(),
        releasedBy: Actor.nullable(),
      })
      .nullable()
      .describe('Null where the table never was restored.'),
  }) satisfies z.ZodType<RestoreAnswer>,
  ApiKey: ApiKeySchema,
  NewApiKey,
  ApiKeys: z.object({ keys: z.array(ApiKeySchema) }),
  Webhook: WebhookSchema,
  NewWebhook,
  Webhooks: z.object({ webhooks: z.array(WebhookSchema) }),
  Delivery: DeliverySchema,
  Deliveries: list('deliveries', DeliverySchema),
  Replay: z.object({ webhook: text, delivery: text }),
  Problem,
} satisfies Record<string, z.ZodType>;

export type AnswerName = keyof typeof answerSchemas;
