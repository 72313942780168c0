import * as z from 'zod';
import { findLookAlike } from '../issues/find-look-alike.ts';
import type { KeepImagesMessage } from '../issues/images/keep-images-message.ts';
import type { IssueContent, IssueMeta } from '../issues/issue.ts';
import type { IssueStore } from '../issues/issue-store.ts';
import type { Preflight } from '../issues/preflight/preflight.ts';
import type { Now } from '../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import type { Queue } from '../platform/queue.ts';
import { Refusal } from '../platform/refusal.ts';
import { editorOf } from './editor.ts';
import { etagOf, versionSeen } from './if-match.ts';
import { type Beside, issueAnswer, summaryOf } from './issue-answer.ts';
import { json } from './json-response.ts';
import { type UploadedFile, type UploadServices, uploadedFile } from './upload-body.ts';

export type IssueServices = UploadServices & {
  issues: Pick<IssueStore, 'add' | 'replace' | 'get' | 'isGone' | 'content' | 'history' | 'list' | 'similarTo' | 'delete'>;
  /** What a file says; refuses what cannot be read. */
  readFile: (file: UploadedFile) => IssueContent | Promise<IssueContent>;
  /** What stands against an issue as a mail. */
  preflight: (content: IssueContent) => Promise<Preflight>;
  editorsGroup: string;
  keepImages: Pick<Queue<KeepImagesMessage>, 'send'>;
  now: Now;
};

const addressOf = (slug: string) => `/editors/issues/${slug}`;

/** Who asks, and which version they saw. */
export const editorBehind = (request: HttpRequest, { editorsGroup }: Pick<IssueServices, 'editorsGroup'>) => {
  const version = versionSeen(request);
  return { by: editorOf(request, editorsGroup).name, ...(version !== undefined && { version }) };
};

/** `POST /editors/issues`: 201 for a new issue, 200 for bytes that are here already, 409 for other bytes under a slug in use. */
export async function uploadIssue(request: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const file = await uploadedFile(request, services);
  const content = await withLookAlike(await services.readFile(file), services);
  const { by } = editorBehind(request, services);
  const { answer, meta } = await services.issues.add({ content, sourceHash: file.hash, now: services.now(), editor: { by } });
  if (answer === 'slug_taken') {
    const put = addressOf(meta.slug);
    throw new Refusal(
      'slug_taken',
      `The address “${meta.slug}” belongs to “${meta.title}” of ${meta.date}. PUT ${put} replaces it with this file.`,
      [{ path: 'slug', message: `taken; PUT ${put} replaces what is there` }],
    );
  }
  const answered = await withPreflight(meta, services);
  await askForImages(answered, services);
  return json(answer === 'created' ? 201 : 200, answered, { location: addressOf(meta.slug), ...etagOf(meta) });
}

/** A new address for what another issue says already is likely a mistake: it goes into the warnings. */
async function withLookAlike(content: IssueContent, services: IssueServices): Promise<IssueContent> {
  if (await services.issues.get(content.slug)) return content;
  const warning = await findLookAlike(content, services.issues);
  return warning ? { ...content, warnings: [warning, ...content.warnings] } : content;
}

const Page = z.object({ limit: z.coerce.number().int().min(1).max(200).default(100), before: z.string().optional() });

/** `GET /editors/issues`: newest first; `next` is the `?before=` of the page that follows. */
export async function listIssues({ query }: HttpRequest, { issues }: IssueServices): Promise<HttpResponse> {
  const { limit, before } = Page.parse(Object.fromEntries(query));
  const page = await issues.list({ limit, ...(before !== undefined && { before }) });
  return json(200, { issues: page.issues.map(summaryOf), ...(page.next !== undefined && { next: page.next }) });
}

/** `GET /editors/issues/{slug}`: with what stands against it, and who did what to it when. */
export async function showIssue({ params }: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const meta = await mustGet(params.slug, services);
  const history = await services.issues.history(meta);
  return json(200, await withPreflight(meta, services, { history }), etagOf(meta));
}

/**
 * `PUT /editors/issues/{slug}`: new text under the same address, whatever the file itself would be called. Before a digest
 * has frozen the issue this is what it mails; afterwards the archive changes, and the receipt keeps what was mailed.
 */
export async function replaceIssue(request: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const { slug, state } = await mustGet(request.params.slug, services);
  const editor = editorBehind(request, services);
  const file = await uploadedFile(request, services);
  const content = { ...(await services.readFile(file)), slug };
  if (state === 'queued' || state === 'scheduled') {
    const { errors } = await services.preflight(content);
    if (errors.length > 0)
      throw new Refusal(
        'preflight_failed',
        `The issue “${slug}” is ${state} and cannot go out with this text: ${inWords(errors)} Mend the file, or make the issue a draft first.`,
        errors.map(fieldError),
      );
  }
  const replaced = await services.issues.replace({ content, sourceHash: file.hash, now: services.now(), editor });
  if (!replaced) throw new Refusal('not_found', `There is no issue “${slug}” any more.`);
  await askForImages(content, services);
  return json(200, await withPreflight(replaced, services), etagOf(replaced));
}

/** `DELETE /editors/issues/{slug}`: a draft vanishes, a sent issue answers 410 from now on. */
export async function deleteIssue(request: HttpRequest, services: IssueServices): Promise<HttpResponse> {
  const { slug, state } = await mustGet(request.params.slug, services);
  const deleted = await services.issues.delete(slug, services.now(), editorBehind(request, services));
  if (deleted === 'wrong_state')
    throw wrongState(slug, state, 'deleted', state === 'scheduled' ? 'Take back its schedule first.' : 'Take it out of the queue first.');
  return { status: 204, headers: { 'cache-control': 'no-store' } };
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

/** An issue whole, as every change of its life answers. */
export const wholeIssue = async (meta: IssueMeta, services: { issues: Pick<IssueStore, 'content'> }, beside: Beside = {}) =>
  issueAnswer(meta, await contentOf(meta, services), beside);

async function withPreflight(meta: IssueMeta, services: IssueServices, beside: Beside = {}) {
  const content = await contentOf(meta, services);
  return issueAnswer(meta, content, { ...beside, preflight: await services.preflight(content) });
}

/** A finding as a problem document shows it. */
export const fieldError = ({ code, message, line, path }: Preflight['errors'][number]) => ({
  path: path ?? (line === undefined ? 'issue' : `line ${line}`),
  message,
  code,
  ...(line !== undefined && { line }),
});

export const inWords = (errors: Preflight['errors']) =>
  `${errors
    .slice(0, 3)
    .map(({ message }) => message)
    .join('; ')}${errors.length > 3 ? `; and ${errors.length - 3} more` : ''}.`;

export const wrongState = (slug: string, state: IssueMeta['state'], done: string, advice = '') =>
  new Refusal(
    'wrong_state',
    `The issue “${slug}” is ${state === 'sending' ? 'being sent' : state} and cannot be ${done}. ${advice}`.trim(),
  );

/** What is on the web becomes ours after the answer. Asked for again when the same file comes again, in case a message was lost. */
async function askForImages({ slug, cover, images }: Pick<IssueContent, 'slug' | 'cover' | 'images'>, { keepImages }: IssueServices) {
  const coverApart = cover !== null && images.every(({ url }) => url !== cover);
  if (coverApart || images.some(({ state }) => state === 'pending')) await keepImages.send({ slug });
}
