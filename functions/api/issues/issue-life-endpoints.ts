import * as z from 'zod';
import type { Actor } from '../../access/principal.ts';
import type { Digest } from '../../digests/digest.ts';
import type { RunDigestMessage } from '../../digests/digest-messages.ts';
import type { OpenedDigest } from '../../digests/digest-store.ts';
import type { Hold } from '../../digests/hold.ts';
import { nextIssueDigest } from '../../digests/issue-digest-id.ts';
import { startIssueDigest } from '../../digests/send-due-issues.ts';
import type { IssueMeta } from '../../issues/issue.ts';
import type { Editor } from '../../issues/issue-changes.ts';
import type { IssueStore } from '../../issues/issue-store.ts';
import { closedDirection } from '../../platform/closed-direction.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import type { Queue } from '../../platform/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { IssueAction } from '../../platform/refusals/editor-refusals.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';
import { faultOf } from './finding-answer.ts';
import { etagOf } from './if-match.ts';
import { contentOf, editorBehind, type IssueServices, mustGet, wholeIssue } from './issue-endpoints.ts';

export type IssueLifeServices = Pick<IssueServices, 'preflight' | 'now'> & {
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
    open(digest: OpenedDigest, holds?: readonly Hold[]): Promise<Digest>;
  };
  runDigest: Pick<Queue<RunDigestMessage>, 'send'>;
  settings: Pick<Settings, 'topics' | 'undoMinutes' | 'catchUpHours'>;
};

type Clearance = { meta: IssueMeta; editor: Editor & { by: Actor } };

export const SendRequest = z.object({ override: z.string().trim().min(3).max(300).overwrite(closedDirection).optional() });
export const ScheduleRequest = SendRequest.extend({
  at: z.iso.datetime({ offset: true, error: 'a moment such as 2026-12-01T09:00:00+08:00' }),
});

/** `POST …/queue`: into the next weekly digest; a second click changes nothing. */
export async function queueIssue(request: ApiRequest, services: IssueLifeServices): Promise<HttpResponse> {
  const { override } = SendRequest.parse(jsonBody(request));
  const { meta, editor } = await cleared(request, override, services);
  const answer = await services.issues.queue(meta.slug, services.now(), editor);
  return answered(meta.slug, answer, 'queue', services);
}

/** `POST …/unqueue`: out of the queue or off the schedule, a draft again; a draft stays one. */
export async function unqueueIssue(request: ApiRequest, services: IssueLifeServices): Promise<HttpResponse> {
  const { slug, state } = await mustGet(request.params.slug, services);
  const answer = await services.issues.unqueue(slug, services.now(), editorBehind(request));
  return answered(slug, answer === 'not_queued' && state !== 'draft' ? 'wrong_state' : answer, 'unqueue', services);
}

/** `POST …/schedule {"at"}`: alone, at a moment of the editor's choice; another moment moves it. */
export async function scheduleIssue(request: ApiRequest, services: IssueLifeServices): Promise<HttpResponse> {
  const { override, at } = ScheduleRequest.parse(jsonBody(request));
  const moment = new Date(at);
  if (moment <= services.now()) throw new Refusal('moment_past', { at });
  await digestFor(request, services);
  const { meta, editor } = await cleared(request, override, services);
  const answer = await services.issues.schedule(meta.slug, moment, services.now(), editor);
  return answered(meta.slug, answer, 'schedule', services);
}

/** `POST …/send-now`: a digest of this issue alone, once its undo period is over. */
export async function sendIssueNow(request: ApiRequest, services: IssueLifeServices): Promise<HttpResponse> {
  const { override } = SendRequest.parse(jsonBody(request));
  const id = await digestFor(request, services);
  const { meta, editor } = await cleared(request, override, services);
  const { slug } = meta;
  const now = services.now();
  if ((await services.issues.sendNow(slug, id, now, editor)) !== 'sending') throw alreadySent(slug);
  await startIssueDigest({ slug, time: now.toISOString() }, id, services);
  return json(202, { slug, digest: id }, { location: `/api/v1/digests/${id}` });
}

const setUnlisted = (unlisted: boolean) => async (request: ApiRequest, services: IssueLifeServices) => {
  const { slug } = await mustGet(request.params.slug, services);
  const answer = await services.issues.setUnlisted(slug, unlisted, services.now(), editorBehind(request));
  return answered(slug, answer, unlisted ? 'unlist' : 'list', services);
};

/** `POST …/unlist`: its pages go on working, and nothing leads to them. */
export const unlistIssue = setUnlisted(true);
/** `POST …/list`: in lists, feeds and sitemap again. */
export const listIssue = setUnlisted(false);

export const TopicsRequest = z.strictObject({ topics: z.array(z.string()).max(12) });

/** `POST …/topics {"topics": […]}`: for readers of these; none means everybody. */
export async function setIssueTopics(request: ApiRequest, services: IssueLifeServices): Promise<HttpResponse> {
  const { slug } = await mustGet(request.params.slug, services);
  const { topics } = TopicsRequest.parse(jsonBody(request));
  const known = services.settings.topics.map(({ id }) => id);
  const unknown = topics.find((topic) => !known.includes(topic));
  if (unknown !== undefined) throw new Refusal('no_such_topic', { topic: unknown.slice(0, 40), known });
  const ids = known.filter((id) => topics.includes(id));
  return answered(slug, await services.issues.setTopics(slug, ids, services.now(), editorBehind(request)), 'topics', services);
}

/** The issue after what was done to it. */
async function answered(slug: string, answer: string, action: IssueAction, services: IssueLifeServices): Promise<HttpResponse> {
  const meta = await mustGet(slug, services);
  if (answer === 'wrong_state') throw new Refusal('wrong_state', { slug, state: meta.state, action });
  return json(200, await wholeIssue(meta, services), etagOf(meta));
}

/** The id of the issue's own digest: an issue has one, and another only after one that was cancelled before anybody got it. */
async function digestFor({ params }: HttpRequest, services: IssueLifeServices): Promise<string> {
  const { slug, state } = await mustGet(params.slug, services);
  if (state === 'sending' || state === 'sent') throw alreadySent(slug);
  const next = await nextIssueDigest(slug, services.digests);
  if ('earlier' in next) throw new Refusal('had_own_digest', { slug, digest: next.earlier });
  return next.id;
}

const alreadySent = (slug: string) => new Refusal('already_sent', { slug });

/**
 * The issue, if it may go out. Errors of the preflight keep it back, unless an editor gives a reason (now, or earlier for the
 * same text), which the report will repeat.
 */
async function cleared(request: ApiRequest, reason: string | undefined, services: IssueLifeServices): Promise<Clearance> {
  const meta = await mustGet(request.params.slug, services);
  const editor = editorBehind(request);
  const onItsWay = meta.state !== 'draft' && meta.state !== 'queued' && meta.state !== 'scheduled';
  if (onItsWay) return { meta, editor };
  const { errors } = await services.preflight(await contentOf(meta, services));
  if (errors.length === 0 || (meta.override && reason === undefined)) return { meta, editor: { ...editor, checked: meta } };
  if (reason === undefined)
    throw new Refusal('preflight_failed', { slug: meta.slug, errors: errors.length }, { errors: errors.map(faultOf) });
  const overridden = await services.issues.override(meta.slug, reason, services.now(), editor);
  if (!overridden) throw new Refusal('issue_not_found', { slug: meta.slug });
  const { version } = overridden;
  return { meta: overridden, editor: { ...editor, checked: meta, ...(editor.version !== undefined && { version }) } };
}
