import type { Locale } from '../functions/platform/locale.ts';
import type { Settings } from '../functions/platform/settings.ts';
import { compileEmail } from './compile-email.ts';
import { fillTemplate } from './fill-template.ts';
import { paragraphs } from './issue-text.ts';
import { publisherSlots, publisherText } from './publisher-slots.ts';
import { wordsFor } from './words.ts';

const confirmationWords = {
  'zh-CN': {
    subject: '请确认订阅《{{newsletter}}》',
    preheader: '还差一步：点一下按钮，订阅才会生效。',
    heading: '还差一步，请确认订阅',
    ask: '有人用这个邮箱地址订阅了《{{newsletter}}》。如果是你，请点下面的按钮确认，之后{{often}}你会收到一封。',
    buttonWords: '确认订阅',
    linkWords: '按钮点不开？请把这个链接复制到浏览器：',
    expiry: '链接 7 天内有效，过期后可以重新订阅。',
    ignore: '如果不是你，不必理会这封信：不确认就不会订阅，我们也不会再写信给你。',
    who: '这封信由《{{newsletter}}》发出，只因为有人在 {{home}} 填写了这个邮箱地址。',
  },
  en: {
    subject: 'Please confirm your subscription to {{newsletter}}',
    preheader: 'One step left: your subscription starts when you press the button.',
    heading: 'One step left: please confirm',
    ask: 'Somebody used this address to subscribe to {{newsletter}}. If it was you, please press the button below; from then on it comes {{often}}.',
    buttonWords: 'Confirm subscription',
    linkWords: 'The button does not work? Copy this link into your browser:',
    expiry: 'The link works for 7 days. After that you can subscribe again.',
    ignore: 'If it was not you, just leave this mail alone: without a confirmation there is no subscription, and we will not write again.',
    who: 'This mail was sent by {{newsletter}}, only because somebody entered this address at {{home}}.',
  },
} as const;

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export type ConfirmationInput = {
  settings: Pick<Settings, 'newsletterName' | 'legalName' | 'postalAddress' | 'contact' | 'privacyNotice' | 'schedule'>;
  publicOrigin: string;
  locale: Locale;
  confirmUrl: string;
};

/** The mail that asks whether the sign-up was the reader's own doing, in the language of the page it was made on. */
export async function confirmationEmail({ settings, publicOrigin, locale, confirmUrl }: ConfirmationInput) {
  const slots = { newsletter: settings.newsletterName, home: new URL(publicOrigin).host, often: howOften(settings, locale) };
  const say = (template: string) => fillTemplate(template, slots);
  const words = confirmationWords[locale];
  const [subject, heading, ask, who] = [say(words.subject), say(words.heading), say(words.ask), say(words.who)];
  const html = await compileEmail('confirmation', {
    ...words,
    ...publisherSlots(settings, publicOrigin, wordsFor(locale)),
    ...{ subject, heading, ask, who, confirmUrl, language: locale },
  });
  const question = [heading, ask, `${words.buttonWords}:\n${confirmUrl}`, words.expiry, words.ignore];
  return { subject, html, text: paragraphs([...question, '———', who, publisherText(settings, wordsFor(locale))]) };
}

function howOften({ schedule }: ConfirmationInput['settings'], locale: Locale) {
  // The first of January 2023 was a Sunday.
  const day = new Date(Date.UTC(2023, 0, 1 + weekdays.indexOf(schedule.weekday)));
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(day);
  return locale === 'zh-CN' ? `每${weekday}` : `every ${weekday}`;
}
