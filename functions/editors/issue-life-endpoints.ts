import * as z from 'zod';
import type { Digest } from '../digests/digest.ts';
import type { RunDigestMessage } from '../digests/digest-messages.ts';
import { issueDigestId } from '../digests/occurrence.ts';
import { startIssueDigest } from '../digests/send-due-issues.ts';
import type { IssueMeta } from '../issues/issue.ts';
import type { Editor } from '../issues/issue-changes.ts';
import type { IssueStore } from '../issues/issue-store.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import type { Queue } from '../platform/queue.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Settings } from '../platform/settings.ts';
import { etagOf } from './if-match.ts';
import { contentOf, editorBehind, fieldError, type IssueServices, inWords, mustGet, wholeIssue, wrongState } from './issue-endpoints.ts';
import { json } from './json-response.ts';
import { jsonBody } from './request-body.ts';

export type IssueLifeServices = Pick<IssueServices, 'preflight' | 'editorsGroup' | 'now'> & {
  issues: Pick<
    IssueStore,
    | 'get'
    | 'isGone'
    | 'content'
    | 'queue'
    | 'unqueue'
    | 'schedule'
    | 'sendNow'
    | 'setUnlisted'
    | 'setTopics'
    | 'override'
    | 'forgetScheduled'
  >;
  digests: {
    find(id: string): Promise<Digest | undefined>;
    open(digest: Pick<Digest, 'id' | 'kind' | 'scheduledFor' | 'frozenAt'>): Promise<Digest>;
  };
  runDigest: Pick<Queue<RunDigestMessage>, 'send'>;
  settings: Pick<Settings, 'topics'>;
};

type Clearance = { meta: IssueMeta; editor: Editor & { by: string } };

const Sending = z.object({ override: z.string().trim().min(3).max(300).optional() });
const Scheduling = Sending.extend({ at: z.iso.datetime({ offset: true, error: 'a moment such as 2026-12-01T09:00:00+08:00' }) });

/** `POST …/queue`: into the next weekly digest; a second click changes nothing. */
export async function queueIssue(request: HttpRequest, services: IssueLifeServices): Promise<HttpResponse> {
  const { override } = Sending.parse(jsonBody(request));
  const { meta, editor } = await cleared(request, override, services);
  const answer = await services.issues.queue(meta.slug, services.now(), editor);
  return answered(meta.slug, answer, 'queued', services);
}

/** `POST …/unqueue`: out of the queue or off the schedule, a draft again; a draft stays one. */
export async function unqueueIssue(request: HttpRequest, services: IssueLifeServices): Promise<HttpResponse> {
  const { slug, state } = await mustGet(request.params.slug, services);
  const answer = await services.issues.unqueue(slug, services.now(), editorBehind(request, services));
  return answered(slug, answer === 'not_queued' && state !== 'draft' ? 'wrong_state' : answer, 'taken back', services);
}

/** `POST …/schedule {"at"}`: alone, at a moment of the editor's choice; another moment moves it. */
export async function scheduleIssue(request: HttpRequest, services: IssueLifeServices): Promise<HttpResponse> {
  const { override, at } = Scheduling.parse(jsonBody(request));
  const moment = new Date(at);
  if (moment <= services.now())
    throw new Refusal('invalid_request', `at: ${at} is past; a moment to come would do, or POST …/send-now.`, [
      { path: 'at', message: 'is past' },
    ]);
  await refuseSecondDigest(request, services);
  const { meta, editor } = await cleared(request, override, services);
  const answer = await services.issues.schedule(meta.slug, moment, services.now(), editor);
  return answered(meta.slug, answer, 'scheduled', services);
}

/** `POST …/send-now`: a digest of this issue alone, at once. */
export async function sendIssueNow(request: HttpRequest, services: IssueLifeServices): Promise<HttpResponse> {
  const { override } = Sending.parse(jsonBody(request));
  await refuseSecondDigest(request, services);
  const { meta, editor } = await cleared(request, override, services);
  const { slug } = meta;
  const id = issueDigestId(slug);
  const now = services.now();
  if ((await services.issues.sendNow(slug, id, now, editor)) !== 'sending') throw alreadySent(slug);
  await startIssueDigest({ slug, time: now.toISOString() }, services);
  return json(202, { slug, digest: id }, { location: `/editors/digests/${id}` });
}

const setUnlisted = (unlisted: boolean) => async (request: HttpRequest, services: IssueLifeServices) => {
  const { slug } = await mustGet(request.params.slug, services);
  const answer = await services.issues.setUnlisted(slug, unlisted, services.now(), editorBehind(request, services));
  return answered(slug, answer, unlisted ? 'unlisted' : 'listed', services);
};

/** `POST …/unlist`: its pages go on working, and nothing leads to them. */
export const unlistIssue = setUnlisted(true);
/** `POST …/list`: in lists, feeds and sitemap again. */
export const listIssue = setUnlisted(false);

const Topics = z.strictObject({ topics: z.array(z.string()).max(12) });

/** `POST …/topics {"topics": […]}`: for readers of these; none means everybody. */
export async function setIssueTopics(request: HttpRequest, services: IssueLifeServices): Promise<HttpResponse> {
  const { slug } = await mustGet(request.params.slug, services);
  const { topics } = Topics.parse(jsonBody(request));
  const known = services.settings.topics.map(({ id }) => id);
  const unknown = topics.find((topic) => !known.includes(topic));
  if (unknown !== undefined)
    throw new Refusal('invalid_request', `topics: “${unknown.slice(0, 40)}” came; ${known.join(', ') || 'none'} would do.`, [
      { path: 'topics', message: 'is none of the newsletter’s topics' },
    ]);
  const ids = known.filter((id) => topics.includes(id));
  return answered(
    slug,
    await services.issues.setTopics(slug, ids, services.now(), editorBehind(request, services)),
    'given topics',
    services,
  );
}

/** The issue after what was done to it. */
async function answered(slug: string, answer: string, done: string, services: IssueLifeServices): Promise<HttpResponse> {
  const meta = await mustGet(slug, services);
  if (answer === 'wrong_state') throw wrongState(slug, meta.state, done, meta.state === 'scheduled' ? 'Take back its schedule first.' : '');
  return json(200, await wholeIssue(meta, services), etagOf(meta));
}

/** An issue has one digest of its own, ever. */
async function refuseSecondDigest({ params }: HttpRequest, services: IssueLifeServices): Promise<void> {
  const { slug, state } = await mustGet(params.slug, services);
  if (state === 'sending' || state === 'sent') throw alreadySent(slug);
  const id = issueDigestId(slug);
  if (await services.digests.find(id)) throw new Refusal('already_sent', `The issue “${slug}” had its own digest already: ${id}.`);
}

const alreadySent = (slug: string) => new Refusal('already_sent', `The issue “${slug}” is sent already, or being sent.`);

/**
 * The issue, if nothing stands against its going out. Errors of the preflight do, unless an editor gives a reason (now, or
 * earlier for this very text), which the receipt will repeat.
 */
async function cleared(request: HttpRequest, reason: string | undefined, services: IssueLifeServices): Promise<Clearance> {
  const meta = await mustGet(request.params.slug, services);
  const editor = editorBehind(request, services);
  const onItsWay = meta.state !== 'draft' && meta.state !== 'queued' && meta.state !== 'scheduled';
  if (onItsWay) return { meta, editor };
  const { errors } = await services.preflight(await contentOf(meta, services));
  if (errors.length === 0 || (meta.override && reason === undefined)) return { meta, editor: { ...editor, checked: meta } };
  if (reason === undefined)
    throw new Refusal(
      'preflight_failed',
      `The issue “${meta.slug}” should not go out like this: ${inWords(errors)} Mend it, or send {"override": "<why it may>"}.`,
      errors.map(fieldError),
    );
  const overridden = await services.issues.override(meta.slug, reason, services.now(), editor);
  if (!overridden) throw new Refusal('not_found', `There is no issue “${meta.slug}” any more.`);
  const { version } = overridden;
  return { meta: overridden, editor: { ...editor, checked: meta, ...(editor.version !== undefined && { version }) } };
}
