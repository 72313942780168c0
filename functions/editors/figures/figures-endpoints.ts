import * as z from 'zod';
import type { Digest } from '../../digests/digest.ts';
import type { CountMessage } from '../../figures/count-figures.ts';
import { mostWeeks, staleMinutes } from '../../figures/figures.ts';
import type { FiguresStore } from '../../figures/figures-store.ts';
import { minutesAfter } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import type { Queue } from '../../platform/queue.ts';
import { type DigestServices, listAnswer } from '../digest-endpoints.ts';
import { json } from '../json-response.ts';
import { figuresAnswer } from './figures-answer.ts';

export type FiguresServices = DigestServices & {
  figures: Pick<FiguresStore, 'latest' | 'closedWeeks' | 'counting'>;
  countQueue: Pick<Queue<CountMessage>, 'send'>;
};

const Span = z.object({ weeks: z.coerce.number().int().min(1).max(mostWeeks).default(26) });

const lastDigests = 12;
/** Digests that were skipped or called off before anybody got them are passed over. */
const digestsLookedAt = 40;

/** `GET /editors/figures?weeks=26`: as they were counted last; looking counts nothing. */
export async function showFigures({ query }: HttpRequest, services: FiguresServices): Promise<HttpResponse> {
  const { weeks } = Span.parse(Object.fromEntries(query));
  const { figures, digests, settings } = services;
  const [latest, counting, listed] = await Promise.all([figures.latest(), figures.counting(), digests.list(digestsLookedAt)]);
  const wentOut = listed.filter(({ startedAt }) => startedAt !== undefined).slice(0, lastDigests);
  const [closed, answers] = await Promise.all([
    // What the digests say of who left may lie before these weeks.
    latest?.weeks[0] ? figures.closedWeeks(latest.weeks[0].week, Math.max(weeks, 2 * lastDigests)) : [],
    Promise.all(wentOut.map(async (digest: Digest) => ({ digest, answer: await listAnswer(digest, services) }))),
  ]);
  const isUnderWay = counting && new Date(counting.asOf) > minutesAfter(services.now(), -staleMinutes);
  return json(
    200,
    figuresAnswer({
      ...{ latest, closed, digests: answers, timeZone: settings.timeZone, last: weeks },
      counting: isUnderWay ? counting : undefined,
    }),
  );
}

/** `POST /editors/figures`: asks for a counting, unless there has been one since. It takes a second, or a minute for a million readers. */
export async function askForFigures(_request: HttpRequest, { countQueue, now }: FiguresServices): Promise<HttpResponse> {
  const wantedAt = now().toISOString();
  await countQueue.send({ wantedAt });
  return json(202, { wantedAt });
}
