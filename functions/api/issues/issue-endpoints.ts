import { fulfils, needs, requireNeed } from '../../access/need.ts';
import { actorOf } from '../../access/principal.ts';
import { isLookAlike } from '../../issues/find-look-alike.ts';
import { type KeepImagesMessage, keepImagesMessage } from '../../issues/images/keep-images-message.ts';
import type { IssueContent, IssueMeta } from '../../issues/issue.ts';
import type { IssueStore } from '../../issues/issue-store.ts';
import type { Preflight } from '../../issues/preflight/preflight.ts';
import type { Now } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import type { Queue } from '../../platform/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';
import { faultOf } from './finding-answer.ts';
import { etagOf, versionSeen } from './if-match.ts';
import { type Beside, issueAnswer, summaryOf } from './issue-answer.ts';
import { ChosenSlug, IsPast, IssuesPage, type ReadServices, readAs, readFor, sourceOf } from './issue-file.ts';
import { mustBePast } from './past-issue.ts';
import { freeSlug } from './slug-beside.ts';
import { type UploadServices, uploadedFile } from './upload-body.ts';

export type IssueServices = UploadServices &
  Pick<ReadServices, 'readFile'> & {
    issues: Pick<
      IssueStore,
      'add' | 'queue' | 'schedule' | 'archivePast' | 'replace' | 'get' | 'isGone' | 'content' | 'history' | 'list' | 'similarTo' | 'delete'
    >;
    /** What an editor should know about an issue as a mail. */
    preflight: (content: IssueContent) => Promise<Preflight>;
    keepImages: Pick<Queue<KeepImagesMessage>, 'send'>;
    now: Now;
  };

const addressOf = (slug: string) => `/api/v1/issues/${slug}`;

/** Who asks, which version they saw, and whether they may change more than drafts. */
export const editorBehind = (request: ApiRequest) => {
  const version = versionSeen(request);
  const { principal } = request;
  return { by: actorOf(principal), principal, ...(version !== undefined && { version }) };
};

/**
 * `POST /api/v1/issues`: 201 for a new issue, 200 for bytes that are here already, 409 for other bytes under a slug in use, with another
 * slug that is free. What went out elsewhere comes into the archive at once, whatever its file asks for.
 */
export async function uploadIssue(request: ApiRequest, services: IssueServices): Promise<HttpResponse> {
  const chosen = ChosenSlug.parse(request.query.get('slug') ?? undefined);
  const isPast = IsPast.parse(request.query.get('archive') ?? undefined) === 'true';
  if (isPast) requireNeed(request.principal, needs.send);
  const source = sourceOf(request);
  const file = await uploadedFile(request, services);
  const content = await readAs(file, chosen, services);
  if (isPast) mustBePast(content, services.now());
  const { by } = editorBehind(request);
  const { answer, meta } = await services.issues.add({ content, sourceHash: file.hash, source, now: services.now(), editor: { by } });
  if (answer === 'slug_taken') {
    const { slug, title, date } = meta;
    throw new Refusal('slug_taken', { slug, title, date, free: await freeSlug(content, services) });
  }
  const now = isPast ? await intoArchive(meta, request, services) : await asAsked(meta, request, services);
  const answered = await withPreflight(now, services);
  await askForImages(answered, services);
  return json(answer === 'created' ? 201 : 200, answered, { location: addressOf(now.slug), ...etagOf(now) });
}

/** The same file again goes on where an earlier request ended. */
async function intoArchive({ slug }: IssueMeta, request: ApiRequest, services: IssueServices): Promise<IssueMeta> {
  const { by, principal } = editorBehind(request);
  const answer = await services.issues.archivePast(slug, services.now(), { by, principal });
  const meta = await mustGet(slug, services);
  if (answer === 'wrong_state') throw new Refusal('wrong_state', { slug, state: meta.state, action: 'archive' });
  return meta;
}

/**
 * Queues or schedules a new issue whose file asks for it, if its uploader may send and nothing keeps it back. Only what nobody has
 * touched since its upload: what an editor took back is never sent by the same file again. It waits as any queued issue does, and can be
 * taken back as long.
 */
async function asAsked(meta: IssueMeta, request: ApiRequest, services: IssueServices): Promise<IssueMeta> {
  const content = await contentOf(meta, services);
  const { asked } = content;
  const isNew = meta.state === 'draft' && meta.lastChange?.did === 'uploaded';
  if (!asked || !isNew || isLookAlike(content) || !fulfils(request.principal, needs.send)) return meta;
  const now = services.now();
  if (asked.state === 'scheduled' && asked.at <= now.toISOString()) return meta;
  const { errors } = await services.preflight(content);
  if (errors.length > 0) return meta;
  const { by, principal } = editorBehind(request);
  const editor = { by, principal, checked: meta };
  if (asked.state === 'queued') await services.issues.queue(meta.slug, now, editor);
  else await services.issues.schedule(meta.slug, new Date(asked.at), now, editor);
  return mustGet(meta.slug, services);
}

/** `GET /api/v1/issues`: newest first; `before` is the `?before=` of the page that follows, null on the last one. */
export async function listIssues({ query }: HttpRequest, { issues }: IssueServices): Promise<HttpResponse> {
  const { limit, before } = IssuesPage.parse(Object.fromEntries(query));
  const page = await issues.list({ limit, ...(before !== undefined && { before }) });
  return json(200, { issues: page.issues.map(summaryOf), before: page.next ?? null });
}

/** `GET /api/v1/issues/{slug}`: with what the preflight finds, and who did what to it when. */
export async function showIssue({ params }: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const meta = await mustGet(params.slug, services);
  const history = await services.issues.history(meta);
  return json(200, await withPreflight(meta, services, { history }), etagOf(meta));
}

/**
 * `PUT /api/v1/issues/{slug}`: new text under the same address, whatever the file itself would be called. Before a digest
 * has frozen the issue this is what it mails; afterwards the archive changes, and the report keeps what was mailed.
 */
export async function replaceIssue(request: ApiRequest, services: IssueServices): Promise<HttpResponse> {
  const meta = await mustGet(request.params.slug, services);
  const { slug, state } = meta;
  const editor = editorBehind(request);
  const source = sourceOf(request);
  const file = await uploadedFile(request, services);
  const content = await readFor(meta, file, services);
  if (state === 'queued' || state === 'scheduled') {
    const { errors } = await services.preflight(content);
    if (errors.length > 0) throw new Refusal('new_text_failed', { slug, state, errors: errors.length }, { errors: errors.map(faultOf) });
  }
  const replaced = await services.issues.replace({ content, sourceHash: file.hash, source, now: services.now(), editor });
  if (!replaced) throw new Refusal('issue_not_found', { slug });
  await askForImages(content, services);
  return json(200, await withPreflight(replaced, services), etagOf(replaced));
}

/** `DELETE /api/v1/issues/{slug}`: a draft vanishes, a sent issue answers 410 from now on. */
export async function deleteIssue(request: ApiRequest, services: IssueServices): Promise<HttpResponse> {
  const { slug, state } = await mustGet(request.params.slug, services);
  const deleted = await services.issues.delete(slug, services.now(), editorBehind(request));
  if (deleted === 'wrong_state') throw new Refusal('wrong_state', { slug, state, action: 'delete' });
  return { status: 204, headers: { 'cache-control': 'no-store' } };
}

/** The issue's record, or the refusal that says whether it never was or is gone. */
export async function mustGet(slug: string | undefined, { issues }: { issues: Pick<IssueStore, 'get' | 'isGone'> }): Promise<IssueMeta> {
  const meta = slug ? await issues.get(slug) : undefined;
  if (meta) return meta;
  if (slug && (await issues.isGone(slug))) throw new Refusal('issue_deleted', { slug });
  throw new Refusal('issue_not_found', { slug: slug ?? '' });
}

/** The stored content of an issue, which META promises to be there. */
export async function contentOf(
  { slug, contentHash }: IssueMeta,
  { issues }: { issues: Pick<IssueStore, 'content'> },
): Promise<IssueContent> {
  const content = await issues.content(slug, contentHash);
  if (!content) throw new Error(`The content ${contentHash.slice(0, 8)} of issue ${slug} is not stored.`);
  return content;
}

/** An issue whole, as every change of its life answers. */
export const wholeIssue = async (meta: IssueMeta, services: { issues: Pick<IssueStore, 'content'> }, beside: Beside = {}) =>
  issueAnswer(meta, await contentOf(meta, services), beside);

async function withPreflight(meta: IssueMeta, services: IssueServices, beside: Beside = {}) {
  const content = await contentOf(meta, services);
  return issueAnswer(meta, content, { ...beside, now: services.now(), preflight: await services.preflight(content) });
}

/** What is on the web becomes ours after the answer. Asked for again when the same file comes again, in case a message was lost. */
async function askForImages({ slug, cover, images }: Pick<IssueContent, 'slug' | 'cover' | 'images'>, { keepImages }: IssueServices) {
  const coverApart = cover !== null && images.every(({ url }) => url !== cover);
  if (coverApart || images.some(({ state }) => state === 'pending')) await keepImages.send(keepImagesMessage(slug));
}
