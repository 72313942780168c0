import { paletteOf } from '../../../emails/brand.ts';
import { compileEmail } from '../../../emails/compile-email.ts';
import { fillTemplate } from '../../../emails/fill-template.ts';
import { fontStacks } from '../../../emails/fonts.ts';
import { brandSlots, publisherSlots, publisherText } from '../../../emails/publisher-slots.ts';
import { scheduleWords } from '../../../emails/schedule-words.ts';
import { wordsFor } from '../../../emails/words.ts';
import { escapeHtml } from '../../platform/html.ts';
import type { ReaderLocale } from '../../platform/locale.ts';
import type { Settings } from '../../platform/settings.ts';
import type { WriteWelcome } from './send-welcome.ts';

const words = {
  'zh-CN': (name: string, schedule: string, sender: string) => ({
    subject: `欢迎订阅《${name}》`,
    preheader: `订阅成功，${schedule}见。`,
    heading: '订阅成功，欢迎',
    lead: `从现在起，《${name}》会寄到这个邮箱：${schedule}，没有新内容的那一期就不寄。`,
    newestWords: '先看看最近一期',
    archiveWords: '全部往期',
    keep: `为了不让信落进垃圾邮件，请把 ${sender} 加进通讯录。`,
    reply: '有话想说？直接回复这封信就行。',
  }),
  'zh-TW': (name: string, schedule: string, sender: string) => ({
    subject: `歡迎訂閱《${name}》`,
    preheader: `訂閱成功，${schedule}見。`,
    heading: '訂閱成功，歡迎',
    lead: `從現在起，《${name}》會寄到這個信箱：${schedule}，沒有新內容的那一期就不寄。`,
    newestWords: '先看看最近一期',
    archiveWords: '所有過往各期',
    keep: `為了不讓信掉進垃圾郵件，請把 ${sender} 加入通訊錄。`,
    reply: '有話想說？直接回覆這封信就可以。',
  }),
  en: (name: string, schedule: string, sender: string) => ({
    subject: `Welcome to ${name}`,
    preheader: `You are subscribed: one email ${schedule}.`,
    heading: 'You are subscribed. Welcome!',
    lead: `From now on ${name} comes to this address ${schedule}; when there is nothing new, nothing comes.`,
    newestWords: 'The latest issue, to begin with',
    archiveWords: 'All past issues',
    keep: `Add ${sender} to your contacts, so that it does not end up as spam.`,
    reply: 'Anything you would like to say? Just reply to this mail.',
  }),
} as const satisfies Record<ReaderLocale, unknown>;

/** The first mail of a list: what comes and when, what there is to read already, and the same foot as every digest. */
export const welcomeEmail =
  (settings: Settings, publicOrigin: string): WriteWelcome =>
  async ({ locale, links, newest }) => {
    const { newsletterName: newsletter, sender, brand } = settings;
    const says = words[locale](newsletter, scheduleWords(settings, locale), sender.address);
    const around = wordsFor(locale);
    const why = fillTemplate(around.why, { newsletter });
    const newestUrl = newest ? `${publicOrigin}/archive/${newest.slug}?lang=${locale}` : '';
    const archiveUrl = `${publicOrigin}/archive?lang=${locale}`;
    const html = await compileEmail(
      'welcome',
      {
        ...publisherSlots(settings, publicOrigin, around),
        ...brandSlots(settings),
        ...says,
        ...{ language: locale, readerLanguage: locale, readerFont: fontStacks(locale).sans, why, newestUrl, archiveUrl },
        ...{ newestTitle: newest?.title ?? '', newestLanguage: newest?.language ?? '' },
        ...{ webUrl: '', webWords: around.webVersion },
        ...{ unsubscribeUrl: escapeHtml(links.unsubscribeUrl), unsubscribeWords: around.unsubscribe },
        ...{ preferencesUrl: escapeHtml(links.preferencesUrl), preferencesWords: around.preferences },
      },
      paletteOf(brand),
    );
    const text = [
      [newsletter, brand?.masthead].filter(Boolean).join('\n'),
      says.heading,
      says.lead,
      newest && `${says.newestWords}${around.colon}${newest.title}\n${newestUrl}`,
      `${says.archiveWords}${around.colon}${archiveUrl}`,
      `${says.keep}\n${says.reply}`,
      '———',
      why,
      brand?.footer,
      publisherText(settings, around),
      `${around.unsubscribe}${around.colon}${links.unsubscribeUrl}\n${around.preferences}${around.colon}${links.preferencesUrl}\n`,
    ];
    return { subject: says.subject, html, text: text.filter(Boolean).join('\n\n') };
  };
