import * as z from 'zod';
import { Finding } from '../../issues/finding.ts';
import { HistoryEntry, IssueContent, IssueMeta } from '../../issues/issue.ts';
import type { FilePreviewAnswer } from '../issues/file-preview-endpoint.ts';
import type { FindingAnswer } from '../issues/finding-answer.ts';
import type { IssueAnswer, IssueSummary } from '../issues/issue-answer.ts';
import { count, moment, text } from './answer-parts.ts';

/** Each kind of finding with the sentence beside its code. */
export const FindingSchema = z.discriminatedUnion(
  'code',
  Finding.options.map((kind) => kind.extend({ message: text })) as never,
) as unknown as z.ZodType<FindingAnswer>;

const life = {
  state: IssueMeta.shape.state,
  published: z.boolean().describe('SES took a mail of its digest, so it is in the archive.'),
  digest: text.nullable().describe('The digest that took it, once one has.'),
  version: count.describe('Grows with every change; the `ETag`, and what `If-Match` takes.'),
  scheduledFor: moment.nullable(),
  unlisted: z.boolean(),
  topics: z.array(text),
  source: text.nullable().describe('The file that it came from, as a program said with `?source=`.'),
  hash: text.describe('SHA-256 of what was uploaded: of the file, and the digests of path and bytes of each picture beside it.'),
};
const { slug, number, title, date, language, summary, updatedAt } = IssueMeta.shape;

export const IssueSummarySchema = z.object({
  slug,
  number,
  title,
  date,
  language,
  summary,
  updatedAt,
  ...life,
}) satisfies z.ZodType<IssueSummary>;

const Preflight = z.object({
  errors: z.array(FindingSchema),
  warnings: z.array(FindingSchema),
  bytes: z.object({ html: count, budget: count }),
});

export const FilePreview = IssueSummarySchema.pick({
  slug: true,
  number: true,
  title: true,
  date: true,
  language: true,
  summary: true,
}).extend({
  asked: IssueContent.shape.asked.unwrap().nullable().describe('What the file asks for.'),
  warnings: z.array(FindingSchema),
  preflight: Preflight,
  hash: text,
  url: text.describe('The page as readers would see it, for everybody who has the link.'),
  expiresAt: moment,
  issue: IssueSummarySchema.nullable().describe('The issue that has this slug already.'),
}) satisfies z.ZodType<FilePreviewAnswer>;

export const Issue = IssueContent.omit({ unlisted: true, topics: true, warnings: true }).extend({
  ...life,
  warnings: z.array(FindingSchema),
  history: z
    .array(HistoryEntry.omit({ version: true }))
    .exactOptional()
    .describe('Newest first; of one issue that was asked for.'),
  preflight: Preflight.exactOptional().describe('What keeps it from being queued, and what does not.'),
}) satisfies z.ZodType<IssueAnswer>;
