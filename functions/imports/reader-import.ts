import * as z from 'zod';
import { Actor } from '../access/principal.ts';
import { refusalCodes } from '../platform/refusal.ts';
import { takenIn } from '../subscribers/imported/imported-reader.ts';
import { Declaration } from './declaration.ts';
import { Corrections, ListReading } from './reading/list-reading.ts';
import { type RowFault, rowFaults } from './reading/read-row.ts';
import { Question } from './survey.ts';

/**
 * What became, or would become, of a row: as {@link takenIn} says, `duplicate` of another row, `refused` for a reason, or `asked`: nobody can tell
 * before an editor has said what it means; `not_reached`: an editor stopped the import before it.
 */
export const rowOutcomes = [...takenIn, 'duplicate', 'refused', 'asked', 'not_reached'] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

/** Rows by outcome, and the refused by reason; what is not there is none. */
export const Counts = z.object({
  rows: z.int().default(0),
  outcomes: z.partialRecord(z.enum(rowOutcomes), z.int()).default({}),
  refused: z.partialRecord(z.enum(rowFaults), z.int()).default({}),
  /** Of those who would become readers: how many without a date of their consent. */
  undated: z.int().default(0),
});
export type Counts = z.infer<typeof Counts>;

/**
 * `checking`: looked at, nothing written; `checked`: may be started once nothing is asked; `unreadable` and `failed`, after its work
 * has died several times: `failure` says why. `stopped`: by an editor, before all rows were imported.
 */
const importStates = ['checking', 'checked', 'unreadable', 'running', 'finished', 'stopped', 'failed'] as const;

/** Why a list cannot be read: the refusal that its reading ended with. */
export const Failure = z.object({ code: z.enum(refusalCodes), values: z.record(z.string(), z.unknown()), detail: z.string() });
export type Failure = z.infer<typeof Failure>;

/** Turns begun at one place, which `mark` names, since a moment; more than one when those before got no further. */
const Attempts = z.object({ mark: z.string(), count: z.int(), since: z.iso.datetime() });
export type Attempts = z.infer<typeof Attempts>;

/** A list on its way in. Its file is gone after a week; this stays, since readers' consent refers to it. */
export const ReaderImport = z.object({
  id: z.string(),
  state: z.enum(importStates),
  uploadId: z.string(),
  filename: z.string(),
  /** Bytes. */
  size: z.int(),
  by: Actor,
  createdAt: z.iso.datetime(),
  corrections: Corrections.default({}),
  reading: ListReading.optional(),
  failure: Failure.optional(),
  /** Turns of the dry run that ended because their time was over, and when the last one did. */
  turns: z.int().default(0),
  turnAt: z.iso.datetime().optional(),
  /** Turns that were begun at the place where it is. */
  attempts: Attempts.optional(),
  /** What the dry run found, and what has to be answered before a start, by `corrections` of another import of the same file. */
  checked: Counts.optional(),
  questions: z.array(Question).default([]),
  declaration: Declaration.optional(),
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** Who asked that it stop, while it ran, and when. */
  stoppedBy: Actor.optional(),
  stoppedAt: z.iso.datetime().optional(),
  /** Whether those who never confirmed are asked: who said so when, how many came up for it, and how it ended. */
  askingBy: Actor.optional(),
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
  /** How many of those kept may be asked, and, packed, who they are in this chunk. */
  askable: z.int().default(0),
  kept: z.instanceof(Uint8Array).optional(),
  at: z.iso.datetime(),
  last: z.boolean(),
  /** That an editor has stopped it: the rows of later chunks are only reported. */
  stopped: z.boolean().default(false),
});
export type ImportProgress = z.infer<typeof ImportProgress>;

/** Wakes the work on an import: its dry run, or the rows that are still to come. `stuckAt`: only if it is still at this place. */
export const ImportMessage = z.object({ kind: z.literal('import'), id: z.string(), stuckAt: z.string().optional() });
export type ImportMessage = z.infer<typeof ImportMessage>;
export const importMessage = (id: string): ImportMessage => ({ kind: 'import', id });

export const importFiles = {
  upload: (uploadId: string) => `imports/uploads/${uploadId}`,
  /** How the file is read; and the rows of what is no table, one by one. */
  reading: (id: string) => `imports/${id}/reading.json`,
  unpacked: (id: string) => `imports/${id}/unpacked.jsonl`,
  dryRun: (id: string) => `imports/${id}/dry-run.json`,
  /** Rows that do not count; and, until they are known, how far the search for them has come. */
  outweighed: (id: string) => `imports/${id}/outweighed-rows`,
  /** What all rows together leave open, once it is known. */
  surveyed: (id: string) => `imports/${id}/surveyed.json`,
  search: (id: string) => `imports/${id}/search`,
  /** How far the dry run has come. */
  trial: (id: string) => `imports/${id}/trial.json`,
  /** Lines of the report from one chunk of rows. */
  lines: (id: string, chunk: number) => `imports/${id}/lines/${String(chunk).padStart(6, '0')}.csv`,
  report: (id: string) => `imports/${id}/report.csv`,
};

/** Files of lists are deleted after this time: `infra/parts/lists.ts` sets it for the bucket. */
export const daysListsAreKept = 7;
export const largestList = 250 * 1024 * 1024;
export const mostRows = 2_000_000;
/** Rows whose results are written down together: what a killed worker does again at most. */
export const chunkRows = 1_000;

type RowFacts = { fault?: RowFault | undefined; at?: string | undefined };

export function count(counts: Counts, outcome: RowOutcome, { fault, at }: RowFacts = {}) {
  counts.rows += 1;
  counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + 1;
  if (fault) counts.refused[fault] = (counts.refused[fault] ?? 0) + 1;
  if (outcome === 'added' && at === undefined) counts.undated += 1;
}
