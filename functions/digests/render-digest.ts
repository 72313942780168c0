import { paletteOf } from '../../emails/brand.ts';
import { compileEmail, component } from '../../emails/compile-email.ts';
import { digestPreheader, digestSubject, oneLine } from '../../emails/digest-subject.ts';
import { fillFrameSlots, fillReaderSlots, frameSlot, readerSlot } from '../../emails/fill-email.ts';
import { fillTemplate } from '../../emails/fill-template.ts';
import { fontStacks } from '../../emails/fonts.ts';
import { issueMjml, issuesContents, numberOf } from '../../emails/issue/issue-mjml.ts';
import { headline, issueText, paragraphs } from '../../emails/issue/issue-text.ts';
import type { Palette } from '../../emails/palette.ts';
import { brandSlots, publisherSlots, publisherText } from '../../emails/publisher-slots.ts';
import { longDate, wordsFor, wordsIn } from '../../emails/words.ts';
import type { IssueContent } from '../issues/issue.ts';
import { escapeHtml } from '../platform/html.ts';
import type { ReaderLocale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
import { fitIssues, roughSize } from './fit-issues.ts';
import type { RenderedDigest } from './rendered-digest.ts';

export type DigestToRender = {
  settings: Settings;
  /** Where the public pages live, e.g. `https://news.example.org`. */
  publicOrigin: string;
  digestId: string;
  /** ISO: the moment whose date the mail bears when it holds several issues. */
  scheduledFor: string;
  issues: readonly IssueContent[];
  /** Where it can be read on the web, when that is not its place in the archive. */
  webUrl?: string;
};

/** Bytes of filled HTML that every mail program shows; Gmail cuts a mail off after them. */
export const sizeBudget = 102_000;

// What the HTML is counted with for each of a reader's links; ours are a third of it.
const longestLink = 'x'.repeat(500);

/**
 * The email of a digest, written once for all readers: a single issue is the email, several follow one another after
 * their contents. What does not fit the size budget becomes a summary and a link to the archive.
 */
export async function renderDigest(digest: DigestToRender): Promise<RenderedDigest> {
  const { settings, issues } = digest;
  const language = languageOf(issues, settings);
  const { newsletterName: newsletter, advertising, mailTemplates: templates } = settings;
  const said = { newsletter, advertising, language, issues, templates, date: longDate(dateOf(digest), language) };
  const subject = digestSubject(said);
  const preheader = digestPreheader(said);
  const palette = paletteOf(settings.brand);
  const write = async (fitted: readonly IssueContent[]) => {
    const writing = { ...digest, issues: fitted, language, subject, preheader, palette };
    const shell = await shellHtml(writing);
    const variant = (locale: ReaderLocale) => ({ html: variantHtml(shell, writing, locale), text: variantText(writing, locale) });
    return { 'zh-CN': variant('zh-CN'), 'zh-TW': variant('zh-TW'), en: variant('en') };
  };
  // What is far too long is cut before it is written at all: compiling megabytes would take minutes.
  let excess = Math.max(0, roughSize(issues) - 2 * sizeBudget) && roughSize(issues) - sizeBudget;
  let fitted = excess > 0 ? fitIssues(issues, excess, digest.publicOrigin) : { issues: [...issues], shortened: [] as string[] };
  let variants = await write(fitted.issues);
  // Sizes before compiling are estimates, so it may take a second cut; when nothing is left to cut, none helps.
  for (let tries = 0; tries < 5 && sizeOf(variants) > sizeBudget; tries += 1) {
    excess += sizeOf(variants) - sizeBudget + 1_000;
    const cut = fitIssues(issues, excess, digest.publicOrigin);
    if (roughSize(cut.issues) >= roughSize(fitted.issues)) break;
    fitted = cut;
    variants = await write(fitted.issues);
  }
  return { subject, language, preheader, variants, shortened: fitted.shortened };
}

/** Where a digest can be read on the web: the issue's own page when it is one. */
export const webAddress = ({
  publicOrigin,
  digestId,
  issues: [first, ...others],
  webUrl,
}: Pick<DigestToRender, 'publicOrigin' | 'digestId' | 'issues' | 'webUrl'>) =>
  webUrl ?? (first && others.length === 0 ? `${publicOrigin}/archive/${first.slug}` : `${publicOrigin}/archive/digests/${digestId}`);

type Writing = DigestToRender & { language: string; subject: string; preheader: string; palette: Palette };

/** The mail in no language yet, since compiling it is what takes time: what a reader's language decides is left open. */
function shellHtml(writing: Writing) {
  const { settings, publicOrigin, issues, language, subject, preheader, palette } = writing;
  const open = Object.fromEntries(Object.keys(frameOf(writing, 'en')).map((name) => [name, frameSlot(name)])) as ReturnType<typeof frameOf>;
  const slots = {
    ...publisherSlots(settings, publicOrigin, wordsFor('en')),
    ...brandSlots(settings),
    ...{ language, subject, preheader, body: bodyMjml(writing), number: singleNumber(issues), webUrl: webAddress(writing) },
    unsubscribeUrl: readerSlot('unsubscribeUrl'),
    preferencesUrl: readerSlot('preferencesUrl'),
    ...open,
  };
  return compileEmail('digest', slots, palette);
}

/** All that a reader's language decides. */
function frameOf(writing: Writing, locale: ReaderLocale) {
  const words = wordsFor(locale);
  return {
    ...{ readerLanguage: locale, dateLanguage: locale, readerFont: fontStacks(locale).sans },
    date: longDate(dateOf(writing), locale),
    webWords: words.webVersion,
    why: fillTemplate(words.why, { newsletter: writing.settings.newsletterName }),
    unsubscribeWords: words.unsubscribe,
    preferencesWords: words.preferences,
    contactWords: words.contact,
    privacyWords: words.privacy,
  };
}

function variantHtml(shell: string, writing: Writing, locale: ReaderLocale) {
  const { readerFont, ...words } = frameOf(writing, locale);
  const escaped = Object.fromEntries(Object.entries(words).map(([name, text]) => [name, escapeHtml(text)]));
  // A font stack is markup: its quotes stay.
  return fillFrameSlots(shell, { ...escaped, readerFont });
}

function bodyMjml({ issues, language, palette, publicOrigin: origin }: Writing) {
  const look = { language, palette };
  const [first, ...others] = issues;
  if (first && others.length === 0) return issueMjml(first, { origin, palette, as: 'issue', position: 1 });
  const parts = issues.map((issue, n) => issueMjml(issue, { origin, palette, as: 'part', position: n + 1 }));
  return [component('title', look, { title: severalTitle(issues, language), intro: '' }), issuesContents(issues, look), ...parts].join('');
}

function variantText(writing: Writing, locale: ReaderLocale) {
  const { settings, publicOrigin: origin, issues, language } = writing;
  const words = wordsFor(locale);
  const [first, ...others] = issues;
  const dateline = [singleNumber(issues), longDate(dateOf(writing), locale)].filter(Boolean).join(' · ');
  const title = first && others.length === 0 ? first.title : severalTitle(issues, language);
  const body =
    others.length === 0
      ? issues.map((issue) => issueText(issue, origin))
      : issues.map((issue) => `\n\n${headline(issue.title, '=')}\n\n${issueText(issue, origin)}`);
  return paragraphs([
    [settings.newsletterName, settings.brand?.masthead, dateline].filter(Boolean).join('\n'),
    headline(title, '='),
    `${words.webVersion}${words.colon}${webAddress(writing)}`,
    others.length > 0 ? issues.map((issue, n) => `${n + 1}. ${oneLine(issue.title)}`).join('\n') : '',
    ...body,
    '\n———',
    fillTemplate(words.why, { newsletter: settings.newsletterName }),
    settings.brand?.footer ?? '',
    publisherText(settings, words),
    `${words.unsubscribe}${words.colon}${readerSlot('unsubscribeUrl')}\n${words.preferences}${words.colon}${readerSlot('preferencesUrl')}\n`,
  ]);
}

const severalTitle = (issues: readonly IssueContent[], language: string) =>
  fillTemplate(wordsIn(language).digestTitle, { count: String(issues.length) });
const singleNumber = (issues: readonly IssueContent[]) => (issues.length === 1 && issues[0] ? numberOf(issues[0]) : '');

/** An issue's own date; of several, the day they are mailed, in the newsletter's time zone. */
function dateOf({ issues, scheduledFor, settings }: DigestToRender) {
  const [first, ...others] = issues;
  if (first && others.length === 0) return first.date;
  return new Intl.DateTimeFormat('en-CA', { timeZone: settings.timeZone, dateStyle: 'short' }).format(new Date(scheduledFor));
}

/** The language all issues share, else the newsletter's own. */
function languageOf(issues: readonly IssueContent[], { locale }: Settings) {
  const languages = new Set(issues.map(({ language }) => language));
  const [only] = languages;
  return languages.size === 1 && only ? only : locale;
}

/** Bytes of the filled HTML, in the longer of its variants. */
export const mailBytes = ({ variants }: Pick<RenderedDigest, 'variants'>) => sizeOf(variants);

const sizeOf = (variants: RenderedDigest['variants']) => Math.max(...Object.values(variants).map(({ html }) => filledSize(html)));

const filledSize = (html: string) => Buffer.byteLength(fillReaderSlots(html, { unsubscribeUrl: longestLink, preferencesUrl: longestLink }));
