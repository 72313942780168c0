import type { DigestAnswer } from '../api/digests/digest-answer.ts';
import type { IssueAnswer } from '../api/issues/issue-answer.ts';
import type { ImportAnswer, ImportsAnswer } from '../api/lists/import-answer.ts';
import type { ReaderAnswer } from '../api/readers/reader-answer.ts';
import type { FindingCode, FindingValues } from '../issues/finding.ts';
import type { DeskRefusalCode, RefusalValues } from '../platform/refusal.ts';
import type * as en from './en.ts';

/*
 * What the desk says is about answers of the API, so its shape takes their types, and only types: a new code, hold or state does
 * not compile before every language has words for it.
 */

/** `says`: the same for every finding of the code, so that many of them are one line. `about`: what is particular to one. */
export type FindingWords = {
  readonly [Code in FindingCode]: { says: string; about?: (values: FindingValues<Code>) => string };
};

/** What happens to the page alone: no answer, or one of the storage. */
type PageProblem = 'internal_error' | 'offline' | 'upload_expired' | 'upload_refused';

export type RefusalWords = { readonly [Code in DeskRefusalCode]: (values: RefusalValues<Code>) => string } & {
  readonly [Code in PageProblem]: () => string;
};

export type FailureReason = NonNullable<IssueAnswer['images'][number]['reason']>;
/** What is known about holds; moments as the page shows them. */
type HoldsKnown = {
  stopUntil: string | null;
  parkedUntil: string | null;
  /** Since when the account cannot send. */
  since: string | null;
  canary: { readers: number; until: string | null; unjudged: boolean } | null;
};
export type HoldWords = Readonly<Record<DigestAnswer['holds'][number], (known: HoldsKnown) => string>>;
export type SkipReason = 'left' | 'paused' | 'topic' | 'failed' | 'provider' | 'cancelled';
export type ProviderNames = Readonly<Record<DigestAnswer['postponed'][number]['provider'] | 'other', string>>;
type Did =
  | NonNullable<IssueAnswer['history']>[number]['did']
  | NonNullable<DigestAnswer['history']>[number]['did']
  | ImportsAnswer['history'][number]['did'];
export type DidWords = Readonly<Record<Did, string>>;
export type ScopeNames = Readonly<Record<RefusalValues<'scope_missing'>['needs'][number], string>>;
export type RoleNames = Readonly<Record<RefusalValues<'forbidden'>['role'], string>>;
type Samples = NonNullable<ImportAnswer['dryRun']>['samples'];
export type RowOutcome = keyof Samples;
export type SampleRow = NonNullable<Samples[RowOutcome]>[number];
export type RowFault = NonNullable<SampleRow['reason']>;
export type ListReading = NonNullable<ImportAnswer['reading']>;
export type ReaderState = ReaderAnswer['state'];
export type Delivered = ReaderAnswer['deliveries'][number]['outcome'];
export type ConsentEvent = ReaderAnswer['consent'][number]['event'];
/** How a consent came, where it was not on a page of the newsletter. */
export type ConsentWay = 'editor' | 'one-click' | 'api' | 'feedback' | 'form';
export type ChartSpan = 12 | 26 | 52 | 157;

/** Where in an issue's structure a finding points. */
export type Place = { part: 'title' | 'intro' | 'closing' } | { section: number; item?: number };

/** English is the shape of what no type of the API tells. */
export type DeskWords = typeof en.desk;
