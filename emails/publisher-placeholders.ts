import type { Settings } from '../functions/settings/settings.ts';
import { languages, newsletterWords } from '../functions/words/languages.ts';
import type { ReaderLocale } from '../functions/words/locale.ts';

type Publisher = Pick<Settings, 'newsletterName' | 'legalName' | 'postalAddress' | 'contact' | 'privacyNotice' | 'brand'>;

/** Who writes and how to reach them: the law asks for it at the foot of every mail. */
export const publisherPlaceholders = (settings: Publisher, origin: string, locale: ReaderLocale) => ({
  newsletter: settings.newsletterName,
  homeUrl: `${origin}/`,
  legalName: settings.legalName,
  postalAddress: settings.postalAddress,
  contact: settings.contact,
  contactWords: newsletterWords[locale].contact,
  privacyUrl: settings.privacyNotice,
  privacyWords: newsletterWords[locale].privacy,
});

/** What is the newsletter's own at the head and the foot of a digest. */
export const brandPlaceholders = ({ newsletterName, brand }: Publisher) => ({
  logoUrl: brand?.logo?.url ?? '',
  logoWidth: String(brand?.logo?.width ?? ''),
  logoHeight: String(brand?.logo?.height ?? ''),
  // Where a logo is, the name is its alternative text.
  nameInWords: brand?.logo ? '' : newsletterName,
  mastheadWords: brand?.masthead ?? '',
  footerWords: brand?.footer ?? '',
});

/** Who writes, for a plain text. */
export const publisherText = (settings: Publisher, locale: ReaderLocale) =>
  [
    settings.legalName,
    settings.postalAddress,
    labelled(newsletterWords[locale].contact, settings.contact, locale),
    labelled(newsletterWords[locale].privacy, settings.privacyNotice, locale),
  ].join('\n');

/** A line of a plain text: what it is, and what it says. */
export const labelled = (label: string, value: string, locale: ReaderLocale) => `${label}${languages[locale].colon}${value}`;
