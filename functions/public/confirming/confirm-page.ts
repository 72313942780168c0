import { Html, html, worded } from '../../platform/html.ts';
import { asksTransferAbroad } from '../../settings/editorial-settings.ts';
import { topicName } from '../../settings/topics.ts';
import { dayOfMoment } from '../../words/dates.ts';
import { languages, pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { consentFacts } from '../consent/consent-facts.ts';
import { consentWords } from '../consent/consent-words.ts';
import { shownWords } from '../consent/shown-words.ts';
import { type Page, pageHref, type Site } from '../page-layout.ts';
import { topicBoxes } from '../preferences/topic-choice.ts';

/**
 * What a click confirms. `again`: more than one network has signed this address up, so nobody knows whose the choices were, and they
 * are asked for on the page itself.
 */
export type AskedSignUp = {
  maskedAddress: string;
  locale: ReaderLocale;
  topics: readonly string[];
  /** When and whether the separate consent was given with the sign-up. */
  transferAbroadAt?: string | undefined;
  again: boolean;
};

/** What was missing in the answer, and what was given and ticked. */
export type AnswerFaults = { transferAbroad?: 'refused'; noTopic?: boolean; given?: boolean; ticked?: readonly string[] };

type Opened = { locale: ReaderLocale; token: string };

/** What somebody agrees to by pressing the button, whichever address it is about. */
export const confirmWords = (site: Site, locale: ReaderLocale, again: boolean) => {
  const { confirm, confirmLead, confirmAgain, confirmButton, confirmThen } = pagesWords[locale].subscription;
  return shownWords('confirm', site, locale, [
    confirm({ name: site.settings.newsletterName }),
    confirmLead({ address: '…' }),
    again && confirmAgain,
    again && asksTransferAbroad(site.settings) && consentWords(site, locale).transferAbroad,
    confirmButton,
    confirmThen,
  ]);
};

/**
 * The page behind the link of a confirmation mail: it changes nothing until its button is pressed. A person who signed up by a
 * program reads here for the first time what they agree to.
 */
export function confirmPage(site: Site, { locale, token }: Opened, what: AskedSignUp, faults: AnswerFaults = {}): Page {
  const says = pagesWords[locale].subscription;
  const title = says.confirm({ name: site.settings.newsletterName });
  const self = { path: '/confirm', token };
  const button = html`<button type="submit">${says.confirmButton}</button>`;
  return {
    status: faults.transferAbroad || faults.noTopic ? 400 : 200,
    locale,
    title,
    self,
    personal: true,
    main: html`<h1>${title}</h1>
<p class="lead">${worded(says.confirmLead, { address: html`<span class="address">${what.maskedAddress}</span>` })}</p>
${
  what.again
    ? html`<form class="card" method="post" action="${pageHref(self, locale)}" novalidate>${questions(site, locale, faults)}<div class="act">${button}</div></form>`
    : html`${whatIsConfirmed(site, locale, what)}<form class="act" method="post" action="${pageHref(self, locale)}">${button}</form>`
}
<p class="then">${says.confirmThen}</p>
${!what.again && what.transferAbroadAt && agreedBefore(site, locale, what.transferAbroadAt)}
${consentFacts(site, locale)}`,
  };
}

function questions(site: Site, locale: ReaderLocale, { transferAbroad, noTopic, given, ticked = [] }: AnswerFaults) {
  const says = pagesWords[locale];
  const wrong = transferAbroad && new Html(' aria-describedby="abroad-fault" aria-invalid="true"');
  return html`<p>${says.subscription.confirmAgain}</p>
${topicBoxes(site.settings, locale, { topics: ticked, fault: noTopic ? says.subscription.confirmNoTopic : undefined })}
${
  asksTransferAbroad(site.settings) &&
  html`<div class="box"><input type="checkbox" id="abroad" name="transferAbroad" value="yes" required${given && new Html(' checked')}${wrong}${wrong && !noTopic && new Html(' autofocus')}>
<label for="abroad">${consentWords(site, locale).transferAbroad}</label></div>
${transferAbroad && html`<p class="wrong" id="abroad-fault">${says.signUp.faults[transferAbroad]}</p>`}`
}`;
}

/** What the sign-up chose, so that one click confirms nothing that was not read. */
function whatIsConfirmed({ settings }: Site, locale: ReaderLocale, { topics, locale: chosen }: AskedSignUp) {
  const says = pagesWords[locale].subscription;
  const named = settings.topics.filter(({ id }) => topics.includes(id)).map(({ name }) => topicName(name, locale));
  const rows = [
    settings.topics.length > 0 && {
      term: says.confirmTopics,
      text: named.length > 0 ? new Intl.ListFormat(locale).format(named) : says.allTopics,
    },
    { term: says.confirmLanguage, text: languages[chosen].name },
  ];
  return html`<dl class="facts">${rows.map((row) => row && html`<div><dt>${row.term}</dt><dd>${row.text}</dd></div>`)}</dl>`;
}

/** The separate consent that came with the sign-up. */
function agreedBefore(site: Site, locale: ReaderLocale, at: string) {
  const day = dayOfMoment(at, site.settings.timeZone, locale);
  const { transferAbroad } = consentWords(site, locale);
  return html`<dl class="facts"><div><dt>${pagesWords[locale].subscription.confirmConsent({ day })}</dt><dd>${transferAbroad}</dd></div></dl>`;
}
