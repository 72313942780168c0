import { Html, html, worded } from '../../platform/html.ts';
import { moveAgainMinutes } from '../../subscribers/account/reader-account.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { type Page, pageHref, type Site, signUpHref } from '../page-layout.ts';

export type Management = {
  token: string;
  maskedAddress: string;
  said?: 'moveSent' | 'moveAlready' | undefined;
  /** What was typed for a new address, and what is wrong with it, in words. */
  newAddress?: string;
  addressFault?: string | undefined;
  notSure?: boolean;
};

const shown = (maskedAddress: string) => html`<span class="address">${maskedAddress}</span>`;

/** What the second link opens, mailed to the address on file and valid for an hour: address, data, deletion. */
export function managePage(locale: ReaderLocale, management: Management): Page {
  const { token, maskedAddress, said, newAddress = '', addressFault, notSure } = management;
  const says = pagesWords[locale].manage;
  const self = { path: '/preferences', token };
  const action = pageHref(self, locale);
  const wrong = addressFault && new Html(' aria-describedby="address-fault" aria-invalid="true" autofocus');
  return {
    status: addressFault || notSure ? 400 : 200,
    locale,
    title: says.title,
    self,
    personal: true,
    main: html`<h1>${says.title}</h1>
${said && html`<p class="lead done" role="status">${said === 'moveSent' ? says.moveSent : says.moveAlready({ minutes: moveAgainMinutes })}</p>`}
<p class="lead">${worded(says.lead, { address: shown(maskedAddress) })}</p>
<section class="card" aria-labelledby="move"><h2 id="move">${says.move}</h2>
<p>${says.moveText}</p>
<form method="post" action="${action}" novalidate><label for="new-address">${says.newAddress}</label>
<div class="entry"><input type="email" id="new-address" name="newAddress" value="${newAddress}" required autocomplete="email" autocapitalize="none" spellcheck="false" inputmode="email"${wrong}>
${addressFault && html`<p class="wrong" id="address-fault">${addressFault}</p>`}<button type="submit">${says.moveButton}</button></div></form></section>
<section class="card" aria-labelledby="data"><h2 id="data">${says.data}</h2>
<p>${says.dataText}</p>
<form class="act" method="post" action="${action}"><button class="quiet" type="submit" name="download" value="yes">${says.dataButton}</button></form></section>
<section class="card" aria-labelledby="erase"><h2 id="erase">${says.erase}</h2>
<p>${says.eraseText}</p>
<form method="post" action="${action}"><div class="box"><input type="checkbox" id="sure" name="sure" value="yes"${notSure && new Html(' aria-describedby="sure-fault" aria-invalid="true" autofocus')}><label for="sure">${says.sure}</label></div>
${notSure && html`<p class="wrong" id="sure-fault">${says.notSure}</p>`}
<div class="act"><button class="quiet" type="submit" name="erase" value="yes">${says.eraseButton}</button></div></form></section>`,
  };
}

export function erasedPage(locale: ReaderLocale): Page {
  const says = pagesWords[locale].manage;
  return {
    locale,
    title: says.erased,
    self: { path: '/' },
    personal: true,
    main: html`<h1 class="done">${says.erased}</h1>
<p class="lead">${says.erasedLead}</p>`,
  };
}

type Opened = { locale: ReaderLocale; token: string };

/** Behind the link in the new mailbox: nothing changes until its button is pressed. */
export function movePage({ settings }: Site, { locale, token }: Opened, maskedAddress: string): Page {
  const says = pagesWords[locale].manage;
  const title = says.moveAsk({ name: settings.newsletterName });
  const self = { path: '/confirm', token };
  return {
    locale,
    title,
    self,
    personal: true,
    main: html`<h1>${title}</h1>
<p class="lead">${worded(says.moveAskLead, { address: shown(maskedAddress) })}</p>
<form class="act" method="post" action="${pageHref(self, locale)}"><button type="submit">${says.moveYes}</button></form>`,
  };
}

export function movedPage({ locale, token }: Opened): Page {
  const says = pagesWords[locale].manage;
  return {
    locale,
    title: says.moved,
    self: { path: '/confirm', token },
    personal: true,
    main: html`<h1 class="done">${says.moved}</h1>
<p class="lead">${says.movedLead}</p>
<p class="then"><a href="${signUpHref(locale)}">${pagesWords[locale].layout.home}</a></p>`,
  };
}
