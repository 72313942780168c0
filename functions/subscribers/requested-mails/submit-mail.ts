import type { Mailer, OutgoingMessage, SubmitOutcome } from '../../mail/mailer.ts';
import { NotNow, NotYet } from './soon-again.ts';

export type SubmitServices = { mailer: Mailer; pace: { turn(): Promise<void> } };

/** What may be different in a moment; SES has certainly not got the mail. */
const passing: ReadonlySet<SubmitOutcome['kind']> = new Set(['throttled', 'not_sent']);

/**
 * At least once, unlike a digest: two of these mails do no harm, since the links of both work, while a lost one may lose a
 * reader. So everything short of a yes or a no about this very message is thrown, and its request comes back: in a moment where it is
 * certain that SES has not got it ({@link NotYet}), or when SES takes mail again ({@link NotNow}).
 */
export async function submitAtLeastOnce(mail: OutgoingMessage, { mailer, pace }: SubmitServices) {
  const [outcome] = await mailer.submit([mail], async () => {
    await pace.turn();
    return 'go';
  });
  if (outcome?.kind === 'submitted' || outcome?.kind === 'rejected') return outcome.kind;
  const words = `The mail was not sent (${outcome?.kind}): ${outcome && 'reason' in outcome ? outcome.reason : 'it will be tried again'}`;
  if (outcome?.kind === 'unsendable') throw new Error(words);
  throw new (outcome === undefined || passing.has(outcome.kind) ? NotYet : NotNow)(words);
}
