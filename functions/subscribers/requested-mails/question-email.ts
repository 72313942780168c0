import { paletteOf } from '../../../emails/brand.ts';
import { compileEmail } from '../../../emails/compile-email.ts';
import { labelled } from '../../../emails/publisher-placeholders.ts';
import type { Settings } from '../../settings/settings.ts';
import { languages, mailsWords, newsletterWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';

/** What such a mail says; `expiry` and `ignore` are one paragraph where it is plain text. */
export type QuestionWords = Record<'subject' | 'preheader' | 'heading' | 'ask' | 'button' | 'expiry' | 'ignore' | 'who', string>;

/** A mail of one question and its link, from the publisher, with nothing of any list in it. */
export async function questionEmail(
  { locale, url, button, ...says }: QuestionWords & { locale: ReaderLocale; url: string },
  settings: Settings,
  publicOrigin: string,
): Promise<{ subject: string; html: string; text: string }> {
  const { newsletterName, legalName, postalAddress, contact, privacyNotice } = settings;
  const { contact: contactWords, privacy: privacyWords } = newsletterWords[locale];
  const html = await compileEmail(
    'confirmation',
    {
      ...says,
      buttonWords: button,
      linkWords: mailsWords[locale].linkWords,
      language: locale,
      newsletter: newsletterName,
      homeUrl: `${publicOrigin}/?lang=${locale}`,
      confirmUrl: url,
      legalName,
      postalAddress,
      contact,
      contactWords,
      privacyUrl: privacyNotice,
      privacyWords,
    },
    paletteOf(settings.brand),
  );
  const text = [
    newsletterName,
    says.ask,
    url,
    `${says.expiry}${languages[locale].sentenceSpace}${says.ignore}`,
    [says.who, legalName, postalAddress, labelled(contactWords, contact, locale), labelled(privacyWords, privacyNotice, locale)].join('\n'),
  ].join('\n\n');
  return { subject: says.subject, html, text: `${text}\n` };
}
