import { shareForPersons } from '../../mail/send-quota.ts';
import type { Now } from '../../platform/clock.ts';
import { logger } from '../../platform/logger.ts';
import { count } from '../../platform/metering/metric.ts';
import type { Queue } from '../../platform/queue.ts';
import type { LimitsSetting } from '../../settings/limits-setting.ts';
import type { RequestedMail } from '../requested-mails/requested-mail.ts';
import { NetworkTurn } from './network-turn.ts';
import { minutesAhead } from './standing.ts';
import type { LinedUp, WaitingLine } from './waiting-line.ts';

export type ReleaseServices = {
  line: Pick<WaitingLine, 'total' | 'takeRound' | 'networks' | 'mailsOf' | 'leave' | 'noteNetwork' | 'noteRound'>;
  requests: Pick<Queue<RequestedMail>, 'send'>;
  /** Mails a second that SES grants the account. */
  rate: () => Promise<number>;
  limits: Pick<LimitsSetting, 'perNetwork'>;
  now: Now;
};

/** The watch comes once a minute; what it missed of the last three is made up for. */
const roundSeconds = 60;
const madeUpSeconds = 180;
const sentAtOnce = 20;
/** Who waits longer than this for a confirmation has to be looked after. */
const longMinutes = 10;

/**
 * Puts the mails of a minute on their queue, at the share of the pace that people's mails have. Who came first goes first, whatever the
 * network, as long as its allowance lasts. Networks that have used it up behave like bots: if nobody else waits, one mail of each goes.
 * @returns how many left the line
 */
export async function releaseLine(services: ReleaseServices): Promise<number> {
  const { line, rate, limits, now } = services;
  const total = await line.total();
  if (total.waiting <= 0) return 0;
  const perSecond = shareForPersons(await rate());
  const elapsed = (now().getTime() - total.releasedAt) / 1_000;
  const seconds = elapsed > madeUpSeconds ? roundSeconds : Math.max(0, elapsed);
  const most = Math.floor(perSecond * seconds);
  // What of the time is no whole mail is left to the next round.
  const until = now().getTime() - Math.round((seconds - most / perSecond) * 1_000);
  const seen = most > 0 && (await line.takeRound(total, { perSecond, until }));
  if (!seen) return 0;
  const inLine = (await line.networks()).filter((network) => network.waiting > 0);
  const turns = inLine.map((network) => new NetworkTurn(network, line, limits.perNetwork));
  const [usedUp, others] = [turns.filter(({ allowance }) => allowance <= 0), turns.filter(({ allowance }) => allowance > 0)];
  const mails = await takeInTurn(others, most);
  for (const turn of usedUp.slice(0, Math.max(0, most - mails.length)))
    mails.push(...[await turn.take()].filter((mail) => mail !== undefined));
  await send(mails, perSecond, services);
  await noteRound(turns, seen, services);
  return mails.length;
}

/** Up to `most` mails in the sequence in which they were asked for. A network is read when the turn of its first mail has come. */
async function takeInTurn(turns: readonly NetworkTurn[], most: number): Promise<LinedUp[]> {
  const waiting = turns.toSorted((one, other) => (one.since < other.since ? -1 : 1));
  const mails: LinedUp[] = [];
  while (mails.length < most) {
    const turn = waiting.shift();
    if (!turn) break;
    const mail = await turn.take();
    if (mail) mails.push(mail);
    if (!turn.next || turn.allowance <= 0) continue;
    const place = waiting.findIndex(({ since }) => since > turn.since);
    waiting.splice(place < 0 ? waiting.length : place, 0, turn);
  }
  return mails;
}

/** Spread over the minute, so that a digest keeps its part of the pace. A mail that was sent and has not left the line is sent again. */
async function send(mails: readonly LinedUp[], perSecond: number, { requests, line }: ReleaseServices) {
  const one = async (mail: LinedUp, n: number) => {
    await requests.send({ ...mail.message, tries: 0 }, { delaySeconds: Math.floor(n / perSecond) });
    await line.leave(mail);
  };
  for (let n = 0; n < mails.length; n += sentAtOnce)
    await Promise.all(mails.slice(n, n + sentAtOnce).map((mail, more) => one(mail, n + more)));
}

async function noteRound(turns: readonly NetworkTurn[], seen: Awaited<ReturnType<WaitingLine['total']>>, { line }: ReleaseServices) {
  const sum = (some: readonly NetworkTurn[]) => some.reduce((total, { waiting }) => total + waiting, 0);
  for (const turn of turns) {
    await turn.close();
    const { standing, taken, waiting, next } = turn;
    if (waiting !== standing.waiting) await line.noteNetwork(standing, { mailed: taken.length, waiting, next: next?.at });
  }
  const usedUp = turns.filter(({ allowance, waiting }) => allowance <= 0 && waiting > 0);
  const ahead = sum(turns) - sum(usedUp);
  await line.noteRound(seen, { waiting: sum(turns), ahead, usedUp: usedUp.length });
  const minutes = minutesAhead({ ahead, perSecond: seen.perSecond });
  if (minutes <= longMinutes) return;
  logger.warn('Sign-ups wait long for their confirmation mail', { ahead, minutes, usedUp: usedUp.length });
  count('signUpsWait');
}
