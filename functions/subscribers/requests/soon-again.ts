import type { Queue } from '../../platform/queue.ts';

/** SES has certainly not taken the mail, and may do so in a moment. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

/** How often a message was put back so far. */
export type Tried = { tries: number };

/** Seconds; somebody waits for these mails. What fails more often comes back when SQS's time-out is over, and at last to the dead letters. */
const delays = [3, 6, 12, 25, 50];

/** Puts a message back for a moment when its mail could not go out just now, where a failure would cost minutes. */
export async function orSoonAgain<Message extends Tried>(
  message: Message,
  work: () => Promise<string>,
  queue: Pick<Queue<Message>, 'send'>,
) {
  try {
    return await work();
  } catch (error) {
    const delaySeconds = delays[message.tries];
    if (!(error instanceof NotYet) || delaySeconds === undefined) throw error;
    await queue.send({ ...message, tries: message.tries + 1 }, { delaySeconds });
    return 'soon_again';
  }
}
