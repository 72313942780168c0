import { paletteOf } from '../../../emails/brand.ts';
import { compileEmail } from '../../../emails/compile-email.ts';
import { fontStacks } from '../../../emails/fonts.ts';
import { brandPlaceholders, labelled, publisherPlaceholders, publisherText } from '../../../emails/publisher-placeholders.ts';
import { scheduleWords } from '../../../emails/schedule-words.ts';
import { escapeHtml } from '../../platform/html.ts';
import type { Settings } from '../../settings/settings.ts';
import { mailsWords, newsletterWords } from '../../words/languages.ts';
import type { WriteWelcome } from './send-welcome.ts';

/** The first mail of a list: what comes and when, what there is to read already, and the same foot as every digest. */
export const welcomeEmail =
  (settings: Settings, publicOrigin: string): WriteWelcome =>
  async ({ locale, links, newest }) => {
    const { newsletterName: newsletter, sender, brand } = settings;
    const { welcome } = mailsWords[locale];
    const around = newsletterWords[locale];
    const schedule = scheduleWords(settings, locale);
    const subject = welcome.subject({ name: newsletter });
    const lead = welcome.lead({ name: newsletter, schedule });
    const keep = welcome.keep({ sender: sender.address });
    const why = around.why({ name: newsletter });
    const newestUrl = newest ? `${publicOrigin}/archive/${newest.slug}?lang=${locale}` : '';
    const archiveUrl = `${publicOrigin}/archive?lang=${locale}`;
    const html = await compileEmail(
      'welcome',
      {
        ...publisherPlaceholders(settings, publicOrigin, locale),
        ...brandPlaceholders(settings),
        subject,
        lead,
        keep,
        preheader: welcome.preheader({ schedule }),
        heading: welcome.heading,
        reply: welcome.reply,
        newestWords: welcome.newest,
        archiveWords: welcome.archive,
        language: locale,
        readerLanguage: locale,
        readerDirection: '',
        readerFont: fontStacks(locale).sans,
        why,
        newestUrl,
        archiveUrl,
        newestTitle: newest?.title ?? '',
        newestLanguage: newest?.language ?? '',
        unsubscribeUrl: escapeHtml(links.unsubscribeUrl),
        unsubscribeWords: around.unsubscribe,
        preferencesUrl: escapeHtml(links.preferencesUrl),
        preferencesWords: around.preferences,
      },
      paletteOf(brand),
    );
    const text = [
      [newsletter, brand?.masthead].filter(Boolean).join('\n'),
      welcome.heading,
      lead,
      newest && `${labelled(welcome.newest, newest.title, locale)}\n${newestUrl}`,
      labelled(welcome.archive, archiveUrl, locale),
      `${keep}\n${welcome.reply}`,
      '———',
      why,
      brand?.footer,
      publisherText(settings, locale),
      `${labelled(around.unsubscribe, links.unsubscribeUrl, locale)}\n${labelled(around.preferences, links.preferencesUrl, locale)}\n`,
    ];
    return { subject, html, text: text.filter(Boolean).join('\n\n') };
  };
