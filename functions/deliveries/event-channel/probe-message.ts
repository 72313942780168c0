import { composeMessage } from '../../mail/compose-message.ts';
import type { OutgoingMessage } from '../../mail/mailer.ts';
import type { Settings } from '../../settings/settings.ts';
import { probeAddress } from './event-channel.ts';

/** A mail whose only purpose is the event that SES makes of it. */
export function probeMessage(id: string, { sender, newsletterName }: Pick<Settings, 'sender' | 'newsletterName'>): OutgoingMessage {
  const words = `A probe of ${newsletterName}: does SES report what it accepts?`;
  const raw = composeMessage({
    from: sender,
    to: probeAddress,
    subject: words,
    html: `<p>Probe ${id}</p>`,
    text: `Probe ${id}`,
    language: 'en',
    headers: {},
  });
  return { from: sender.address, to: probeAddress, raw, tags: { kind: 'probe', probe: id } };
}
