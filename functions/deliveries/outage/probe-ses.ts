import { randomBytes } from 'node:crypto';
import type { Mailer, SubmitOutcome } from '../../mail/mailer.ts';
import type { Settings } from '../../settings/settings.ts';
import { probeMessage } from '../event-channel/probe-message.ts';

/** One mail to SES's mailbox simulator, which nobody reads: whether SES takes mail of this account. */
export async function probeSes(mailer: Mailer, settings: Pick<Settings, 'sender' | 'newsletterName'>): Promise<SubmitOutcome> {
  const [outcome] = await mailer.submit([probeMessage(randomBytes(9).toString('hex'), settings)], async () => 'go');
  return outcome ?? { kind: 'not_sent', reason: 'The probe was not begun.' };
}
