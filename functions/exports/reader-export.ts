import * as z from 'zod';
import { Actor } from '../access/principal.ts';

export const exportFormats = ['csv', 'jsonl'] as const;

/** The whole list on its way into a file. */
export const ReaderExport = z.object({
  id: z.string(),
  format: z.enum(exportFormats),
  /** Whether a CSV begins with a byte batch mark, without which Excel takes UTF-8 for something else. */
  bom: z.boolean(),
  by: Actor,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  /** S3's name for the file as long as it is being written, and the tags of the parts that are there. */
  upload: z.string().optional(),
  parts: z.array(z.string()).default([]),
  /** The last reader who is in those parts: the walk goes on behind them. */
  through: z.string().optional(),
  readers: z.int().default(0),
  bytes: z.int().default(0),
});
export type ReaderExport = z.infer<typeof ReaderExport>;

/** Wakes the work on an export. */
export const ExportMessage = z.object({ kind: z.literal('export'), id: z.string() });
export type ExportMessage = z.infer<typeof ExportMessage>;
export const exportMessage = (id: string): ExportMessage => ({ kind: 'export', id });

export const exportKey = ({ id, format }: Pick<ReaderExport, 'id' | 'format'>) => `exports/${id}.${format}`;

export const exportTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;
