import * as z from 'zod';
import { actorOf } from '../../access/principal.ts';
import { inOrder, type NextDigestStore } from '../../digests/next-digest.ts';
import { nextSlots, slotId } from '../../digests/slot.ts';
import type { Block, IssueMeta } from '../../issues/issue.ts';
import type { Now } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ApiRequest } from '../api-request.ts';
import { contentOf } from '../issues/issue-endpoints.ts';
import { type Preview, type PreviewServices, previewAnswer } from '../issues/preview-endpoints.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';
import type { NextDigest, UpcomingRun } from './digest-answer.ts';

export type NextDigestServices = {
  queuedIssues: () => Promise<IssueMeta[]>;
  nextDigest: Pick<NextDigestStore, 'find' | 'change'>;
  /** What editors write in front of a digest, as it is kept. */
  readNote: (text: string) => Promise<Block[]>;
  settings: Pick<Settings, 'schedule' | 'timeZone'>;
  now: Now;
};

export const NextDigestPlan = z.strictObject({
  order: z.array(z.string().max(80)).max(200).optional(),
  note: z.string().trim().max(4_000).optional(),
});

/**
 * `PUT /api/v1/digests/next {"order": ["<slug>", …], "note": "<Markdown>"}`: in which order the next digest carries its issues, and what it
 * says before them. What is left out stays as it is; issues that are not in the order follow by their dates.
 */
export async function planNextDigest(request: ApiRequest, services: NextDigestServices): Promise<HttpResponse> {
  const { order, note } = NextDigestPlan.parse(jsonBody(request));
  const written = note === undefined ? {} : { note: { text: note, blocks: await services.readNote(note) } };
  await services.nextDigest.change({ ...(order && { order }), ...written, by: actorOf(request.principal), at: services.now() });
  return json(200, { next: await nextDigest(services) });
}

/** `GET /api/v1/digests/next/preview.html|txt|eml`: the mail of the coming slot with what is queued now, for readers who get all of it. */
const previewNextAs = (part: keyof Preview) => async (request: HttpRequest, services: NextDigestServices & PreviewServices) => {
  const { slots, queued, plan } = await comingDigest(services);
  const [slot] = slots;
  if (queued.length === 0) throw new Refusal('nothing_queued');
  const issues = await Promise.all(queued.map((meta) => contentOf(meta, services)));
  const mail = { digestId: slotId(slot), scheduledFor: slot.toISOString(), issues, note: plan?.note?.blocks };
  return previewAnswer(part, mail, request, services);
};

export const previewNextHtml = previewNextAs('html');
export const previewNextText = previewNextAs('text');
export const previewNextEml = previewNextAs('eml');

export async function nextDigest(services: NextDigestServices): Promise<NextDigest> {
  const { timeZone } = services.settings;
  const { slots, queued, plan } = await comingDigest(services);
  const [first, ...following] = slots;
  return {
    ...upcomingRun(first, timeZone),
    timeZone,
    issues: queued.map(({ slug }) => slug),
    note: plan?.note?.text ?? '',
    following: following.map((at) => upcomingRun(at, timeZone)),
  };
}

/** The next slots, what the first of them would carry if it came now, in its order, and what editors have decided about it. */
async function comingDigest({ settings, queuedIssues, nextDigest: plans, now }: NextDigestServices) {
  const [first, ...following] = nextSlots(settings, now(), 5);
  if (!first) throw new Error('The schedule has no next run.');
  const [queued, plan] = await Promise.all([queuedIssues(), plans.find()]);
  return { slots: [first, ...following] as const, queued: inOrder(queued, plan?.order), plan };
}

const upcomingRun = (at: Date, timeZone: string): UpcomingRun => ({
  slot: slotId(at),
  localTime: new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at),
  scheduledFor: at.toISOString(),
});
