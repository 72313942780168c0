import * as z from 'zod';
import { rowStandings } from './standing-words.ts';
import { delimiters, encodings, listFormats } from './table-shape.ts';

export const mostColumns = 200;
const Column = z
  .int()
  .min(0)
  .max(mostColumns - 1);

export const Columns = z.strictObject({
  address: Column,
  state: Column.optional(),
  date: Column.optional(),
  leftDate: Column.optional(),
  language: Column.optional(),
  topics: Column.optional(),
});
export type Columns = z.infer<typeof Columns>;

/** How a file is read: recognised from its beginning, or corrected by an editor. */
export const ListReading = z.object({
  format: z.enum(listFormats),
  encoding: z.enum(encodings),
  newline: z.enum(['\n', '\r']),
  delimiter: z.enum(delimiters),
  /** A file of JSON Lines, one reader a line. */
  json: z.boolean().default(false),
  /** Rows before the first reader: the names of the columns, and what Excel writes before them. */
  skip: z.int().min(0).max(2),
  /** What the columns are called; where the file says nothing, `Column 1` and so on. */
  names: z.array(z.string()),
  columns: Columns,
  /** Where somebody stands of whom the row itself says nothing. */
  standing: z.enum(rowStandings),
  /** Whether the column of the state says who gets *no* mail, as Substack's `email_disabled` does. */
  stateIsOff: z.boolean().default(false),
});
export type ListReading = z.infer<typeof ListReading>;

/** What an editor may say better. */
export const Corrections = z.strictObject({
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  hasNames: z.boolean().optional(),
  columns: Columns.optional(),
  standing: z.enum(rowStandings).optional(),
});
export type Corrections = z.infer<typeof Corrections>;
