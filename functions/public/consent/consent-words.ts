import { scheduleWords } from '../../../emails/schedule-words.ts';
import { type Html, html, worded } from '../../platform/html.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import type { Site } from '../page-layout.ts';
import { placeWords, regionWords } from '../place-words.ts';

type ConsentWords = { facts: { term: string; description: Html }[]; transferAbroad: string };

/** What a person is told before they sign up: who writes, how often, how to leave, where their data goes. */
export function consentWords({ settings, region }: Site, locale: ReaderLocale): ConsentWords {
  const says = pagesWords[locale].consent;
  const { newsletterName: name, legalName, postalAddress, contact, privacyNotice } = settings;
  const mailto = html`<a href="mailto:${contact}">${contact}</a>`;
  const notice = html`<a href="${privacyNotice}">${says.dataLink}</a>`;
  return {
    facts: [
      { term: says.who, description: worded(says.whoText, { legalName, postalAddress, contact: mailto }) },
      { term: says.often, description: html`${says.oftenText({ schedule: scheduleWords(settings, locale) })}` },
      { term: says.leaving, description: html`${says.leavingText}` },
      { term: says.data, description: worded(says.dataText, { place: regionWords(region, locale), privacyNotice: notice }) },
    ],
    transferAbroad: says.transferAbroad({ name, place: placeWords(region, locale), contact }),
  };
}
