import * as z from 'zod';
import { Actor } from '../../access/principal.ts';
import { evidenceKinds } from '../../deliveries/evidence.ts';
import { outcomes } from '../../deliveries/reader-batch.ts';
import { ReaderExport } from '../../exports/reader-export.ts';
import { ReaderFeedback } from '../../feedback/reader-feedback.ts';
import { Declaration } from '../../imports/declaration.ts';
import { DryRun } from '../../imports/dry-run.ts';
import { Counts, Failure, ReaderImport } from '../../imports/reader-import.ts';
import { Corrections, ListReading } from '../../imports/reading/list-reading.ts';
import { Question } from '../../imports/survey.ts';
import { AuditEntry } from '../../subscribers/audit-log.ts';
import { ConsentRecord } from '../../subscribers/consent-log.ts';
import { readerLocales } from '../../words/locale.ts';
import type { ExportAnswer } from '../lists/export-endpoints.ts';
import type { ImportAnswer, ImportReportAnswer } from '../lists/import-answer.ts';
import type { ReaderAnswer } from '../readers/reader-answer.ts';
import { count, moment, text } from './answer-parts.ts';

export const Reader = z.object({
  id: text,
  state: z.enum(['pending', 'confirmed', 'unsubscribed', 'suppressed', 'erased', 'moved']),
  address: text.nullable(),
  locale: z.enum(readerLocales).nullable(),
  topics: z.array(text),
  reason: z.enum(['bounce', 'complaint']).nullable(),
  mayReturn: z.boolean(),
  since: z.object({
    signedUpAt: moment.exactOptional(),
    confirmedAt: moment.exactOptional(),
    leftAt: moment.exactOptional(),
    suppressedAt: moment.exactOptional(),
    erasedAt: moment.exactOptional(),
    reinstatedAt: moment.exactOptional(),
    movedAt: moment.exactOptional(),
  }),
  consent: z.array(ConsentRecord),
  consentByList: z.object({ import: text, by: Actor.exactOptional(), at: moment.exactOptional(), origin: text.exactOptional() }).nullable(),
  deliveries: z.array(
    z.object({
      digest: text,
      subject: text.exactOptional(),
      at: moment,
      outcome: z.enum([...evidenceKinds.filter((kind) => kind !== 'dropped'), ...(Object.keys(outcomes) as (keyof typeof outcomes)[])]),
    }),
  ),
  events: z.array(ReaderFeedback),
  accesses: z.array(AuditEntry),
  sesList: z.union([z.object({ list: z.literal('account'), command: text }), z.object({ list: z.literal('global') })]).nullable(),
}) satisfies z.ZodType<ReaderAnswer>;

const importShape = ReaderImport.shape;
export const Import = z.object({
  id: text,
  state: importShape.state,
  uploadId: text,
  filename: text,
  size: count,
  by: Actor,
  createdAt: moment,
  reading: ListReading.nullable(),
  failure: Failure.nullable(),
  corrections: Corrections,
  questions: z.array(Question),
  checked: Counts.nullable(),
  dryRun: DryRun.nullable(),
  declaration: Declaration.nullable(),
  declarationVersion: text,
  counts: Counts.nullable(),
  progress: z.object({ rows: count, of: count, secondsLeft: count.nullable() }).nullable(),
  unconfirmed: z
    .object({
      askable: count,
      perDay: count,
      asked: count,
      state: z.enum(['not_asked', 'asking', 'done', 'stopped']),
      by: Actor.nullable(),
    })
    .nullable(),
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  stop: z.object({ by: Actor, at: moment }).nullable(),
}) satisfies z.ZodType<ImportAnswer>;

export const ImportReport = z.object({ url: text }) satisfies z.ZodType<ImportReportAnswer>;

const { id, format, bom, by, createdAt, readers, bytes } = ReaderExport.shape;
export const Export = z.object({
  id,
  format,
  bom,
  by,
  createdAt,
  readers,
  bytes,
  state: z.enum(['running', 'finished', 'expired']),
  finishedAt: moment.nullable(),
  url: text.nullable().describe('Where the file is for the next five minutes, once it is whole.'),
}) satisfies z.ZodType<ExportAnswer>;
