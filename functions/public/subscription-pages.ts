import { Html, html } from '../platform/html.ts';
import type { ReaderLocale } from '../platform/locale.ts';
import { leavingReasons } from '../subscribers/subscriber.ts';
import { consentFacts } from './consent/consent-facts.ts';
import { shownWords } from './consent/shown-words.ts';
import { type Page, pageHref, type Site, signUpHref } from './page-layout.ts';
import { leavingWords } from './preferences/leaving-words.ts';

/** Minutes in words, whole hours as such. */
function spanOf(locale: ReaderLocale, minutes: number) {
  const hours = minutes / 60;
  if (!Number.isInteger(hours)) return { 'zh-CN': `${minutes} 分钟`, 'zh-TW': `${minutes} 分鐘`, en: `${minutes} minutes` }[locale];
  return { 'zh-CN': `${hours} 小时`, 'zh-TW': `${hours} 小時`, en: hours === 1 ? 'hour' : `${hours} hours` }[locale];
}

const words = {
  'zh-CN': {
    check: '请查收邮件',
    checkLead: '确认邮件已经在路上了。请打开邮箱，点邮件里的链接确认，订阅就完成了。',
    checkThen: '几分钟后还没有收到？请看看垃圾邮件箱，再看看地址有没有写错，写错了就',
    howOften: (minutes: number, most: number) => `同一个地址，${spanOf('zh-CN', minutes)}内最多寄一封确认邮件，30 天内最多 ${most} 封。`,
    again: '重新填一次',
    confirm: (name: string) => `订阅《${name}》？`,
    confirmLead: (address: Html) => html`再点一下，${address} 就会收到我们的下一封邮件。`,
    confirmButton: '确认订阅',
    confirmThen: '不是你本人操作的？关掉这个页面就好，不确认我们就不会再写信给你。',
    confirmed: '订阅成功',
    confirmedLead: (schedule: string) => `欢迎。${schedule}，我们在你的邮箱里见。`,
    confirmedThen: '每封邮件的末尾都有退订链接，随时可以离开。',
    leaveNow: '按错了？现在就退订',
    unsubscribe: (name: string) => `不再接收《${name}》？`,
    unsubscribeLead: (address: Html) => html`点一下按钮，${address} 就不会再收到我们的邮件。`,
    unsubscribeButton: '退订',
    unsubscribed: '已经退订',
    unsubscribedLead: '我们不会再给你寄邮件了。谢谢你读过我们。',
    notOnList: '你不在我们的名单上',
    notOnListLead: '这个邮箱现在不会收到我们的邮件，不需要再做什么。',
    back: '点错了，或是改了主意？',
    signUp: '重新订阅',
  },
  'zh-TW': {
    check: '請查收信件',
    checkLead: '確認信已經寄出。請打開信箱，點信裡的連結確認，訂閱就完成了。',
    checkThen: '幾分鐘後還沒收到？請看看垃圾郵件匣，再看看地址有沒有寫錯，寫錯了就',
    howOften: (minutes: number, most: number) => `同一個地址，${spanOf('zh-TW', minutes)}內最多寄一封確認信，30 天內最多 ${most} 封。`,
    again: '重新填一次',
    confirm: (name: string) => `訂閱《${name}》？`,
    confirmLead: (address: Html) => html`再按一下，${address} 就會收到我們的下一封信。`,
    confirmButton: '確認訂閱',
    confirmThen: '不是你本人操作的？關掉這個頁面就好，沒有確認，我們就不會再寫信給你。',
    confirmed: '訂閱成功',
    confirmedLead: (schedule: string) => `歡迎。${schedule}，我們在你的信箱裡見。`,
    confirmedThen: '每封信的末尾都有取消訂閱的連結，隨時可以離開。',
    leaveNow: '按錯了？現在就取消訂閱',
    unsubscribe: (name: string) => `不再接收《${name}》？`,
    unsubscribeLead: (address: Html) => html`按一下按鈕，${address} 就不會再收到我們的信。`,
    unsubscribeButton: '取消訂閱',
    unsubscribed: '已經取消訂閱',
    unsubscribedLead: '我們不會再寄信給你了。謝謝你讀過我們。',
    notOnList: '你不在我們的名單上',
    notOnListLead: '這個信箱現在不會收到我們的信，不需要再做什麼。',
    back: '按錯了，或是改變了主意？',
    signUp: '重新訂閱',
  },
  en: {
    check: 'Check your inbox',
    checkLead: 'A confirmation mail is on its way. Open it, follow its link and say yes, and you are subscribed.',
    checkThen: 'Nothing after a few minutes? Look into the spam folder, or check the address for a slip: ',
    howOften: (minutes: number, most: number) =>
      `One address gets at most one such mail every ${spanOf('en', minutes)}, and at most ${most} in 30 days.`,
    again: 'fill in the form again',
    confirm: (name: string) => `Subscribe to ${name}?`,
    confirmLead: (address: Html) => html`One more click, and ${address} gets our next issue.`,
    confirmButton: 'Yes, subscribe me',
    confirmThen: 'This was not you? Close this page. Unless you confirm, we do not write to you again.',
    confirmed: 'You are subscribed',
    confirmedLead: (schedule: string) => `Welcome. You will hear from us ${schedule}.`,
    confirmedThen: 'Every email ends with an unsubscribe link, so you can leave whenever you like.',
    leaveNow: 'Changed your mind? Unsubscribe now.',
    unsubscribe: (name: string) => `Stop receiving ${name}?`,
    unsubscribeLead: (address: Html) => html`One click, and ${address} gets no more mail from us.`,
    unsubscribeButton: 'Unsubscribe',
    unsubscribed: 'You are unsubscribed',
    unsubscribedLead: 'We will not write to you again. Thank you for having read us.',
    notOnList: 'You are not on our list',
    notOnListLead: 'This address gets no mail from us, and there is nothing left to do.',
    back: 'Clicked by mistake, or changed your mind? ',
    signUp: 'Subscribe again',
  },
} as const satisfies Record<ReaderLocale, object>;

const shown = (maskedAddress: string) => html`<span class="address">${maskedAddress}</span>`;

const button = (path: string, token: string, locale: ReaderLocale, text: string) =>
  html`<form class="act" method="post" action="${pageHref({ path, token }, locale)}"><button type="submit">${text}</button></form>`;

const comeBack = (locale: ReaderLocale) =>
  html`<p class="then">${words[locale].back}<a href="${signUpHref(locale)}">${words[locale].signUp}</a></p>`;

/** After a sign-up, whoever it was: the same page for an address we know and for one we do not. */
export function checkYourMailPage({ settings }: Site, locale: ReaderLocale): Page {
  const says = words[locale];
  const { minutesBetweenConfirmations, confirmationsIn30Days } = settings.limits;
  return {
    status: 202,
    locale,
    title: says.check,
    self: { path: '/' },
    personal: true,
    main: html`<h1>${says.check}</h1>
<p class="lead">${says.checkLead}</p>
<p class="then">${says.checkThen}<a href="${signUpHref(locale)}">${says.again}</a>${locale === 'en' ? '.' : '。'}</p>
<p class="hint">${says.howOften(minutesBetweenConfirmations, confirmationsIn30Days)}</p>`,
  };
}

type Opened = { locale: ReaderLocale; token: string };

/** What somebody agrees to by pressing the button, whichever address it is about. */
export const confirmWords = (site: Site, locale: ReaderLocale) => {
  const { confirm, confirmLead, confirmButton, confirmThen } = words[locale];
  return shownWords('confirm', site, locale, [
    confirm(site.settings.newsletterName),
    confirmLead(new Html('…')).markup,
    confirmButton,
    confirmThen,
  ]);
};

/**
 * The page behind the link of a confirmation mail: it changes nothing until its button is pressed. Whoever signed up by a
 * program reads here for the first time what they agree to.
 */
export function confirmPage(site: Site, { locale, token }: Opened, maskedAddress: string): Page {
  const says = words[locale];
  const title = says.confirm(site.settings.newsletterName);
  return {
    locale,
    title,
    self: { path: '/confirm', token },
    personal: true,
    main: html`<h1>${title}</h1>
<p class="lead">${says.confirmLead(shown(maskedAddress))}</p>
${button('/confirm', token, locale, says.confirmButton)}
<p class="then">${says.confirmThen}</p>
${consentFacts(site, locale)}`,
  };
}

/** `leaveHref`: the way out, for whoever pressed the button by mistake; the first digest may be a week away. */
export function confirmedPage({ locale, token }: Opened, schedule: string, leaveHref: string): Page {
  const says = words[locale];
  return {
    locale,
    title: says.confirmed,
    self: { path: '/confirm', token },
    personal: true,
    main: html`<h1 class="done">${says.confirmed}</h1>
<p class="lead">${says.confirmedLead(schedule)}</p>
<p class="then">${says.confirmedThen} <a href="${leaveHref}">${says.leaveNow}</a></p>`,
  };
}

export function unsubscribePage({ settings }: Site, { locale, token }: Opened, maskedAddress: string): Page {
  const says = words[locale];
  const title = says.unsubscribe(settings.newsletterName);
  return {
    locale,
    title,
    self: { path: '/unsubscribe', token },
    personal: true,
    main: html`<h1>${title}</h1>
<p class="lead">${says.unsubscribeLead(shown(maskedAddress))}</p>
${button('/unsubscribe', token, locale, says.unsubscribeButton)}`,
  };
}

/**
 * `path`: the page they left by, so that the language switch shows what is true now. Why they leave is asked here, when it
 * is done, and never before; `thanked` when they have said it.
 */
export function unsubscribedPage({ locale, token }: Opened, path: string, thanked = false): Page {
  const says = words[locale];
  const why = leavingWords[locale];
  return {
    locale,
    title: says.unsubscribed,
    self: { path, token },
    personal: true,
    main: html`<h1 class="done">${says.unsubscribed}</h1>
<p class="lead">${says.unsubscribedLead}</p>
${
  thanked
    ? html`<p class="lead done" role="status">${why.thanks}</p>`
    : html`<form class="card" method="post" action="${pageHref({ path, token }, locale)}"><fieldset><legend>${why.ask}</legend>
${leavingReasons.map(
  (reason) =>
    html`<div class="choice"><input type="radio" id="reason-${reason}" name="reason" value="${reason}"><label for="reason-${reason}">${why[reason]}</label></div>`,
)}
</fieldset><div class="act"><button class="quiet" type="submit">${why.send}</button></div></form>`
}
${comeBack(locale)}`,
  };
}

/** For a link of somebody who left, was erased or suppressed: there is nothing to do, and that is said. */
export function notOnListPage({ locale, token }: Opened, path: string): Page {
  const says = words[locale];
  return {
    locale,
    title: says.notOnList,
    self: { path, token },
    personal: true,
    main: html`<h1>${says.notOnList}</h1>
<p class="lead">${says.notOnListLead}</p>
${comeBack(locale)}`,
  };
}
