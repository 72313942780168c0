import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { ExportStore } from '../../exports/export-store.ts';
import { type ExportMessage, exportFormats, exportKey, exportTypes, type ReaderExport } from '../../exports/reader-export.ts';
import type { Now } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import type { Queue } from '../../platform/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import { editorOf } from '../editor.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';
import type { DownloadedFile } from './presigned-download.ts';

export type ExportEndpointServices = {
  exports: Pick<ExportStore, 'create' | 'find'>;
  exportQueue: Pick<Queue<ExportMessage>, 'send'>;
  /** A short-lived link to a file among the lists. */
  download: (key: string, file: DownloadedFile) => Promise<string>;
  editorsGroup: string;
  now: Now;
};

export type ExportAnswer = Pick<ReaderExport, 'id' | 'format' | 'bom' | 'by' | 'createdAt' | 'readers' | 'bytes'> & {
  state: 'running' | 'finished' | 'expired';
  finishedAt: string | null;
  /** Where the file is for the next five minutes, once it is whole. */
  url: string | null;
};

/** Files of lists are gone after this long: `infra/lists/lists.ts` says so to the bucket. */
export const daysListsAreKept = 7;

const ExportRequest = z.strictObject({ format: z.enum(exportFormats).default('csv'), bom: z.boolean().default(false) });

/** `POST /editors/exports`: the whole list as a file, made in the background. */
export async function openExport(request: HttpRequest, services: ExportEndpointServices): Promise<HttpResponse> {
  const { format, bom } = ExportRequest.parse(jsonBody(request));
  if (bom && format !== 'csv') throw new Refusal('invalid_request', 'Only a CSV has a byte order mark: leave “bom” out for JSON Lines.');
  const at = services.now();
  const made = await services.exports.create({
    id: newListId(at),
    format,
    bom,
    by: editorOf(request, services.editorsGroup).name,
    createdAt: at.toISOString(),
  });
  await services.exportQueue.send({ id: made.id });
  return json(201, await answerFor(made, services));
}

/** `GET /editors/exports/{id}`: how far it is, and the link once the file is whole. */
export async function showExport({ params }: HttpRequest, services: ExportEndpointServices): Promise<HttpResponse> {
  const made = await services.exports.find(params.id ?? '');
  if (!made) throw new Refusal('not_found', `There is no export ${params.id}.`);
  return json(200, await answerFor(made, services));
}

/** `20261127t090000-1a2b3c4d`: ids sort by time, and nobody guesses one. */
export const newListId = (at: Date) =>
  `${at.toISOString().slice(0, 19).replace(/[-:]/g, '').toLowerCase()}-${randomBytes(4).toString('hex')}`;

async function answerFor(made: ReaderExport, { download, now }: ExportEndpointServices): Promise<ExportAnswer> {
  const { id, format, bom, by, createdAt, readers, bytes, finishedAt = null } = made;
  const gone = finishedAt !== null && Date.parse(finishedAt) + daysListsAreKept * 86_400_000 <= now().getTime();
  const state = gone ? 'expired' : finishedAt ? 'finished' : 'running';
  const file = { filename: `readers-${createdAt.slice(0, 10)}.${format}`, type: exportTypes[format] };
  const url = state === 'finished' ? await download(exportKey(made), file) : null;
  return { id, format, bom, by, createdAt, readers, bytes, state, finishedAt, url };
}
