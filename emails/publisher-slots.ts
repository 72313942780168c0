import type { Settings } from '../functions/platform/settings.ts';
import type { Words } from './words.ts';

type Publisher = Pick<Settings, 'newsletterName' | 'legalName' | 'postalAddress' | 'contact' | 'privacyNotice'>;

/** Who writes and how to reach them: the law asks for it at the foot of every mail. */
export const publisherSlots = (settings: Publisher, origin: string, words: Words) => ({
  newsletter: settings.newsletterName,
  homeUrl: `${origin}/`,
  legalName: settings.legalName,
  postalAddress: settings.postalAddress,
  contact: settings.contact,
  contactWords: words.contact,
  privacyUrl: settings.privacyNotice,
  privacyWords: words.privacy,
});

/** The same for a plain text. */
export const publisherText = (settings: Publisher, words: Words) =>
  [
    settings.legalName,
    settings.postalAddress,
    `${words.contact}${words.colon}${settings.contact}`,
    `${words.privacy}${words.colon}${settings.privacyNotice}`,
  ].join('\n');
