import { composeMessage } from '../mail/compose-message.ts';
import { automaticHeaders } from '../mail/list-headers.ts';
import type { Mailer, OutgoingMessage, SubmitOutcome } from '../mail/mailer.ts';
import { SesUnreachable } from '../mail/outage.ts';
import type { Now } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { Settings } from '../settings/settings.ts';
import type { Notice } from './notice.ts';

/** A notice is claimed before it is sent: of two processes that try, one may send it. */
export type NoticeClaim = { take(): Promise<boolean>; giveBack(): Promise<void> };

export type SubmittingServices = {
  mailer: Mailer;
  pace: { turn(): Promise<void> };
  settings: Pick<Settings, 'locale' | 'sender' | 'replyTo' | 'contact' | 'noticesTo'>;
  /** Both parts of the mail. */
  write: (notice: Notice) => Promise<{ subject: string; html: string; text: string }>;
  now: Now;
};

const mostTries = 3;

/**
 * Mails a notice to the editors, at most once: it is claimed before it is sent, and given back only if SES certainly accepted none of
 * its copies. If a worker dies in between, nobody gets the notice; the editors' page shows the same.
 * While the breaker is open it waits for the next look (`not_now`).
 * @throws when SES accepted none, so that the function's alarm is raised
 */
export async function submitNotice(
  { name, about, claim }: { name: string; about: string; claim: NoticeClaim },
  notice: Notice,
  services: SubmittingServices,
): Promise<'sent' | 'sent_before' | 'not_now'> {
  const messages = await messagesOf(notice, { kind: 'notice', notice: name, about }, services);
  if (!(await claim.take())) return 'sent_before';
  const { waiting, reason, stopped } = await submitAll(messages, services);
  if (waiting === 0) return 'sent';
  if (waiting < messages.length) {
    logger.warn('Some editors did not get a notice', { notice: name, about, waiting, reason });
    return 'sent';
  }
  await claim.giveBack();
  if (stopped instanceof SesUnreachable) return 'not_now';
  throw new Error(`The notice ${name} about ${about} was not sent: ${reason}`);
}

async function messagesOf(notice: Notice, tags: Record<string, string>, services: SubmittingServices): Promise<OutgoingMessage[]> {
  const { settings, write, now } = services;
  const { sender: from, replyTo, locale: language } = settings;
  const written = await write(notice);
  return (settings.noticesTo ?? [settings.contact]).map((to) => ({
    from: from.address,
    to,
    tags,
    raw: composeMessage({ ...written, from, to, replyTo, language, headers: automaticHeaders, date: now() }),
  }));
}

/** Tries again what SES certainly did not take. `stopped`: what was thrown while a mail waited for its turn. */
async function submitAll(messages: readonly OutgoingMessage[], { mailer, pace }: SubmittingServices) {
  let waiting = messages;
  let reason = '';
  let stopped: unknown;
  const turn = async () => {
    try {
      await pace.turn();
      return 'go';
    } catch (error) {
      // No further mail begins, and the claim is given back if none has: it must not be lost with this error.
      stopped = error;
      return 'stop';
    }
  };
  for (let tries = 0; waiting.length > 0 && tries < mostTries && !stopped; tries += 1) {
    const outcomes = await mailer.submit(waiting, turn);
    const failed = outcomes.find((outcome) => outcome !== undefined && !isOver(outcome));
    if (failed) reason = 'reason' in failed ? failed.reason : failed.kind;
    waiting = waiting.filter((_, n) => !isOver(outcomes[n]));
  }
  return { waiting: waiting.length, reason: stopped instanceof Error ? stopped.message : reason, stopped };
}

/** What SES refused for this one address it refuses again; what it may have taken is not sent twice. */
const isOver = (outcome: SubmitOutcome | undefined) =>
  outcome?.kind === 'submitted' || outcome?.kind === 'unknown' || outcome?.kind === 'rejected';
