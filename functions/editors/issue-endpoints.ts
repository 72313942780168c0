import * as z from 'zod';
import type { Digest } from '../digests/digest.ts';
import type { RunDigestMessage } from '../digests/digest-messages.ts';
import { issueDigestId } from '../digests/occurrence.ts';
import type { KeepImagesMessage } from '../issues/images/keep-images-message.ts';
import type { IssueContent, IssueMeta } from '../issues/issue.ts';
import type { IssueStore } from '../issues/issue-store.ts';
import type { Now } from '../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import type { Queue } from '../platform/queue.ts';
import { Refusal } from '../platform/refusal.ts';
import { issueAnswer, summaryOf } from './issue-answer.ts';
import { json } from './json-response.ts';
import { type UploadedFile, type UploadServices, uploadedFile } from './upload-body.ts';

export type IssueServices = UploadServices & {
  issues: Pick<IssueStore, 'add' | 'replace' | 'get' | 'isGone' | 'content' | 'list' | 'queue' | 'unqueue' | 'delete'>;
  /** What a file says; refuses what cannot be read. */
  readFile: (file: UploadedFile) => IssueContent | Promise<IssueContent>;
  digests: {
    find(id: string): Promise<Digest | undefined>;
    open(digest: Pick<Digest, 'id' | 'kind' | 'scheduledFor' | 'frozenAt'>): Promise<Digest>;
  };
  runDigest: Pick<Queue<RunDigestMessage>, 'send'>;
  keepImages: Pick<Queue<KeepImagesMessage>, 'send'>;
  now: Now;
};

const addressOf = (slug: string) => `/editors/issues/${slug}`;

/** `POST /editors/issues`: 201 for a new issue, 200 for bytes that are here already, 409 for other bytes under a slug in use. */
export async function uploadIssue(request: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const file = await uploadedFile(request, services);
  const content = await services.readFile(file);
  const { answer, meta } = await services.issues.add({ content, sourceHash: file.hash, now: services.now() });
  if (answer === 'slug_taken') {
    const put = addressOf(meta.slug);
    throw new Refusal(
      'slug_taken',
      `The address “${meta.slug}” belongs to “${meta.title}” of ${meta.date}. PUT ${put} replaces it with this file.`,
      [{ path: 'slug', message: `taken; PUT ${put} replaces what is there` }],
    );
  }
  const issue = await wholeIssue(meta, services);
  await askForImages(issue, services);
  return json(answer === 'created' ? 201 : 200, issue, { location: addressOf(meta.slug) });
}

const Page = z.object({ limit: z.coerce.number().int().min(1).max(200).default(100), before: z.string().optional() });

/** `GET /editors/issues`: newest first; `next` is the `?before=` of the page that follows. */
export async function listIssues({ query }: HttpRequest, { issues }: IssueServices): Promise<HttpResponse> {
  const { limit, before } = Page.parse(Object.fromEntries(query));
  const page = await issues.list({ limit, ...(before !== undefined && { before }) });
  return json(200, { issues: page.issues.map(summaryOf), ...(page.next !== undefined && { next: page.next }) });
}

/** `GET /editors/issues/{slug}` */
export async function showIssue({ params }: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  return json(200, await wholeIssue(await mustGet(params.slug, services), services));
}

/** `PUT /editors/issues/{slug}`: new text under the same address, whatever the file itself would be called. */
export async function replaceIssue(request: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const { slug, state } = await mustGet(request.params.slug, services);
  const file = await uploadedFile(request, services);
  const content = { ...(await services.readFile(file)), slug };
  const replaced = await services.issues.replace({ content, sourceHash: file.hash, now: services.now() });
  if (!replaced) throw wrongState(slug, state, 'replaced');
  await askForImages(content, services);
  return json(200, await wholeIssue(replaced, services));
}

/** `DELETE /editors/issues/{slug}`: a draft vanishes, a sent issue answers 410 from now on. */
export async function deleteIssue({ params }: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const { slug, state } = await mustGet(params.slug, services);
  if ((await services.issues.delete(slug, services.now())) === 'wrong_state')
    throw wrongState(slug, state, 'deleted', 'Take it out of the queue first.');
  return { status: 204, headers: { 'cache-control': 'no-store' } };
}

/** `POST …/queue`: into the next weekly digest; a second click changes nothing. */
export async function queueIssue({ params }: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const { slug } = await mustGet(params.slug, services);
  const answer = await services.issues.queue(slug, services.now());
  const meta = await mustGet(slug, services);
  if (answer === 'wrong_state') throw wrongState(slug, meta.state, 'queued');
  return json(200, await wholeIssue(meta, services));
}

/** `POST …/unqueue`: a draft again; a draft stays one. */
export async function unqueueIssue({ params }: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const { slug } = await mustGet(params.slug, services);
  const answer = await services.issues.unqueue(slug, services.now());
  const meta = await mustGet(slug, services);
  if (answer === 'not_queued' && meta.state !== 'draft') throw wrongState(slug, meta.state, 'taken out of the queue');
  return json(200, await wholeIssue(meta, services));
}

/**
 * `POST …/send-now`: a digest of its own, at once, and only once. The message goes first: if we die before the digest is
 * recorded, `run-digest` records it; the other way round it would wait for `watch-digests`.
 */
export async function sendIssueNow({ params }: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const { slug, state } = await mustGet(params.slug, services);
  const id = issueDigestId(slug);
  if (state === 'sending' || state === 'sent')
    throw new Refusal('already_sent', `The issue “${slug}” is ${state === 'sent' ? 'sent' : 'being sent'} already.`);
  if (await services.digests.find(id)) throw new Refusal('already_sent', `The issue “${slug}” had its own digest already: ${id}.`);
  const time = services.now().toISOString();
  await services.runDigest.send({ kind: 'issue', slug, scheduledTime: time });
  await services.digests.open({ id, kind: 'issue', scheduledFor: time, frozenAt: time });
  return json(202, { slug, digest: id }, { location: `/editors/digests/${id}` });
}

/** The issue's record, or the refusal that says whether it never was or is gone. */
export async function mustGet(slug: string | undefined, { issues }: { issues: Pick<IssueStore, 'get' | 'isGone'> }): Promise<IssueMeta> {
  const meta = slug ? await issues.get(slug) : undefined;
  if (meta) return meta;
  if (slug && (await issues.isGone(slug))) throw new Refusal('gone', `The issue “${slug}” was deleted.`);
  throw new Refusal('not_found', `There is no issue “${slug}”.`);
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

const wholeIssue = async (meta: IssueMeta, services: IssueServices) => issueAnswer(meta, await contentOf(meta, services));

const wrongState = (slug: string, state: IssueMeta['state'], done: string, advice = '') =>
  new Refusal(
    'wrong_state',
    `The issue “${slug}” is ${state === 'sending' ? 'being sent' : state} and cannot be ${done}. ${advice}`.trim(),
  );

/** What is on the web becomes ours after the answer. Asked for again when the same file comes again, in case a message was lost. */
async function askForImages({ slug, cover, images }: Pick<IssueContent, 'slug' | 'cover' | 'images'>, { keepImages }: IssueServices) {
  const coverApart = cover !== null && images.every(({ url }) => url !== cover);
  if (coverApart || images.some(({ state }) => state === 'pending')) await keepImages.send({ slug });
}
