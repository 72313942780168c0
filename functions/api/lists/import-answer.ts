import type { Actor } from '../../access/principal.ts';
import type { ListAct } from '../../exports/list-history.ts';
import { asksPerDay } from '../../imports/ask-unconfirmed.ts';
import { type Declaration, declarationVersion } from '../../imports/declaration.ts';
import type { DryRun } from '../../imports/dry-run.ts';
import type { Counts, Failure, ImportProgress, ReaderImport } from '../../imports/reader-import.ts';
import type { Corrections, ListReading } from '../../imports/reading/list-reading.ts';
import type { Question } from '../../imports/survey.ts';

export type ImportAnswer = Pick<ReaderImport, 'id' | 'state' | 'uploadId' | 'filename' | 'size' | 'by' | 'createdAt'> & {
  /** How the file is read; null until it was looked at. */
  reading: ListReading | null;
  /** Why it cannot be read. */
  failure: Failure | null;
  /** What an editor has said about it: the answers to what another import of the same upload asked, and what was corrected. */
  corrections: Corrections;
  /** What has to be answered, by `corrections` of another import of the same upload, before it can be started. */
  questions: Question[];
  /** What would become of its rows. */
  checked: Counts | null;
  /** The first rows, and the first of each outcome; null once the file is gone. */
  dryRun: DryRun | null;
  declaration: Declaration | null;
  /** The version of the words that an editor declares before a start. */
  declarationVersion: string;
  /** What has become of its rows so far. */
  counts: Counts | null;
  progress: { rows: number; of: number; secondsLeft: number | null } | null;
  /** Of those kept because they never confirmed: how many may be asked once, and how far that is; null before all is taken in. */
  unconfirmed: {
    askable: number;
    perDay: number;
    asked: number;
    state: 'not_asked' | 'asking' | 'done' | 'stopped';
    by: Actor | null;
  } | null;
  startedAt: string | null;
  finishedAt: string | null;
  /** Who asked that it stop while it ran: `stopped` once that is done. */
  stop: { by: Actor; at: string } | null;
};

/** Where the report is for the next five minutes: a line for every row that was not done as it says. */
export type ImportReportAnswer = { url: string };

/** The newest imports, and who took lists out or brought them in, newest first. */
export type ImportsAnswer = { imports: ImportAnswer[]; before: string | null; history: ListAct[] };

type Known = { progress?: ImportProgress | undefined; dryRun?: Uint8Array | undefined };

export function importAnswer(found: ReaderImport, { progress, dryRun }: Known = {}): ImportAnswer {
  const { id, state, uploadId, filename, size, by, createdAt, startedAt } = found;
  return {
    id,
    state,
    uploadId,
    filename,
    size,
    by,
    createdAt,
    reading: found.reading ?? null,
    failure: found.failure ?? null,
    corrections: found.corrections,
    questions: found.questions,
    checked: found.checked ?? null,
    dryRun: dryRun ? dryRunIn(dryRun) : null,
    declaration: found.declaration ?? null,
    declarationVersion,
    counts: progress?.counts ?? null,
    progress: startedAt ? progressOf(found, progress) : null,
    unconfirmed: isOver(found) ? unconfirmedOf(found, progress) : null,
    startedAt: startedAt ?? null,
    finishedAt: found.finishedAt ?? null,
    stop: found.stoppedBy && found.stoppedAt ? { by: found.stoppedBy, at: found.stoppedAt } : null,
  };
}

/** All rows are imported, or an editor has stopped it; there is a report. */
export const isOver = ({ state }: Pick<ReaderImport, 'state'>): boolean => state === 'finished' || state === 'stopped';

/** One that was made before topics were told has none to tell. */
const dryRunIn = (bytes: Uint8Array): DryRun => ({
  topics: { chosen: {}, unknown: {} },
  ...(JSON.parse(Buffer.from(bytes).toString('utf8')) as Omit<DryRun, 'topics'> & Partial<DryRun>),
});

const unconfirmedOf = ({ askingBy, askingAt, askingEnded, askedThrough = 0 }: ReaderImport, progress: ImportProgress | undefined) => ({
  askable: progress?.askable ?? 0,
  perDay: asksPerDay,
  asked: askedThrough,
  by: askingBy ?? null,
  state: askingEnded ?? (askingAt ? ('asking' as const) : ('not_asked' as const)),
});

/** What is left takes as long, row by row, as what is done. */
function progressOf({ checked, startedAt = '' }: ReaderImport, progress: ImportProgress | undefined) {
  const [rows, of] = [progress?.counts.rows ?? 0, checked?.rows ?? 0];
  const seconds = progress ? (Date.parse(progress.at) - Date.parse(startedAt)) / 1000 : 0;
  return { rows, of, secondsLeft: rows > 0 ? Math.max(0, Math.round((seconds / rows) * (of - rows))) : null };
}
