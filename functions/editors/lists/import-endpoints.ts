import * as z from 'zod';
import type { AskingStore } from '../../imports/asking-store.ts';
import { declarationVersion } from '../../imports/declaration.ts';
import type { ImportStore } from '../../imports/import-store.ts';
import { type ImportMessage, importFiles, largestList, type ReaderImport } from '../../imports/reader-import.ts';
import { Corrections } from '../../imports/reading/list-reading.ts';
import type { Files } from '../../platform/bucket.ts';
import type { Now } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { locales } from '../../platform/locale.ts';
import type { Queue } from '../../platform/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import { editorOf } from '../editor.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';
import { newListId } from './export-endpoints.ts';
import { type ImportAnswer, importAnswer } from './import-answer.ts';
import type { DownloadedFile } from './presigned-download.ts';

export type ImportEndpointServices = {
  imports: Pick<ImportStore, 'create' | 'find' | 'list' | 'start' | 'progress'>;
  asking: Pick<AskingStore, 'begin'>;
  importQueue: Pick<Queue<ImportMessage>, 'send'>;
  listFiles: Pick<Files, 'size' | 'read'>;
  /** A short-lived link to a file among the lists. */
  download: (key: string, file: DownloadedFile) => Promise<string>;
  editorsGroup: string;
  now: Now;
};

const ImportRequest = z.strictObject({
  uploadId: z.uuid(),
  filename: z.string().max(300).default(''),
  corrections: Corrections.default({}),
});

/**
 * `POST /editors/imports`: looks at a list that was uploaded, without writing any of it. Reading it otherwise is another import
 * of the same upload, with `corrections`.
 */
export async function openImport(request: HttpRequest, services: ImportEndpointServices): Promise<HttpResponse> {
  const { uploadId, filename, corrections } = ImportRequest.parse(jsonBody(request));
  const size = await services.listFiles.size(importFiles.upload(uploadId));
  if (size === undefined)
    throw new Refusal('not_found', 'Nothing has arrived for this upload, or it was more than a week ago. Upload the file again.');
  if (size > largestList)
    throw new Refusal('too_large', `The file has ${Math.ceil(size / 1024 / 1024)} MB; up to ${largestList / 1024 / 1024} MB would do.`);
  const at = services.now();
  const by = editorOf(request, services.editorsGroup).name;
  const made = await services.imports.create({ id: newListId(at), uploadId, filename, size, by, createdAt: at.toISOString(), corrections });
  await services.importQueue.send({ id: made.id });
  return json(201, importAnswer(made));
}

/** `GET /editors/imports`: the newest twenty. */
export async function listImports(_request: HttpRequest, { imports }: ImportEndpointServices): Promise<HttpResponse> {
  const newest = await imports.list(20);
  const progress = await Promise.all(newest.map(({ id, startedAt }) => (startedAt ? imports.progress(id) : undefined)));
  return json(200, { imports: newest.map((each, n) => importAnswer(each, { progress: progress[n] })) });
}

/** `GET /editors/imports/{id}`: what the dry run found, how far it is, and the report. */
export async function showImport({ params }: HttpRequest, services: ImportEndpointServices): Promise<HttpResponse> {
  return json(200, await answerFor(await mustFind(params.id, services), services));
}

const StartRequest = z.strictObject({
  wording: z.literal(declarationVersion, `the version of the declaration that was agreed to: ${declarationVersion}`),
  locale: z.enum(locales),
  /** Where and how these readers signed up. */
  origin: z.string().trim().min(3, 'say where and how these readers signed up').max(500),
});

/** `POST /editors/imports/{id}/start`: takes the list in, on the word of whoever starts it. */
export async function startImport(request: HttpRequest, services: ImportEndpointServices): Promise<HttpResponse> {
  const declared = StartRequest.parse(jsonBody(request));
  const { id } = await mustFind(request.params.id, services);
  const by = editorOf(request, services.editorsGroup).name;
  const started = await services.imports.start(id, { ...declared, by, at: services.now().toISOString() });
  const now = await mustFind(id, services);
  if (!started && now.state !== 'running' && now.state !== 'finished')
    throw new Refusal('wrong_state', `The import ${id} is ${now.state}: only one that was looked at, and could be read, is started.`);
  if (now.state === 'running') await services.importQueue.send({ id });
  return json(200, await answerFor(now, services));
}

/** The number that was shown: who sees another one by now decides anew. */
const AskRequest = z.strictObject({ count: z.int().min(1) });

/**
 * `POST /editors/imports/{id}/ask`: those who never confirmed are asked whether they want the newsletter, each once and at most
 * so many a day, unless too many of them bounce or complain.
 */
export async function askImported(request: HttpRequest, services: ImportEndpointServices): Promise<HttpResponse> {
  const { count } = AskRequest.parse(jsonBody(request));
  const found = await mustFind(request.params.id, services);
  const askable = (await services.imports.progress(found.id))?.askable ?? 0;
  if (count !== askable) throw new Refusal('changed_meanwhile', `${askable} may be asked, not ${count}.`);
  const by = editorOf(request, services.editorsGroup).name;
  if (!(await services.asking.begin(found.id, by, services.now())))
    throw new Refusal('wrong_state', `The import ${found.id} is not taken in yet, or its readers were asked before: they are asked once.`);
  return json(200, await answerFor(await mustFind(found.id, services), services));
}

async function mustFind(id: string | undefined, { imports }: ImportEndpointServices): Promise<ReaderImport> {
  const found = id ? await imports.find(id) : undefined;
  if (!found) throw new Refusal('not_found', `There is no import ${id}.`);
  return found;
}

async function answerFor(found: ReaderImport, { imports, listFiles, download }: ImportEndpointServices): Promise<ImportAnswer> {
  const [progress, dryRun, reportUrl] = await Promise.all([
    found.startedAt ? imports.progress(found.id) : undefined,
    found.checked ? listFiles.read(importFiles.dryRun(found.id)) : undefined,
    found.state === 'finished' ? download(importFiles.report(found.id), reportFile(found)) : undefined,
  ]);
  return importAnswer(found, { progress, dryRun, reportUrl });
}

const reportFile = ({ createdAt }: ReaderImport) => ({
  filename: `import-${createdAt.slice(0, 10)}-report.csv`,
  type: 'text/csv; charset=utf-8',
});
