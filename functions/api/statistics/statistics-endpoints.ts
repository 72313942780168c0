import * as z from 'zod';
import type { Digest } from '../../digests/digest.ts';
import { minutesAfter } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import type { Queue } from '../../platform/queue.ts';
import { type CountMessage, countMessage } from '../../statistics/count-readers.ts';
import { mostWeeks, staleMinutes } from '../../statistics/statistics.ts';
import type { StatisticsStore } from '../../statistics/statistics-store.ts';
import type { WaitingLine } from '../../subscribers/waiting-line/waiting-line.ts';
import type { ApiRequest } from '../api-request.ts';
import { type DigestServices, listAnswer } from '../digests/digest-endpoints.ts';
import { json } from '../json-response.ts';
import { statisticsAnswer } from './statistics-answer.ts';

export type StatisticsServices = DigestServices & {
  statistics: Pick<StatisticsStore, 'latest' | 'closedWeeks' | 'counting'>;
  countQueue: Pick<Queue<CountMessage>, 'send'>;
  line: Pick<WaitingLine, 'total'>;
};

export const StatisticsSpan = z.object({ weeks: z.coerce.number().int().min(1).max(mostWeeks).default(26) });

const lastDigests = 12;
/** Leaves out digests that were skipped, or cancelled before anybody got them. */
const digestsLookedAt = 40;

/** `GET /api/v1/statistics?weeks=26`: as they were counted last; looking counts nothing. */
export async function showStatistics({ query, principal }: ApiRequest, services: StatisticsServices): Promise<HttpResponse> {
  const { weeks } = StatisticsSpan.parse(Object.fromEntries(query));
  const { statistics, digests, settings, line } = services;
  const [latest, counting, listed, total] = await Promise.all([
    statistics.latest(),
    statistics.counting(),
    digests.list(digestsLookedAt),
    line.total(),
  ]);
  const started = listed.filter(({ startedAt }) => startedAt !== undefined).slice(0, lastDigests);
  const [closed, answers] = await Promise.all([
    // What the digests say of who left may lie before these weeks.
    latest?.weeks[0] ? statistics.closedWeeks(latest.weeks[0].week, Math.max(weeks, 2 * lastDigests)) : [],
    Promise.all(started.map(async (digest: Digest) => ({ digest, answer: await listAnswer(digest, principal, services) }))),
  ]);
  const isUnderWay = counting && new Date(counting.movedAt) > minutesAfter(services.now(), -staleMinutes);
  return json(
    200,
    statisticsAnswer({
      latest,
      closed,
      digests: answers.filter(({ answer }) => answer.report.submitted > 0),
      timeZone: settings.timeZone,
      last: weeks,
      line: total,
      counting: isUnderWay ? counting : undefined,
    }),
  );
}

/** `POST /api/v1/statistics`: asks for a counting, unless there has been one since. It takes a second, or a minute for a million readers. */
export async function askForStatistics(_request: HttpRequest, { countQueue, now }: StatisticsServices): Promise<HttpResponse> {
  const wantedAt = now().toISOString();
  await countQueue.send(countMessage(wantedAt));
  return json(202, { wantedAt });
}
