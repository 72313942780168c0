import { paletteOf } from '../../../emails/brand.ts';
import { compileEmail } from '../../../emails/compile-email.ts';
import { wordsFor } from '../../../emails/words.ts';
import type { ReaderLocale } from '../../platform/locale.ts';
import type { Settings } from '../../platform/settings.ts';

/** What such a mail says; `expiry` and `ignore` are one paragraph where it is plain text. */
export type QuestionWords = Record<'subject' | 'preheader' | 'heading' | 'ask' | 'buttonWords' | 'expiry' | 'ignore' | 'who', string>;

const linkWords: Record<ReaderLocale, string> = {
  'zh-CN': '按钮打不开？把这个地址复制到浏览器里：',
  'zh-TW': '按鈕打不開？把這個網址複製到瀏覽器裡：',
  en: 'The button does not work? Copy this address into your browser:',
};

/** A mail of one question and its link, from the publisher, with nothing of any list in it. */
export async function questionEmail(
  { locale, url, ...says }: QuestionWords & { locale: ReaderLocale; url: string },
  settings: Settings,
  publicOrigin: string,
): Promise<{ subject: string; html: string; text: string }> {
  const { newsletterName, legalName, postalAddress, contact, privacyNotice } = settings;
  const { contact: contactWords, privacy: privacyWords, colon } = wordsFor(locale);
  const html = await compileEmail(
    'confirmation',
    {
      ...says,
      linkWords: linkWords[locale],
      language: locale,
      newsletter: newsletterName,
      homeUrl: `${publicOrigin}/?lang=${locale}`,
      confirmUrl: url,
      ...{ legalName, postalAddress, contact, contactWords, privacyUrl: privacyNotice, privacyWords },
    },
    paletteOf(settings.brand),
  );
  const text = [
    newsletterName,
    says.ask,
    url,
    `${says.expiry}${locale === 'en' ? ' ' : ''}${says.ignore}`,
    [says.who, legalName, postalAddress, `${contactWords}${colon}${contact}`, `${privacyWords}${colon}${privacyNotice}`].join('\n'),
  ].join('\n\n');
  return { subject: says.subject, html, text: `${text}\n` };
}
