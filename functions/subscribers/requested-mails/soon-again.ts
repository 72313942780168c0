import { SesUnreachable } from '../../mail/outage.ts';
import type { Now } from '../../platform/clock.ts';
import { faultOf, logger } from '../../platform/logger.ts';
import type { Queue } from '../../platform/queue.ts';

/** SES has certainly not taken the mail, and may do so in a moment. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

/** SES takes no mail now, for a reason that has nothing to do with this one. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}

/** How often a message was put back so far, and since when it has been parked. */
export type Tried = { tries: number; parkedSince?: string | undefined };

type SoonAgainServices<Message> = {
  requests: Pick<Queue<Message>, 'send'>;
  parked: {
    park(message: Message, now: Date): Promise<void>;
    wake(requests: Pick<Queue<Message>, 'send'>, now: Date): Promise<unknown>;
  };
  now: Now;
};

/** Seconds; somebody waits for these mails. What fails more often is parked until the watch wakes it. */
const delays = [3, 6, 12, 25, 50];

/**
 * Puts a message back for a moment when its mail could not go out just now, and parks it in the table while SES takes none: a failure
 * would cost one of the queue's receives, and an outage all of them. A parked mail that gets through wakes others.
 */
export async function orSoonAgain<Message extends Tried>(
  message: Message,
  work: () => Promise<string>,
  { requests, parked, now }: SoonAgainServices<Message>,
) {
  try {
    const answer = await work();
    if (message.parkedSince !== undefined) await parked.wake(requests, now());
    return answer;
  } catch (error) {
    const delaySeconds = error instanceof NotYet ? delays[message.tries] : undefined;
    if (delaySeconds !== undefined) {
      await requests.send({ ...message, tries: message.tries + 1 }, { delaySeconds });
      return 'soon_again';
    }
    if (!(error instanceof NotYet || error instanceof NotNow || error instanceof SesUnreachable)) throw error;
    logger.warn('A requested mail is parked until SES takes mail again', { fault: faultOf(error) });
    await parked.park(message, now());
    return 'parked';
  }
}
