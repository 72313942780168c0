import { Html, html } from '../platform/html.ts';
import { type ReaderLocale, readerLocales } from '../platform/locale.ts';
import { type Page, pageHref, type Site } from './page-layout.ts';

const words = {
  'zh-CN': {
    title: '订阅设置',
    lead: (name: string, address: Html) => html`${address} 正在接收《${name}》。`,
    language: '邮件里的说明和链接用哪种语言？',
    save: '保存',
    saved: '已保存，从下一封邮件起生效。',
    leave: '不想再收到了？',
    leaveText: '退订马上生效，也不会问你原因。',
    leaveButton: '退订',
  },
  'zh-TW': {
    title: '訂閱設定',
    lead: (name: string, address: Html) => html`${address} 正在接收《${name}》。`,
    language: '信件裡的說明和連結要用哪種語言？',
    save: '儲存',
    saved: '已儲存，從下一封信開始生效。',
    leave: '不想再收到了？',
    leaveText: '取消訂閱立即生效，也不會問你原因。',
    leaveButton: '取消訂閱',
  },
  en: {
    title: 'Your subscription',
    lead: (name: string, address: Html) => html`${address} receives ${name}.`,
    language: 'Which language should the notes and links around each issue be in?',
    save: 'Save',
    saved: 'Saved. It applies from the next email on.',
    leave: 'Had enough?',
    leaveText: 'Unsubscribing takes effect at once, and nobody asks why.',
    leaveButton: 'Unsubscribe',
  },
} as const satisfies Record<ReaderLocale, object>;

/** Of the mails. */
const languages: Record<ReaderLocale, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' };

export type Preferences = { token: string; maskedAddress: string; chosen: ReaderLocale; saved?: boolean };

/** What the holder of a mail may change; the address is masked, because mails get forwarded. */
export function preferencesPage({ settings }: Site, locale: ReaderLocale, { token, maskedAddress, chosen, saved }: Preferences): Page {
  const says = words[locale];
  const self = { path: '/preferences', token };
  const action = pageHref(self, locale);
  return {
    locale,
    title: says.title,
    self,
    personal: true,
    main: html`<h1>${says.title}</h1>
${saved && html`<p class="lead done" role="status">${says.saved}</p>`}
<p class="lead">${says.lead(settings.newsletterName, html`<span class="address">${maskedAddress}</span>`)}</p>
<form class="card" method="post" action="${action}">
<fieldset><legend>${says.language}</legend>
${readerLocales.map(
  (each) =>
    html`<div class="choice"><input type="radio" id="locale-${each}" name="locale" value="${each}"${each === chosen && new Html(' checked')}><label for="locale-${each}" lang="${each}">${languages[each]}</label></div>`,
)}
</fieldset>
<div class="act"><button type="submit">${says.save}</button></div>
</form>
<section class="card" aria-labelledby="leave"><h2 id="leave">${says.leave}</h2>
<p>${says.leaveText}</p>
<form class="act" method="post" action="${action}"><button class="quiet" type="submit" name="leave" value="yes">${says.leaveButton}</button></form></section>`,
  };
}
