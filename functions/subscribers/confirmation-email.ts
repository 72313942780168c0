import type { ReaderLocale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
import { confirmDays } from './reader-token.ts';
import { type QuestionWords, questionEmail } from './requests/question-email.ts';
import type { WriteConfirmation } from './send-confirmation.ts';

const words = {
  'zh-CN': (name: string, host: string) => ({
    subject: `请确认订阅《${name}》`,
    preheader: '点一下链接，订阅就完成了。',
    heading: '只差一步',
    ask: `有人在 ${host} 用这个邮箱订阅了《${name}》。如果是你，请点一下确认。`,
    buttonWords: '确认订阅',
    expiry: `链接 ${confirmDays} 天内有效。`,
    ignore: '不是你？不用理会这封信：不确认，就不会订阅。',
    who: `这封信由《${name}》的订阅页面自动寄出。`,
  }),
  'zh-TW': (name: string, host: string) => ({
    subject: `請確認訂閱《${name}》`,
    preheader: '按一下連結，訂閱就完成了。',
    heading: '只差一步',
    ask: `有人在 ${host} 用這個信箱訂閱了《${name}》。如果是你，請按一下確認。`,
    buttonWords: '確認訂閱',
    expiry: `連結 ${confirmDays} 天內有效。`,
    ignore: '不是你？不用理會這封信：不確認，就不會訂閱。',
    who: `這封信由《${name}》的訂閱頁面自動寄出。`,
  }),
  en: (name: string, host: string) => ({
    subject: `Confirm your subscription to ${name}`,
    preheader: 'One click, and you are subscribed.',
    heading: 'One step left',
    ask: `Somebody used this address at ${host} to subscribe to ${name}. If it was you, please confirm.`,
    buttonWords: 'Yes, subscribe me',
    expiry: `The link works for ${confirmDays} days.`,
    ignore: 'It was not you? Just leave this mail alone: without your yes, nothing is subscribed.',
    who: `Sent automatically by the sign-up page of ${name}.`,
  }),
} as const satisfies Record<ReaderLocale, (name: string, host: string) => QuestionWords>;

/** To somebody who stands on an earlier list and never confirmed: it was not their doing, and they are asked once. */
const askedOnce = {
  'zh-CN': (name: string) => ({
    preheader: '还想收到的话，点一下链接就好。只问这一次。',
    ask: `你的邮箱在《${name}》以前的名单上，但一直没有确认过订阅。还想收到的话，请点一下确认。`,
    ignore: '不想收到？不用理会这封信：不确认，就不会订阅，也不会再问。',
    who: `因为你的邮箱在《${name}》以前的名单上，这封信只寄这一次。`,
  }),
  'zh-TW': (name: string) => ({
    preheader: '還想收到的話，按一下連結就好。只問這一次。',
    ask: `你的信箱在《${name}》以前的名單上，但一直沒有確認過訂閱。還想收到的話，請按一下確認。`,
    ignore: '不想收到？不用理會這封信：不確認，就不會訂閱，也不會再問。',
    who: `因為你的信箱在《${name}》以前的名單上，這封信只寄這一次。`,
  }),
  en: (name: string) => ({
    preheader: 'One click if you still want it. We ask only once.',
    ask: `Your address is on an earlier list of ${name}, but was never confirmed. If you would like to get it, please confirm.`,
    ignore: 'You do not want it? Just leave this mail alone: without your yes nothing is subscribed, and you are not asked again.',
    who: `Sent once, because your address is on an earlier list of ${name}.`,
  }),
} as const satisfies Record<ReaderLocale, (name: string) => Partial<QuestionWords>>;

/** The "please confirm" mail: nothing but the question and its link. The same for everybody, whatever we know of them. */
export const confirmationEmail =
  (settings: Settings, publicOrigin: string): WriteConfirmation =>
  async (locale, url, occasion = 'sign-up') => {
    const { newsletterName } = settings;
    const signUp = words[locale](newsletterName, new URL(publicOrigin).host);
    const says = occasion === 'import' ? { ...signUp, ...askedOnce[locale](newsletterName) } : signUp;
    return questionEmail({ ...says, locale, url }, settings, publicOrigin);
  };
