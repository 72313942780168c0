import * as z from 'zod';
import { takenIn } from '../subscribers/imported/imported-reader.ts';
import { Declaration } from './declaration.ts';
import { Corrections, ListReading } from './reading/list-reading.ts';
import { rowFaults } from './reading/read-row.ts';

/** What became, or would become, of a row: as {@link takenIn} says, or `duplicate` of another row, or `refused` for a reason. */
export const rowOutcomes = [...takenIn, 'duplicate', 'refused'] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

/** Rows by outcome, and the refused by reason; what is not there is none. */
export const Counts = z.object({
  rows: z.int().default(0),
  outcomes: z.partialRecord(z.enum(rowOutcomes), z.int()).default({}),
  refused: z.partialRecord(z.enum(rowFaults), z.int()).default({}),
});
export type Counts = z.infer<typeof Counts>;

/** `checking`: looked at, nothing written; `checked`: may be started; `unreadable`: `failure` says why. */
export const importStates = ['checking', 'checked', 'unreadable', 'running', 'finished'] as const;

/** A list on its way in. Its file is gone after a week; this stays, since readers' consent refers to it. */
export const ReaderImport = z.object({
  id: z.string(),
  state: z.enum(importStates),
  uploadId: z.string(),
  filename: z.string(),
  /** Bytes. */
  size: z.int(),
  by: z.string(),
  createdAt: z.iso.datetime(),
  corrections: Corrections.default({}),
  reading: ListReading.optional(),
  failure: z.string().optional(),
  /** What the dry run found. */
  checked: Counts.optional(),
  declaration: Declaration.optional(),
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** Whether those who never confirmed are asked: who said so when, how many came up for it, and how it ended. */
  askingBy: z.string().optional(),
  askingAt: z.iso.datetime().optional(),
  askedThrough: z.int().optional(),
  askingEnded: z.enum(['done', 'stopped']).optional(),
});
export type ReaderImport = z.infer<typeof ReaderImport>;

/** How far an import has come: everything up to `offset` is done, and counted in full. */
export const ImportProgress = z.object({
  chunk: z.int(),
  offset: z.int(),
  row: z.int(),
  counts: Counts,
  /** How many of those kept may be asked, and, packed, who they are in this stretch. */
  askable: z.int().default(0),
  kept: z.instanceof(Uint8Array).optional(),
  at: z.iso.datetime(),
  last: z.boolean(),
});
export type ImportProgress = z.infer<typeof ImportProgress>;

export const ImportMessage = z.object({ id: z.string() });
export type ImportMessage = z.infer<typeof ImportMessage>;

/** What the schedule sends, every five minutes: look for imports that stand still. */
export const ImportWork = z.union([ImportMessage, z.object({ watch: z.literal(true) })]);
export type ImportWork = z.infer<typeof ImportWork>;

export const importFiles = {
  upload: (uploadId: string) => `imports/uploads/${uploadId}`,
  dryRun: (id: string) => `imports/${id}/dry-run.json`,
  /** Lines of the report from one stretch of rows. */
  lines: (id: string, chunk: number) => `imports/${id}/lines/${String(chunk).padStart(6, '0')}.csv`,
  report: (id: string) => `imports/${id}/report.csv`,
};

export const largestList = 250 * 1024 * 1024;
export const mostRows = 2_000_000;
/** Rows whose results are written down together: what a killed worker does again at most. */
export const chunkRows = 1_000;

export function count(
  counts: Counts,
  outcome: RowOutcome,
  fault?: Counts['refused'] extends Partial<Record<infer Fault, number>> ? Fault : never,
) {
  counts.rows += 1;
  counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + 1;
  if (fault) counts.refused[fault] = (counts.refused[fault] ?? 0) + 1;
}
