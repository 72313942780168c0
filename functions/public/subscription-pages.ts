import { html, worded } from '../platform/html.ts';
import { leavingReasons } from '../subscribers/subscriber.ts';
import { languages, pagesWords } from '../words/languages.ts';
import type { ReaderLocale } from '../words/locale.ts';
import { inFrame, type Page, pageHref, type Site, signUpHref } from './page-layout.ts';

const shown = (maskedAddress: string) => html`<span class="address">${maskedAddress}</span>`;

const button = (path: string, token: string, locale: ReaderLocale, text: string) =>
  html`<form class="act" method="post" action="${pageHref({ path, token }, locale)}"><button type="submit">${text}</button></form>`;

function comeBack(locale: ReaderLocale) {
  const says = pagesWords[locale].subscription;
  return html`<p class="then">${says.back}${languages[locale].sentenceSpace}<a href="${signUpHref(locale)}">${says.signUp}</a></p>`;
}

/** Until a mail that waits in the line has left, at most; or that no mail of the account can leave now. */
export type MailWait = { mailWithinMinutes: number } | { mailDelayed: true };

/** After a sign-up: the same page for an address that is known and for one that is not. */
export function checkYourMailPage({ settings }: Site, locale: ReaderLocale, waits?: MailWait, framed = false): Page {
  const says = pagesWords[locale].subscription;
  const { minutesBetweenConfirmations, confirmationsIn30Days } = settings.limits;
  return {
    status: 202,
    locale,
    title: says.check,
    self: { path: framed ? '/form' : '/' },
    personal: true,
    framed,
    main: html`<h1>${says.check}</h1>
<p class="lead">${checkLead(waits, locale)}</p>
<p class="then">${worded(waits === undefined ? says.checkThen : says.lineThen, { again: html`<a href="${framed ? pageHref({ path: '/form' }, locale) : signUpHref(locale)}"${framed && inFrame}>${says.again}</a>` })}</p>
<p class="hint">${says.howOften({ minutes: minutesBetweenConfirmations, most: confirmationsIn30Days })}</p>`,
  };
}

function checkLead(waits: MailWait | undefined, locale: ReaderLocale): string {
  const says = pagesWords[locale].subscription;
  if (waits === undefined) return says.checkLead;
  return 'mailDelayed' in waits ? says.delayedLead : says.lineLead({ minutes: waits.mailWithinMinutes });
}

type Opened = { locale: ReaderLocale; token: string };

/** `leaveHref`: for readers who pressed the button by mistake, because the first digest may be a week away. */
export function confirmedPage({ locale, token }: Opened, schedule: string, leaveHref: string): Page {
  const says = pagesWords[locale].subscription;
  return {
    locale,
    title: says.confirmed,
    self: { path: '/confirm', token },
    personal: true,
    main: html`<h1 class="done">${says.confirmed}</h1>
<p class="lead">${says.confirmedLead({ schedule })}</p>
<p class="then">${says.confirmedThen}${languages[locale].sentenceSpace}<a href="${leaveHref}">${says.leaveNow}</a></p>`,
  };
}

/** Without an address for a reader who has moved since the mail: an old link does not say where. */
export function unsubscribePage({ settings }: Site, { locale, token }: Opened, maskedAddress: string | undefined): Page {
  const says = pagesWords[locale].subscription;
  const title = says.unsubscribe({ name: settings.newsletterName });
  return {
    locale,
    title,
    self: { path: '/unsubscribe', token },
    personal: true,
    main: html`<h1>${title}</h1>
<p class="lead">${maskedAddress === undefined ? says.unsubscribeMoved : worded(says.unsubscribeLead, { address: shown(maskedAddress) })}</p>
${button('/unsubscribe', token, locale, says.unsubscribeButton)}`,
  };
}

/**
 * `path`: the page they left by, so that the language switch shows what is true now. Why they leave is asked here, when it
 * is done, and never before; `thanked` when they have said it.
 */
export function unsubscribedPage({ locale, token }: Opened, path: string, thanked = false): Page {
  const says = pagesWords[locale].subscription;
  const why = pagesWords[locale].leaving;
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
    html`<div class="choice"><input type="radio" id="reason-${reason}" name="reason" value="${reason}"><label for="reason-${reason}">${why.reasons[reason]}</label></div>`,
)}
</fieldset><div class="act"><button class="quiet" type="submit">${why.send}</button></div></form>`
}
${comeBack(locale)}`,
  };
}

/** For a link of somebody who left, was erased or suppressed: there is nothing to do, and that is said. */
export function notOnListPage({ locale, token }: Opened, path: string): Page {
  const says = pagesWords[locale].subscription;
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
