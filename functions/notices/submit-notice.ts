import { composeMessage } from '../mail/compose-message.ts';
import { automaticHeaders } from '../mail/list-headers.ts';
import type { Mailer, OutgoingMessage, SubmitOutcome } from '../mail/mailer.ts';
import type { Now } from '../platform/clock.ts';
import { logger } from '../platform/logger.ts';
import type { Settings } from '../platform/settings.ts';
import type { Notice } from './notice.ts';

/** Whoever is about to send a notice claims it first: of two who try, one may. */
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
 * Mails a notice to the editors, at most once: it is claimed before it is sent, and given back only if SES certainly took
 * none of its copies. A worker that dies in between leaves a notice that nobody gets, which the editors' page makes up for.
 * @throws when SES took none, so that whoever watches over the function hears of it
 */
export async function submitNotice(
  { name, about, claim }: { name: string; about: string; claim: NoticeClaim },
  notice: Notice,
  services: SubmittingServices,
): Promise<'sent' | 'sent_before'> {
  const messages = await messagesOf(notice, { kind: 'notice', notice: name, about }, services);
  if (!(await claim.take())) return 'sent_before';
  const { waiting, reason } = await submitAll(messages, services);
  if (waiting === 0) return 'sent';
  if (waiting < messages.length) logger.warn('Some editors did not get a notice', { notice: name, about, waiting, reason });
  else {
    await claim.giveBack();
    throw new Error(`The notice ${name} about ${about} was not sent: ${reason}`);
  }
  return 'sent';
}

async function messagesOf(notice: Notice, tags: Record<string, string>, services: SubmittingServices): Promise<OutgoingMessage[]> {
  const { settings, write, now } = services;
  const { sender: from, replyTo, locale: language } = settings;
  const written = await write(notice);
  return (settings.noticesTo ?? [settings.contact]).map((to) => ({
    ...{ from: from.address, to, tags },
    raw: composeMessage({ ...written, from, to, replyTo, language, headers: automaticHeaders, date: now() }),
  }));
}

/** Tries again what SES certainly did not take. */
async function submitAll(messages: readonly OutgoingMessage[], { mailer, pace }: SubmittingServices) {
  let waiting = messages;
  let reason = '';
  for (let tries = 0; waiting.length > 0 && tries < mostTries; tries += 1) {
    const outcomes = await mailer.submit(waiting, async () => {
      await pace.turn();
      return 'go';
    });
    const failed = outcomes.find((outcome) => !isOver(outcome));
    if (failed) reason = 'reason' in failed ? failed.reason : failed.kind;
    waiting = waiting.filter((_, n) => !isOver(outcomes[n]));
  }
  return { waiting: waiting.length, reason };
}

/** What SES refused for this one address it refuses again; what it may have taken is not sent twice. */
const isOver = (outcome: SubmitOutcome | undefined) =>
  outcome?.kind === 'submitted' || outcome?.kind === 'unknown' || outcome?.kind === 'rejected';
