import type { Mailer, OutgoingMessage } from '../mail/mailer.ts';

export type SubmitServices = { mailer: Mailer; pace: { turn(): Promise<void> } };

/**
 * At least once, unlike a digest: two of these mails do no harm, since the links of both work, while a lost one may lose a
 * reader. So everything short of a yes or a no about this very message is thrown, and SQS brings its request back.
 */
export async function submitAtLeastOnce(mail: OutgoingMessage, { mailer, pace }: SubmitServices) {
  const [outcome] = await mailer.submit([mail], async () => {
    await pace.turn();
    return 'go';
  });
  if (outcome?.kind === 'submitted' || outcome?.kind === 'rejected') return outcome.kind;
  throw new Error(
    `The mail was not sent (${outcome?.kind}): ${outcome && 'reason' in outcome ? outcome.reason : 'it will be tried again'}`,
  );
}
