import type * as z from 'zod';
import type { AnswerName } from './answers.ts';
import type { RequestName } from './requests.ts';

/** What a route takes and gives. `file`: an issue's file, in any of the ways in which one comes. */
export type Operation = {
  /** What clients that are made of the description call it. */
  id: string;
  group: 'Issues' | 'Digests' | 'Readers' | 'Imports and exports' | 'Statistics' | 'Restores' | 'Keys' | 'Webhooks';
  summary: string;
  about?: string;
  query?: z.ZodObject;
  body?: RequestName | 'file';
  /** A body may be left out. */
  bodyOptional?: true;
  /** By status: a JSON answer by its name, one of another type by that type, or none. */
  answers: Readonly<Partial<Record<200 | 201 | 202 | 204 | 502, AnswerName | `${'text' | 'message'}/${string}` | 'none'>>>;
  /** Takes `If-Match`, because what one saw is replaced. */
  ifMatch?: true;
  /** Answers with an `ETag`. */
  etag?: true;
};
