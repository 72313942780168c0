import type { Mailer, OutgoingMessage } from '../../mail/mailer.ts';
import { NotYet } from './soon-again.ts';

export type SubmitServices = { mailer: Mailer; pace: { turn(): Promise<void> } };

/**
 * At least once, unlike a digest: two of these mails do no harm, since the links of both work, while a lost one may lose a
 * reader. So everything short of a yes or a no about this very message is thrown, and its request comes back:
 * by SQS, or sooner where it is certain that SES has not got it ({@link NotYet}).
 */
export async function submitAtLeastOnce(mail: OutgoingMessage, { mailer, pace }: SubmitServices) {
  const [outcome] = await mailer.submit([mail], async () => {
    await pace.turn();
    return 'go';
  });
  if (outcome?.kind === 'submitted' || outcome?.kind === 'rejected') return outcome.kind;
  const certainlyNot = outcome?.kind === 'throttled' || outcome?.kind === 'not_sent';
  throw new (certainlyNot ? NotYet : Error)(
    `The mail was not sent (${outcome?.kind}): ${outcome && 'reason' in outcome ? outcome.reason : 'it will be tried again'}`,
  );
}
