import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fillDigest } from '../../functions/digests/rendering/digest-message.ts';
import { renderDigest } from '../../functions/digests/rendering/render-digest.ts';
import { sealToken } from '../../functions/subscribers/reader-token.ts';
import { longDate } from '../../functions/words/dates.ts';
import { type ReaderLocale, readerLocaleOf, readerLocales } from '../../functions/words/locale.ts';
import type { PagesWords } from '../../functions/words/shape.ts';
import { anIssue } from '../emails/sample-issues.ts';
import * as madeUp from '../fixtures/words/made-up.ts';
import { noticeMails } from '../notices/notice-mails.ts';
import { readerSite, someSettings } from '../public/reader-site.ts';
import { startTable } from '../support/dynamodb.ts';
import { shownBy, unmarked } from './unmarked.ts';

// What adding a language is: its file, and its lines in the one module that registers languages.
vi.mock('../../functions/words/languages.ts', async (original) => {
  const madeUp = await import('../fixtures/words/made-up.ts');
  const actual = await original<typeof import('../../functions/words/languages.ts')>();
  return {
    ...actual,
    languages: { ...actual.languages, [madeUp.tag]: madeUp.language },
    deskLanguages: [...actual.deskLanguages, madeUp.tag],
    newsletterWords: { ...actual.newsletterWords, [madeUp.tag]: madeUp.newsletter },
    pagesWords: { ...actual.pagesWords, [madeUp.tag]: madeUp.pages },
    mailsWords: { ...actual.mailsWords, [madeUp.tag]: madeUp.mails },
    noticesWords: { ...actual.noticesWords, [madeUp.tag]: madeUp.notices },
    declarationWords: { ...actual.declarationWords, [madeUp.tag]: madeUp.declaration },
  };
});

const locale = madeUp.tag as ReaderLocale;
const ada = 'ada@example.org';
const topics = [{ id: 'robots', name: { en: 'Robots', [locale]: '⟦Robots⟧' } }];
const settings = { locale, topics, welcomeMail: true, askTransferAbroad: true, description: 'By the sea, weekly' };
const { newsletterName, legalName, postalAddress, contact, description } = someSettings(settings);
/** The newsletter's own, and what no language changes. */
const own = [
  newsletterName,
  legalName,
  postalAddress,
  contact,
  description,
  'RSS',
  'name@example.com',
  '简体',
  '简体中文',
  '繁體',
  '繁體中文',
  'English',
];
const issue = anIssue({
  slug: 'ж',
  title: 'Жук',
  summary: 'Сок',
  language: locale,
  number: 12,
  sections: ['Дом', 'Лес'].map((title) => ({
    title,
    url: null,
    blocks: [],
    items: [1, 2].map((number) => ({
      number,
      title: 'Мёд',
      url: null,
      blocks: [{ kind: 'image', text: '', html: '<p><img src="https://p.example/a.jpg"></p>' }],
    })),
  })),
});
const issueTexts = ['Жук', 'Сок', 'Дом', 'Лес', 'Мёд', longDate(issue.date, locale)];

let database: Awaited<ReturnType<typeof startTable>>;
let site: ReturnType<typeof readerSite>;
beforeAll(async () => {
  database = await startTable();
  site = readerSite(database.table, settings, { realMails: true });
});
afterAll(() => database.stop());

const form = 'application/x-www-form-urlencoded';
/** A browser that asks for English, so that only the newsletter and the reader ask for the made-up language. */
const press = (address: string, body = '') => site.ask('POST', address, { type: form, body });
const pageLeft = ({ text }: { text: string }, allowed: string[] = []) => unmarked(shownBy(text), [...own, ...allowed]);
const urls = /(https?:\/\/|mailto:)[^\s⟦⟧]+/g;
const mailLeft = ({ subject, html, text }: { subject: string; html: string; text: string }, allowed: string[] = []) =>
  [subject, shownBy(html), text].flatMap((shown) => unmarked(shown.replace(urls, ''), [...own, 'news.example.org', ...allowed]));

test('a registered language is known everywhere, and a catalogue that lacks a word does not compile', () => {
  // @ts-expect-error: most words are missing
  const incomplete: PagesWords['layout'] = { skip: '⟦Skip⟧' };

  expect(incomplete).toBeDefined();
  expect(readerLocales).toContain(locale);
  expect(readerLocaleOf('eo-DE')).toBe(locale);
});

test('what is not in the made-up language would be noticed', async () => {
  const english = await site.ask('GET', '/?lang=en');
  const chinese = await site.ask('GET', '/?lang=zh-CN');

  expect(pageLeft(english)).toContain('Email address');
  expect(pageLeft(chinese)).toContain('邮箱地址');
});

test('a sign-up runs in it from the form to the welcome, and nothing of another language shows', async () => {
  const front = await site.ask('GET', '/', { language: locale });
  const missing = await press(`/subscribe?lang=${locale}`, 'page=sign-up');
  const sent = await press('/subscribe', new URLSearchParams({ ...site.ownForm(locale), email: ada, transferAbroad: 'yes' }).toString());
  await site.work();
  const asked = site.mails.at(-1);
  const link = asked?.confirmUrl ?? '';
  const question = await site.ask('GET', link);
  const confirmed = await press(link);
  await site.work();
  const welcome = site.mails.at(-1);

  for (const page of [front, missing, sent, question, confirmed]) expect(page.text).toContain(`<html lang="${locale}" dir="ltr">`);
  for (const page of [front, missing, sent, question, confirmed]) expect(pageLeft(page)).toEqual([]);
  for (const mail of [asked, welcome]) expect(mail && mailLeft(mail)).toEqual([]);
  expect(welcome?.subject).toBe('⟦Welcome to Harbour Letter⟧');
});

test('the reader’s own pages and their mails speak it to a browser that asks for English', async () => {
  const id = site.idOf(ada);
  const to = (path: string, purpose: 'preferences' | 'unsubscribe') => `${path}?t=${sealToken(site.ring, { purpose, id })}`;
  const preferences = to('/preferences', 'preferences');
  const looked = await site.ask('GET', preferences);
  const paused = await press(preferences, 'pause=2');
  const resumed = await press(preferences, 'pause=0');
  const noTopic = await press(preferences, 'topicsShown=yes');
  const mailed = await press(preferences, 'link=yes');
  await site.work();
  const second = site.mails.at(-1);
  const own = second?.confirmUrl ?? '';
  const manage = await site.ask('GET', own);
  const wrong = await press(own, 'newAddress=nobody');
  await press(own, 'newAddress=ada@new.example');
  await site.work();
  const third = site.mails.at(-1);
  const move = await site.ask('GET', third?.confirmUrl ?? '');
  const leave = await site.ask('GET', to('/unsubscribe', 'unsubscribe'));
  const left = await press(to('/unsubscribe', 'unsubscribe'));
  const thanked = await press(to('/unsubscribe', 'unsubscribe'), 'reason=other');
  const gone = await site.ask('GET', preferences);

  const pages = { looked, paused, resumed, noTopic, mailed, manage, wrong, move, leave, left, thanked, gone };
  for (const [name, page] of Object.entries(pages)) {
    expect(page.text, name).toContain(`<html lang="${locale}" dir="ltr">`);
    expect(pageLeft(page), name).toEqual([]);
  }
  for (const mail of [second, third]) expect(mail && mailLeft(mail)).toEqual([]);
});

test('faults of a link speak it too: one that has expired, one that has ended, one whose end was cut off', async () => {
  const id = site.idOf(ada);
  const nonce = 'ab'.repeat(12);
  const confirm = (issuedAt: string) =>
    `/confirm?t=${sealToken(site.ring, { purpose: 'confirm', id, nonce, issuedAt: new Date(issuedAt) })}`;
  const expired = await site.ask('GET', confirm('2026-01-01T00:00:00Z'));
  const ended = await site.ask('GET', confirm('2026-11-20T08:00:00Z'));
  const cut = await site.ask('GET', '/confirm?t=abc', { language: locale });

  for (const page of [expired, ended, cut]) expect(pageLeft(page)).toEqual([]);
});

test('a digest is in it, words around the issue and foot alike; so are all notices to the editors', async () => {
  const rendered = await renderDigest({
    settings: someSettings(settings),
    publicOrigin: 'https://news.example.org',
    digestId: '2026-11-27',
    scheduledFor: '2026-11-27T01:00:00Z',
    issues: [issue],
  });
  const links = { unsubscribeUrl: 'https://news.example.org/unsubscribe?t=a', preferencesUrl: 'https://news.example.org/preferences?t=a' };
  const mail = { subject: rendered.subject, ...fillDigest(rendered, locale, links) };

  expect(mailLeft(mail, issueTexts)).toEqual([]);
  expect(mail.text).toContain('⟦You get this mail because you subscribed to Harbour Letter and confirmed it.⟧');
  for (const notice of noticeMails.filter((each) => (each.locale as string) === locale)) {
    const { subject, html, text } = await notice.written;
    expect({ notice: notice.name, left: mailLeft({ subject, html, text }, noticeTexts) }).toEqual({ notice: notice.name, left: [] });
  }
});

/** In the notices' tables and lists: titles, time zones, currency, names of providers. */
const noticeTexts = [
  '阳台菜园',
  '阳台上的第一茬番茄，和楼下的堆肥箱',
  'Ten things to do on a <rainy> day & night',
  'Asia/Shanghai',
  'UTC',
  'USD',
  'qq',
];
