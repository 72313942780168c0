import { Html, html } from '../../platform/html.ts';
import { type ReaderLocale, readerLocales } from '../../platform/locale.ts';
import { topicName } from '../../platform/topics.ts';
import { type Page, pageHref, type Site } from '../page-layout.ts';
import { dayWords } from '../publisher-words.ts';
import { preferencesWords } from './preferences-words.ts';

/** Of the mails. */
const languages: Record<ReaderLocale, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' };

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
  said?: 'saved' | 'paused' | 'resumed' | 'ownSent' | 'ownAlready' | undefined;
  noTopic?: boolean;
};

/** What the holder of a mail may change; the address is masked, because mails get forwarded. */
export function preferencesPage(site: Site, locale: ReaderLocale, preferences: Preferences): Page {
  const { token, maskedAddress, pausedUntil, said } = preferences;
  const { newsletterName, timeZone } = site.settings;
  const says = preferencesWords[locale];
  const self = { path: '/preferences', token };
  const action = pageHref(self, locale);
  const address = html`<span class="address">${maskedAddress}</span>`;
  const day = pausedUntil && dayWords(pausedUntil, timeZone, locale);
  const done = said === 'paused' ? day && says.pausedUntil(day) : said && says[said];
  return {
    status: preferences.noTopic ? 400 : 200,
    locale,
    title: says.title,
    self,
    personal: true,
    main: html`<h1>${says.title}</h1>
${done && html`<p class="lead done" role="status">${done}</p>`}
<p class="lead">${day ? says.pausedLead(newsletterName, address, day) : says.lead(newsletterName, address)}</p>
${choices(site, locale, action, preferences)}
${breakCard(locale, action, pausedUntil)}
<section class="card" aria-labelledby="own"><h2 id="own">${says.own}</h2>
<p>${says.ownText}</p>
<form class="act" method="post" action="${action}"><button class="quiet" type="submit" name="link" value="yes">${says.ownButton}</button></form></section>
<section class="card" aria-labelledby="leave"><h2 id="leave">${says.leave}</h2>
<p>${says.leaveText}</p>
<form class="act" method="post" action="${action}"><button class="quiet" type="submit" name="leave" value="yes">${says.leaveButton}</button></form></section>`,
  };
}

function choices({ settings }: Site, locale: ReaderLocale, action: string, { locale: chosen, topics, noTopic }: Preferences) {
  const says = preferencesWords[locale];
  const wants = (id: string) => !noTopic && (topics.length === 0 || topics.includes(id));
  return html`<form class="card" method="post" action="${action}">
<fieldset><legend>${says.language}</legend>
${readerLocales.map(
  (each) =>
    html`<div class="choice"><input type="radio" id="locale-${each}" name="locale" value="${each}"${each === chosen && new Html(' checked')}><label for="locale-${each}" lang="${each}">${languages[each]}</label></div>`,
)}
</fieldset>
${
  settings.topics.length > 0 &&
  html`<fieldset aria-describedby="topics-hint${noTopic ? ' topics-fault' : ''}"><legend>${says.topics}</legend>
<input type="hidden" name="topicsShown" value="yes">
${settings.topics.map(
  ({ id, name }) =>
    html`<div class="choice"><input type="checkbox" id="topic-${id}" name="topic-${id}" value="yes"${wants(id) && new Html(' checked')}><label for="topic-${id}">${topicName(name, locale)}</label></div>`,
)}
${noTopic && html`<p class="wrong" id="topics-fault">${says.noTopic}</p>`}
<p class="hint" id="topics-hint">${says.topicsHint}</p>
</fieldset>`
}
<div class="act"><button type="submit">${says.save}</button></div>
</form>`;
}

function breakCard(locale: ReaderLocale, action: string, pausedUntil: string | undefined) {
  const says = preferencesWords[locale];
  const button = (value: number, text: string) =>
    html`<button class="quiet" type="submit" name="pause" value="${String(value)}">${text}</button>`;
  return html`<section class="card" aria-labelledby="break"><h2 id="break">${says.pause}</h2>
<p>${says.pauseText}</p>
<form class="act" method="post" action="${action}" aria-labelledby="break">${pausedUntil ? button(0, says.resume) : pauseMonths.map((months) => button(months, says.pauseFor(months)))}</form></section>`;
}
