import * as z from 'zod';
import { actorOf } from '../../access/principal.ts';
import type { ListAct, ListHistory } from '../../exports/list-history.ts';
import type { AskingStore } from '../../imports/asking-store.ts';
import { declarationVersion } from '../../imports/declaration.ts';
import type { ImportStore } from '../../imports/import-store.ts';
import {
  daysListsAreKept,
  type ImportMessage,
  importFiles,
  importMessage,
  largestList,
  type ReaderImport,
} from '../../imports/reader-import.ts';
import { Corrections } from '../../imports/reading/list-reading.ts';
import type { Files } from '../../platform/bucket.ts';
import type { Now } from '../../platform/clock.ts';
import { closedDirection } from '../../platform/closed-direction.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import type { Queue } from '../../platform/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import { megabytes } from '../../platform/refusals/refusal-kind.ts';
import { deskLocales } from '../../words/locale.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';
import { newListId } from './export-endpoints.ts';
import { type ImportAnswer, type ImportReportAnswer, type ImportsAnswer, importAnswer, isOver } from './import-answer.ts';
import type { DownloadedFile } from './presigned-download.ts';

export type ImportEndpointServices = {
  imports: Pick<ImportStore, 'create' | 'find' | 'list' | 'start' | 'stop' | 'progress'>;
  asking: Pick<AskingStore, 'begin'>;
  listHistory: Pick<ListHistory, 'record' | 'last'>;
  importQueue: Pick<Queue<ImportMessage>, 'send'>;
  listFiles: Pick<Files, 'size' | 'read'>;
  /** A short-lived link to a file among the lists. */
  download: (key: string, file: DownloadedFile) => Promise<string>;
  now: Now;
};

export const ImportRequest = z.strictObject({
  uploadId: z.uuid(),
  filename: z.string().max(300).overwrite(closedDirection).default(''),
  corrections: Corrections.default({}),
});

/**
 * `POST /api/v1/imports`: looks at a list that was uploaded, without writing any of it. Reading it otherwise is another import
 * of the same upload, with `corrections`.
 */
export async function openImport(request: ApiRequest, services: ImportEndpointServices): Promise<HttpResponse> {
  const { uploadId, filename, corrections } = ImportRequest.parse(jsonBody(request));
  const size = await services.listFiles.size(importFiles.upload(uploadId));
  if (size === undefined) throw new Refusal('upload_not_found', { days: daysListsAreKept });
  if (size > largestList) throw new Refusal('file_too_large', { megabytes: megabytes(size), limitMegabytes: megabytes(largestList) });
  const at = services.now();
  const by = actorOf(request.principal);
  const id = newListId(at);
  await recordAct('import_opened', { id, filename }, request, services);
  const made = await services.imports.create({ id, uploadId, filename, size, by, createdAt: at.toISOString(), corrections });
  await services.importQueue.send(importMessage(made.id));
  return json(201, importAnswer(made));
}

const lastActs = 50;

export const ImportsPage = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  before: z
    .string()
    .regex(/^2\d{7}t\d{6}-[0-9a-f]{8}$/, 'the `before` of an answer')
    .optional(),
});

/** `GET /api/v1/imports`: newest first, and on the first page the history of lists that came in and went out; `before` is the `?before=` of the page that follows, null when this one is empty. */
export async function listImports({ query }: HttpRequest, { imports, listHistory }: ImportEndpointServices): Promise<HttpResponse> {
  const { limit, before } = ImportsPage.parse(Object.fromEntries(query));
  const [newest, history] = await Promise.all([imports.list(limit, before), before ? [] : listHistory.last(lastActs)]);
  const progress = await Promise.all(newest.map(({ id, startedAt }) => (startedAt ? imports.progress(id) : undefined)));
  const answer: ImportsAnswer = {
    imports: newest.map((each, n) => importAnswer(each, { progress: progress[n] })),
    before: newest.at(-1)?.id ?? null,
    history,
  };
  return json(200, answer);
}

/** `GET /api/v1/imports/{id}`: what the dry run found, and how far it is. */
export async function showImport({ params }: HttpRequest, services: ImportEndpointServices): Promise<HttpResponse> {
  return json(200, await answerFor(await mustFind(params.id, services), services));
}

export const StartRequest = z.strictObject({
  wording: z.literal(declarationVersion, `the version of the declaration that was agreed to: ${declarationVersion}`),
  locale: z.enum(deskLocales),
  /** Where and how these readers signed up. */
  origin: z.string().trim().min(3, 'say where and how these readers signed up').max(500).overwrite(closedDirection),
});

/**
 * `POST /api/v1/imports/{id}/start`: takes the list in, on the word of the editor who starts it, once everything that it asks is
 * answered.
 */
export async function startImport(request: ApiRequest, services: ImportEndpointServices): Promise<HttpResponse> {
  const declared = StartRequest.parse(jsonBody(request));
  const found = await mustFind(request.params.id, services);
  const { id } = found;
  const by = actorOf(request.principal);
  if (found.state === 'checked' && found.questions.length === 0) await recordAct('import_started', found, request, services);
  const started = await services.imports.start(id, { ...declared, by, at: services.now().toISOString() });
  const now = await mustFind(id, services);
  if (!started && now.state === 'checked' && now.questions.length > 0)
    throw new Refusal('import_has_questions', { id, questions: now.questions.length });
  if (!started && now.state !== 'running' && !isOver(now)) throw new Refusal('import_not_ready', { id, state: now.state });
  if (now.state === 'running') await services.importQueue.send(importMessage(id));
  return json(200, await answerFor(now, services));
}

/**
 * `POST /api/v1/imports/{id}/stop`: no further rows are imported than those of the chunk under way. What is imported stays, and the report
 * names every row that was not reached.
 */
export async function stopImport(request: ApiRequest, services: ImportEndpointServices): Promise<HttpResponse> {
  const found = await mustFind(request.params.id, services);
  const { id, state, stoppedAt } = found;
  if (state === 'running' && !stoppedAt) {
    await recordAct('import_stopped', found, request, services);
    await services.imports.stop(id, actorOf(request.principal), services.now().toISOString());
  }
  const now = await mustFind(id, services);
  if (!now.stoppedAt) throw new Refusal('import_not_running', { id, state: now.state });
  return json(200, await answerFor(now, services));
}

/** `GET /api/v1/imports/{id}/report`: a link to the report, for five minutes. It has addresses in it: who got the link is recorded. */
export async function fetchReport(request: ApiRequest, services: ImportEndpointServices): Promise<HttpResponse> {
  const found = await mustFind(request.params.id, services);
  if (!isOver(found)) throw new Refusal('import_not_finished', { id: found.id });
  const key = importFiles.report(found.id);
  if ((await services.listFiles.size(key)) === undefined) throw new Refusal('import_report_gone', { id: found.id, days: daysListsAreKept });
  await recordAct('import_report_fetched', found, request, services);
  const answer: ImportReportAnswer = { url: await services.download(key, reportFile(found)) };
  return json(200, answer);
}

/** The number that the editor saw. When it has changed, the editor decides again. */
export const AskRequest = z.strictObject({ count: z.int().min(1) });

/**
 * `POST /api/v1/imports/{id}/ask`: those who never confirmed are asked whether they want the newsletter, each once and at most
 * so many a day, unless too many of them bounce or complain.
 */
export async function askImported(request: ApiRequest, services: ImportEndpointServices): Promise<HttpResponse> {
  const { count } = AskRequest.parse(jsonBody(request));
  const found = await mustFind(request.params.id, services);
  const askable = (await services.imports.progress(found.id))?.askable ?? 0;
  if (count !== askable) throw new Refusal('askable_changed', { askable, count });
  const by = actorOf(request.principal);
  if (isOver(found) && !found.askingAt) await recordAct('import_asked', found, request, services);
  if (!(await services.asking.begin(found.id, by, services.now())))
    throw new Refusal(isOver(found) ? 'asked_before' : 'import_not_finished', { id: found.id });
  return json(200, await answerFor(await mustFind(found.id, services), services));
}

/** Before it is done, so that nothing is done without its record. */
async function recordAct(
  did: ListAct['did'],
  { id, filename }: Pick<ReaderImport, 'id' | 'filename'>,
  { principal }: ApiRequest,
  { listHistory, now }: ImportEndpointServices,
) {
  await listHistory.record({ at: now().toISOString(), by: actorOf(principal), did, id, ...(filename && { detail: filename }) });
}

async function mustFind(id: string | undefined, { imports }: ImportEndpointServices): Promise<ReaderImport> {
  const found = id ? await imports.find(id) : undefined;
  if (!found) throw new Refusal('import_not_found', { id: id ?? '' });
  return found;
}

async function answerFor(found: ReaderImport, { imports, listFiles }: ImportEndpointServices): Promise<ImportAnswer> {
  const [progress, dryRun] = await Promise.all([
    found.startedAt ? imports.progress(found.id) : undefined,
    found.checked ? listFiles.read(importFiles.dryRun(found.id)) : undefined,
  ]);
  return importAnswer(found, { progress, dryRun });
}

const reportFile = ({ createdAt }: ReaderImport) => ({
  filename: `import-${createdAt.slice(0, 10)}-report.csv`,
  type: 'text/csv; charset=utf-8',
});
