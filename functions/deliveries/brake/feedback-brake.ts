import type { DeliveryReport } from '../../digests/delivery-report.ts';
import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { maySendSome } from '../../digests/hold.ts';
import type { Trip } from '../../digests/trip.ts';
import type { Now } from '../../platform/clock.ts';
import { logger } from '../../platform/logger.ts';
import { blocksThatCount, postponeProviders, refusingProviders } from './postpone-provider.ts';

export type BrakeServices = { digests: Pick<DigestStore, 'brake' | 'postpone'>; now: Now };

/** SES reviews an account at 5 % bounces and 0.1 % complaints; small numbers say nothing yet. */
const limits = {
  bounced: { after: 50, of: 'submitted', perThousand: 50, atLeast: 10 },
  complained: { after: 1_000, of: 'delivered', perThousand: 1, atLeast: 5 },
} as const;

/**
 * Holds a digest that sends while too many of its mails bounce or are complained about, with the numbers as the reason. When an
 * editor resumes it, it goes on where it stopped, and what came before does not count again.
 */
export async function tripBrake(digest: Digest, report: DeliveryReport, services: BrakeServices): Promise<'tripped' | 'fine'> {
  if (!isJudged(digest)) return 'fine';
  const postponed = await postponeProviders(digest, report, services);
  const trip = tooMuchIn(report, { ...digest, postponed: new Set(postponed) });
  if (!trip) return 'fine';
  await services.digests.brake(digest.id, trip, report);
  logger.error('The brake holds a digest', { digest: digest.id, ...trip });
  return 'tripped';
}

/** Only what sends is judged: of what is held, or over, nothing more goes out. */
export const isJudged = (digest: Digest): boolean => digest.startedAt !== undefined && maySendSome(digest);

/** Whether these numbers would trip the brake, or postpone the readers of a provider. */
export const isTooMuch = (digest: Digest, report: DeliveryReport): boolean =>
  tooMuchIn(report, digest) !== undefined || refusingProviders(digest, report).length > 0;

function tooMuchIn(report: DeliveryReport, digest: Digest): Trip | undefined {
  const { brakedAt: before, canaryUntil, holds } = digest;
  // A canary that is out is the whole sample: no further mails will be added to it.
  const isWhole = holds.has('canary') && canaryUntil !== undefined;
  for (const kind of ['bounced', 'complained'] as const) {
    const { after, of, perThousand, atLeast } = limits[kind];
    const count = badIn(report, kind, digest) - (before ? badIn(before, kind, digest) : 0);
    const all = report[of] - (before ? heardIn(before, kind) : 0);
    if ((isWhole || all >= after) && count >= atLeast && count * 1_000 >= all * perThousand) return { kind, count, of: all };
  }
  return undefined;
}

/** Of how many mails it was known by then: what comes back after an editor let it go on may be of mails from before. */
const heardIn = ({ delivered, bounced, blocked }: DeliveryReport, kind: keyof typeof limits) =>
  kind === 'bounced' ? delivered + bounced + blocked : delivered;

/** SES counts a refusal by policy as a bounce like any other. */
const badIn = (report: DeliveryReport, kind: keyof typeof limits, digest: Digest) =>
  kind === 'bounced' ? bouncesThatCount(report, digest) + blocksThatCount(report, digest) : report[kind];

/** Without those at a provider whose crowd of dead mailboxes is an incident: its readers wait, and the others need not. */
const bouncesThatCount = ({ bounced, byProvider }: DeliveryReport, { incidents, settledIncidents }: Digest) =>
  byProvider.reduce((sum, row) => {
    const isIncident = [...incidents, ...settledIncidents].some((provider) => provider === row.provider);
    return isIncident ? sum - row.bounced : sum;
  }, bounced);
