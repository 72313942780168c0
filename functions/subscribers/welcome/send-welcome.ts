import { composeMessage } from '../../mail/compose-message.ts';
import { feedbackTags } from '../../mail/feedback-id.ts';
import { automaticHeaders, listHeaders } from '../../mail/list-headers.ts';
import type { Now } from '../../platform/clock.ts';
import type { KeyRing } from '../../platform/sealing/key-ring.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { type ReaderLinks, readerLinks } from '../reader-links.ts';
import { type SubmitServices, submitAtLeastOnce } from '../requested-mails/submit-mail.ts';
import type { SubscriberStore } from '../subscriber-store.ts';
import type { WelcomeMessage } from './welcome-message.ts';

export type Welcome = { locale: ReaderLocale; links: ReaderLinks; newest: WelcomeMessage['newest'] };

export type WriteWelcome = (welcome: Welcome) => Promise<{ subject: string; html: string; text: string }>;

export type WelcomeServices = SubmitServices & {
  subscribers: Pick<SubscriberStore, 'find'>;
  writeWelcome: WriteWelcome;
  ring: KeyRing;
  settings: Pick<Settings, 'newsletterName' | 'sender' | 'replyTo' | 'unsubscribeMailbox'>;
  publicOrigin: string;
  now: Now;
};

/**
 * Greets a reader, from the address that digests come from, so that both land in the same place. A mail of a list, with
 * everything that lets one leave it; a reader who has left before it was written gets none.
 */
export async function sendWelcome(message: WelcomeMessage, services: WelcomeServices) {
  const { subscribers, writeWelcome, ring, settings, publicOrigin, now } = services;
  const reader = await subscribers.find(message.reader);
  if (reader?.state !== 'confirmed') return 'not_subscribed';
  const { id, address, locale } = reader;
  const links = readerLinks(ring, publicOrigin)(id);
  const { sender: from, replyTo } = settings;
  const headers = { ...listHeaders(settings, links.unsubscribeUrl), ...automaticHeaders };
  const written = await writeWelcome({ locale, links, newest: message.newest });
  const raw = composeMessage({ ...written, from, to: address, replyTo, language: locale, headers, date: now() });
  const tags = { kind: 'welcome', reader: id };
  return submitAtLeastOnce({ from: from.address, to: address, raw, tags: { ...tags, ...feedbackTags(tags) } }, services);
}
