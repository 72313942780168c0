import type { ReaderLocale } from '../../platform/locale.ts';
import type { Settings } from '../../platform/settings.ts';
import { confirmDays, manageMinutes } from '../reader-token.ts';
import { type QuestionWords, questionEmail } from '../requests/question-email.ts';
import type { WriteAccountMail } from './account-mail.ts';
import type { AccountMail } from './reader-account.ts';

const words: Record<ReaderLocale, (name: string) => Record<AccountMail, QuestionWords>> = {
  'zh-CN': (name) => {
    const who = `这封信由《${name}》的订阅设置页面自动寄出。`;
    return {
      manage: {
        who,
        subject: `你在《${name}》的订阅资料`,
        preheader: '更换邮箱、查看或删除资料的链接。',
        heading: '你要的链接',
        ask: '用它可以更换邮箱、下载我们保存的资料，或者把资料全部删除。',
        buttonWords: '打开我的资料',
        expiry: `链接 ${manageMinutes} 分钟内有效。`,
        ignore: '不是你要的？不用理会，什么也不会改变；请不要把这封信转发给别人。',
      },
      move: {
        who,
        subject: `请确认新的邮箱：《${name}》`,
        preheader: '点一下链接，以后的邮件就寄到这里。',
        heading: '换到这个邮箱？',
        ask: `《${name}》的一位读者想改用这个邮箱接收邮件。如果是你，请点一下确认。`,
        buttonWords: '更换到这个邮箱',
        expiry: `链接 ${confirmDays} 天内有效。`,
        ignore: '不是你？不用理会这封信：不确认，就不会更换。',
      },
    };
  },
  'zh-TW': (name) => {
    const who = `這封信由《${name}》的訂閱設定頁面自動寄出。`;
    return {
      manage: {
        who,
        subject: `你在《${name}》的訂閱資料`,
        preheader: '更換信箱、查看或刪除資料的連結。',
        heading: '你要的連結',
        ask: '用它可以更換信箱、下載我們保存的資料，或者把資料全部刪除。',
        buttonWords: '打開我的資料',
        expiry: `連結 ${manageMinutes} 分鐘內有效。`,
        ignore: '不是你要的？不用理會，什麼也不會改變；請不要把這封信轉寄給別人。',
      },
      move: {
        who,
        subject: `請確認新的信箱：《${name}》`,
        preheader: '按一下連結，以後的信就寄到這裡。',
        heading: '換到這個信箱？',
        ask: `《${name}》的一位讀者想改用這個信箱收信。如果是你，請按一下確認。`,
        buttonWords: '更換到這個信箱',
        expiry: `連結 ${confirmDays} 天內有效。`,
        ignore: '不是你？不用理會這封信：沒有確認，就不會更換。',
      },
    };
  },
  en: (name) => {
    const who = `Sent automatically by the subscription page of ${name}.`;
    return {
      manage: {
        who,
        subject: `Your data at ${name}`,
        preheader: 'The link to change your address, see your data or delete it.',
        heading: 'The link you asked for',
        ask: 'With it you can change your address, download what we keep about you, or delete all of it.',
        buttonWords: 'Open my data',
        expiry: `The link works for ${manageMinutes} minutes.`,
        ignore: 'You did not ask? Leave this mail alone and nothing changes; please do not forward it to anybody.',
      },
      move: {
        who,
        subject: `Confirm your new address for ${name}`,
        preheader: 'One click, and emails come here from now on.',
        heading: 'Use this address?',
        ask: `A reader of ${name} would like to receive it at this address. If it is you, please confirm.`,
        buttonWords: 'Yes, use this address',
        expiry: `The link works for ${confirmDays} days.`,
        ignore: 'It was not you? Just leave this mail alone: without your yes, nothing changes.',
      },
    };
  },
};

/** The mails behind the page of one's own subscription, in the dress of the confirmation mail. */
export const accountEmail =
  (settings: Settings, publicOrigin: string): WriteAccountMail =>
  async (kind, locale, url) =>
    questionEmail({ ...words[locale](settings.newsletterName)[kind], locale, url }, settings, publicOrigin);
