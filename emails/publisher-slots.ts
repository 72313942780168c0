import type { Settings } from '../functions/platform/settings.ts';
import type { Words } from './words.ts';

type Publisher = Pick<Settings, 'newsletterName' | 'legalName' | 'postalAddress' | 'contact' | 'privacyNotice' | 'brand'>;

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

/** What is the newsletter's own at the head and the foot of a digest. */
export const brandSlots = ({ newsletterName, brand }: Publisher) => ({
  logoUrl: brand?.logo?.url ?? '',
  logoWidth: String(brand?.logo?.width ?? ''),
  logoHeight: String(brand?.logo?.height ?? ''),
  // Where a logo stands, the name is its alternative text.
  nameInWords: brand?.logo ? '' : newsletterName,
  mastheadWords: brand?.masthead ?? '',
  footerWords: brand?.footer ?? '',
});

/** Who writes, for a plain text. */
export const publisherText = (settings: Publisher, words: Words) =>
  [
    settings.legalName,
    settings.postalAddress,
    `${words.contact}${words.colon}${settings.contact}`,
    `${words.privacy}${words.colon}${settings.privacyNotice}`,
  ].join('\n');
