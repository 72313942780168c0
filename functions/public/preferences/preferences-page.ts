import { Html, html, worded } from '../../platform/html.ts';
import { secondLinkMinutes, secondLinksADay } from '../../subscribers/limits/second-link-limit.ts';
import { manageMinutes } from '../../subscribers/reader-token.ts';
import { dayOfMoment } from '../../words/dates.ts';
import { languages, pagesWords } from '../../words/languages.ts';
import { type ReaderLocale, readerLocales } from '../../words/locale.ts';
import { type Page, pageHref, type Site } from '../page-layout.ts';
import { topicBoxes } from './topic-choice.ts';

export const pauseMonths = [1, 2, 3] as const;

export type Preferences = {
  token: string;
  maskedAddress: string;
  locale: ReaderLocale;
  /** None means all. */
  topics: readonly string[];
  /** ISO, while it lies ahead. */
  pausedUntil?: string | undefined;
  /** What the last click did, and what was wrong with it. */
  said?: 'saved' | 'paused' | 'resumed' | 'ownSent' | 'ownAlready' | 'ownUsedUp' | undefined;
  noTopic?: boolean;
};

/** What the holder of a mail may change; the address is masked, because mails get forwarded. */
export function preferencesPage(site: Site, locale: ReaderLocale, preferences: Preferences): Page {
  const { token, maskedAddress, pausedUntil, said } = preferences;
  const { newsletterName: name, timeZone } = site.settings;
  const says = pagesWords[locale].preferences;
  const self = { path: '/preferences', token };
  const action = pageHref(self, locale);
  const address = html`<span class="address">${maskedAddress}</span>`;
  const day = pausedUntil && dayOfMoment(pausedUntil, timeZone, locale);
  const done = said === 'paused' ? day && says.pausedUntil({ day }) : said && doneWords(said, locale);
  return {
    status: preferences.noTopic ? 400 : 200,
    locale,
    title: says.title,
    self,
    personal: true,
    main: html`<h1>${says.title}</h1>
${done && html`<p class="lead done" role="status">${done}</p>`}
<p class="lead">${day ? worded(says.pausedLead, { name, address, day }) : worded(says.lead, { name, address })}</p>
${choices(site, locale, action, preferences)}
${breakCard(locale, action, pausedUntil ? [0] : pauseMonths)}
<section class="card" aria-labelledby="own"><h2 id="own">${says.own}</h2>
<p>${says.ownText({ minutes: manageMinutes })}</p>
<form class="act" method="post" action="${action}"><button class="quiet" type="submit" name="link" value="yes">${says.ownButton}</button></form></section>
${leaveCard(locale, action)}`,
  };
}

/** For a link of a mail to an address that its reader has changed since: it pauses and ends, and shows nothing of the new one. */
export function movedAwayPage(
  { locale, token }: { locale: ReaderLocale; token: string },
  { status = 200, said }: { status?: number; said?: 'paused' | 'resumed' } = {},
): Page {
  const says = pagesWords[locale].preferences;
  const self = { path: '/preferences', token };
  const action = pageHref(self, locale);
  return {
    status,
    locale,
    title: says.title,
    self,
    personal: true,
    main: html`<h1>${says.title}</h1>
${said && html`<p class="lead done" role="status">${said === 'paused' ? says.pausedNow : says.resumed}</p>`}
<p class="lead">${says.movedLead}</p>
${breakCard(locale, action, [...pauseMonths, 0])}
${leaveCard(locale, action)}`,
  };
}

function doneWords(said: 'saved' | 'resumed' | 'ownSent' | 'ownAlready' | 'ownUsedUp', locale: ReaderLocale): string {
  const says = pagesWords[locale].preferences;
  if (said === 'ownSent') return says.ownSent({ minutes: manageMinutes });
  if (said === 'ownUsedUp') return says.ownUsedUp({ most: secondLinksADay });
  return said === 'ownAlready' ? says.ownAlready({ minutes: secondLinkMinutes }) : says[said];
}

function choices({ settings }: Site, locale: ReaderLocale, action: string, { locale: chosen, topics, noTopic }: Preferences) {
  const says = pagesWords[locale].preferences;
  return html`<form class="card" method="post" action="${action}">
<fieldset><legend>${says.language}</legend>
${readerLocales.map(
  (each) =>
    html`<div class="choice"><input type="radio" id="locale-${each}" name="locale" value="${each}"${each === chosen && new Html(' checked')}><label for="locale-${each}" lang="${each}">${languages[each].name}</label></div>`,
)}
</fieldset>
${topicBoxes(settings, locale, { topics, fault: noTopic ? says.noTopic : undefined })}
<div class="act"><button type="submit">${says.save}</button></div>
</form>`;
}

/** A button for each number of months; 0 ends the break. */
function breakCard(locale: ReaderLocale, action: string, choices: readonly number[]) {
  const says = pagesWords[locale].preferences;
  const button = (months: number) =>
    html`<button class="quiet" type="submit" name="pause" value="${String(months)}">${months === 0 ? says.resume : says.pauseFor({ months })}</button>`;
  return html`<section class="card" aria-labelledby="break"><h2 id="break">${says.pause}</h2>
<p>${says.pauseText}</p>
<form class="act" method="post" action="${action}" aria-labelledby="break">${choices.map(button)}</form></section>`;
}

function leaveCard(locale: ReaderLocale, action: string) {
  const says = pagesWords[locale].preferences;
  return html`<section class="card" aria-labelledby="leave"><h2 id="leave">${says.leave}</h2>
<p>${says.leaveText}</p>
<form class="act" method="post" action="${action}"><button class="quiet" type="submit" name="leave" value="yes">${says.leaveButton}</button></form></section>`;
}
