import { scheduleWords } from '../../../emails/schedule-words.ts';
import type { Html } from '../../platform/html.ts';
import { html } from '../../platform/html.ts';
import type { ReaderLocale } from '../../platform/locale.ts';
import type { Site } from '../page-layout.ts';
import { placeWords, regionWords } from '../publisher-words.ts';

type ConsentWords = { facts: { term: string; description: Html }[]; transferAbroad: string };

/** What a person is told before they sign up: who writes, how often, how to leave, where their data goes. */
export function consentWords({ settings, region }: Site, locale: ReaderLocale): ConsentWords {
  const schedule = scheduleWords(settings, locale);
  const place = placeWords(region, locale);
  const placeAndRegion = regionWords(region, locale);
  const { newsletterName, legalName, postalAddress, contact, privacyNotice } = settings;
  const write = html`<a href="mailto:${contact}">${contact}</a>`;
  if (locale === 'zh-CN')
    return {
      facts: [
        { term: '谁在写', description: html`${legalName}，${postalAddress}。联系：${write}` },
        { term: '多久一封', description: html`${schedule}，没有新内容的那一期就不寄。` },
        { term: '怎样退订', description: html`每封邮件里都有退订链接，一点就退，不用登录，也不必说明理由。` },
        {
          term: '你的数据',
          description: html`只保存你的邮箱地址、语言和同意记录，只用来寄这份邮件，存放在 Amazon Web Services 位于${placeAndRegion}的机房。详见<a href="${privacyNotice}">隐私声明</a>。`,
        },
      ],
      transferAbroad: `我单独同意：为了收到《${newsletterName}》，把我的邮箱地址、语言和同意记录传输到中国境外，由 Amazon Web Services 在${place}存储并从那里寄信。我可以随时撤回同意，并写信到 ${contact} 查阅或删除我的信息。`,
    };
  if (locale === 'zh-TW')
    return {
      facts: [
        { term: '誰在寫', description: html`${legalName}，${postalAddress}。聯絡：${write}` },
        { term: '多久一封', description: html`${schedule}，沒有新內容的那一期就不寄。` },
        { term: '怎樣取消', description: html`每封信裡都有取消訂閱的連結，一按就好，不用登入，也不必說明理由。` },
        {
          term: '你的資料',
          description: html`只保存你的電子郵件地址、語言和同意紀錄，只用來寄這份電子報，存放在 Amazon Web Services 位於${placeAndRegion}的機房。詳見<a href="${privacyNotice}">隱私權聲明</a>。`,
        },
      ],
      transferAbroad: `我單獨同意：為了收到《${newsletterName}》，把我的電子郵件地址、語言和同意紀錄傳輸到中國大陸境外，由 Amazon Web Services 在${place}儲存並從那裡寄信。我可以隨時撤回同意，並寫信到 ${contact} 查閱或刪除我的資料。`,
    };
  return {
    facts: [
      { term: 'Who writes', description: html`${legalName}, ${postalAddress}. Write to us: ${write}` },
      { term: 'How often', description: html`One email ${schedule}; none when there is nothing new.` },
      { term: 'Leaving', description: html`Every email has an unsubscribe link. One click, no login, no reasons asked.` },
      {
        term: 'Your data',
        description: html`We keep your address, your language and the record of your consent, only to send you this, on servers of Amazon Web Services in ${placeAndRegion}. More in the <a href="${privacyNotice}">privacy notice</a>.`,
      },
    ],
    transferAbroad: `I agree separately that, so that I can receive ${newsletterName}, my email address, my language and the record of my consent are transferred out of mainland China to Amazon Web Services in ${place}, stored there, and mailed from there. I can withdraw this at any time, and see or delete my data by writing to ${contact}.`,
  };
}
