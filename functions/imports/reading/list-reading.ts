import * as z from 'zod';
import { ColumnPlace, mostColumns, StateColumn } from './columns/state-column.ts';
import { dateOrders } from './dates/read-date.ts';
import { delimiters, encodings, listFormats } from './table-shape.ts';
import { listStatuses } from './words/status-words.ts';

export const Columns = z.strictObject({
  address: ColumnPlace,
  /** Of the consent; `dateElse` for rows that have none there. */
  date: ColumnPlace.optional(),
  dateElse: ColumnPlace.optional(),
  language: ColumnPlace.optional(),
  topics: ColumnPlace.optional(),
  /** An editor's labels, of which only those choose a topic that an editor says do. */
  tags: ColumnPlace.optional(),
});
export type Columns = z.infer<typeof Columns>;

/** How one list is read: a file, or one of several in an archive or a workbook. */
export const TableReading = z.object({
  /** Of a file in an archive, or of a sheet; empty for the file itself. */
  name: z.string(),
  format: z.enum(listFormats),
  /** Rows before the first reader: a title, the names of the columns, and what Excel writes before them. */
  skip: z.int().min(0),
  /** What the columns are called; where the file says nothing, `Column 1` and so on. */
  names: z.array(z.string()),
  columns: Columns,
  /** Columns that say who may be mailed; where they differ, the least permissive counts. */
  states: z.array(StateColumn).max(mostColumns),
  /** The status of somebody of whom no column says anything; absent until somebody has said it. */
  status: z.enum(listStatuses).optional(),
  /** The word in the list's name that says it of everybody on it, least permissive as a column would be. */
  statusWord: z.string().optional(),
  /** Of dates such as `3/4/2020`, by the whole column or by an editor; `unknown`: left out. */
  dateOrder: z.enum([...dateOrders, 'unknown']).optional(),
  /** False for one that holds events and not people, or that an editor has left out. */
  used: z.boolean().default(true),
});
export type TableReading = z.infer<typeof TableReading>;

/** How a file is read: recognised from its beginning, or corrected by an editor. */
export const ListReading = TableReading.extend({
  encoding: z.enum(encodings),
  newline: z.enum(['\n', '\r']),
  delimiter: z.enum(delimiters),
  /** A file of JSON Lines, one reader a line. */
  json: z.boolean().default(false),
  /** What of: an archive, a workbook, or lines of addresses, whose rows were written down one by one. */
  unpacked: z.enum(['archive', 'workbook', 'addresses']).optional(),
  /** The further lists of an archive or a workbook. */
  others: z.array(TableReading).default([]),
});
export type ListReading = z.infer<typeof ListReading>;

export const tablesOf = (reading: ListReading): readonly TableReading[] => [reading, ...reading.others];

/** What an editor may say better about one list. */
const TableCorrections = z.strictObject({
  columns: Columns.optional(),
  /** Each in the place of what was recognised of its column. */
  states: z.array(StateColumn).max(mostColumns).optional(),
  status: z.enum(listStatuses).optional(),
  dateOrder: z.enum([...dateOrders, 'unknown']).optional(),
  used: z.boolean().optional(),
});
export type TableCorrections = z.infer<typeof TableCorrections>;

/** What an editor may say better. What is said outside of `others` is about the first list. */
export const Corrections = TableCorrections.extend({
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  hasNames: z.boolean().optional(),
  /** By the place of a further list, from 1. */
  others: z.record(z.string().regex(/^\d{1,2}$/), TableCorrections).optional(),
  /** Topics of this newsletter by words of the file's column of topics or tags; no topic for a word that means none. */
  topics: z.record(z.string().max(80), z.string().max(40).nullable()).optional(),
  /** Whether addresses that look mistyped are taken as they are. */
  mistyped: z.enum(['take', 'leave']).optional(),
});
export type Corrections = z.infer<typeof Corrections>;
