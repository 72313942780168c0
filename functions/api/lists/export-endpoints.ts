import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { actorOf } from '../../access/principal.ts';
import type { ExportStore } from '../../exports/export-store.ts';
import type { ListHistory } from '../../exports/list-history.ts';
import {
  type ExportMessage,
  exportFormats,
  exportKey,
  exportMessage,
  exportTypes,
  type ReaderExport,
} from '../../exports/reader-export.ts';
import { daysListsAreKept } from '../../imports/reader-import.ts';
import type { Now } from '../../platform/clock.ts';
import type { HttpResponse } from '../../platform/http.ts';
import type { Queue } from '../../platform/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';
import type { DownloadedFile } from './presigned-download.ts';

export type ExportEndpointServices = {
  exports: Pick<ExportStore, 'create' | 'find'>;
  listHistory: Pick<ListHistory, 'record'>;
  exportQueue: Pick<Queue<ExportMessage>, 'send'>;
  /** A short-lived link to a file among the lists. */
  download: (key: string, file: DownloadedFile) => Promise<string>;
  now: Now;
};

export type ExportAnswer = Pick<ReaderExport, 'id' | 'format' | 'bom' | 'by' | 'createdAt' | 'readers' | 'bytes'> & {
  state: 'running' | 'finished' | 'expired';
  finishedAt: string | null;
  /** Where the file is for the next five minutes, once it is whole. */
  url: string | null;
};

export const ExportRequest = z.strictObject({ format: z.enum(exportFormats).default('csv'), bom: z.boolean().default(false) });

/** `POST /api/v1/exports`: the whole list as a file, made in the background. */
export async function openExport(request: ApiRequest, services: ExportEndpointServices): Promise<HttpResponse> {
  const { format, bom } = ExportRequest.parse(jsonBody(request));
  if (bom && format !== 'csv') throw new Refusal('bom_without_csv');
  const at = services.now();
  const [id, by, createdAt] = [newListId(at), actorOf(request.principal), at.toISOString()];
  // First, as with everything that somebody sees of readers: what is done is never without its record.
  await services.listHistory.record({ at: createdAt, by, did: 'export_begun', id, detail: format });
  const made = await services.exports.create({ id, format, bom, by, createdAt });
  await services.exportQueue.send(exportMessage(made.id));
  return json(201, await answerFor(made, services));
}

/** `GET /api/v1/exports/{id}`: how far it is, and the link once the file is whole. That somebody got the link is recorded. */
export async function showExport({ params, principal }: ApiRequest, services: ExportEndpointServices): Promise<HttpResponse> {
  const made = await services.exports.find(params.id ?? '');
  if (!made) throw new Refusal('export_not_found', { id: params.id ?? '' });
  const answer = await answerFor(made, services);
  const { id, format, url } = answer;
  const at = services.now().toISOString();
  if (url) await services.listHistory.record({ at, by: actorOf(principal), did: 'export_fetched', id, detail: format });
  return json(200, answer);
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
