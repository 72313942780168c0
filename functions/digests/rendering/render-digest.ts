import { paletteOf } from '../../../emails/brand.ts';
import { compileEmail, component } from '../../../emails/compile-email.ts';
import { digestPreheader, digestSubject, oneLine } from '../../../emails/digest-subject.ts';
import { fillFramePlaceholders, fillReaderPlaceholders, framePlaceholder, readerPlaceholder } from '../../../emails/fill-email.ts';
import { fontStacks } from '../../../emails/fonts.ts';
import {
  blockBytes,
  blockContext,
  type IssuePlace,
  issueFrame,
  issuesContents,
  issueTexts,
  numberOf,
  titleText,
} from '../../../emails/issue/issue-mjml.ts';
import { bylineOf } from '../../../emails/issue/issue-parts.ts';
import { headline, issueText, paragraphs, textOf } from '../../../emails/issue/issue-text.ts';
import { leadPicture } from '../../../emails/issue/lead-picture.ts';
import { blockHtml } from '../../../emails/issue/mail-block-html.ts';
import type { Palette } from '../../../emails/palette.ts';
import { brandPlaceholders, labelled, publisherPlaceholders, publisherText } from '../../../emails/publisher-placeholders.ts';
import { longDate, wordsIn } from '../../../emails/words.ts';
import type { Block, IssueContent } from '../../issues/issue.ts';
import { replyAddress } from '../../issues/reply-address.ts';
import { escapeHtml } from '../../platform/html.ts';
import type { Settings } from '../../settings/settings.ts';
import { newsletterWords } from '../../words/languages.ts';
import { listed } from '../../words/listed.ts';
import { directionOf, type ReaderLocale, readerLocaleOf, readerLocales } from '../../words/locale.ts';
import { fitIssues, foldItems, hasTooManyHeadings, itemsIn } from './fit-issues.ts';
import type { RenderedDigest } from './rendered-digest.ts';

export type DigestToRender = {
  settings: Settings;
  /** Where the public pages live, e.g. `https://news.example.org`. */
  publicOrigin: string;
  digestId: string;
  /** ISO: the moment whose date the mail bears when it holds several issues. */
  scheduledFor: string;
  issues: readonly IssueContent[];
  /** What the editors say before several issues, or before the one. */
  note?: readonly Block[] | undefined;
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
  const replyTo = replyToOf(digest);
  const contents = !hasTooManyHeadings(issues, sizeBudget);
  const writing = asMagazine({ ...digest, language, subject, preheader, palette, contents, replyTo, picture: '' });
  const first = await write(writing);
  // Where not even all headings fit beside their contents, the headings are worth more.
  const { variants, shortened } = first.isTailDropped && writing.contents ? await write({ ...writing, contents: false }) : first;
  return { subject, language, preheader, variants, shortened, ...(replyTo && { replyTo }) };
}

/** Several issues begin with a picture of the first; where there are more items than the editors want whole, each is folded. */
function asMagazine(writing: Writing): Writing {
  const { issues, settings, publicOrigin: origin } = writing;
  const [first, ...others] = issues;
  if (!first || others.length === 0) return writing;
  const { foldItemsAbove } = settings;
  const lead = leadPicture(first);
  const all = lead ? [lead.rest, ...others] : issues;
  const isFolded = foldItemsAbove !== undefined && itemsIn(all) > foldItemsAbove;
  const weighing = { origin, blockBytes: (issue: IssueContent) => blockBytes(issue, placeOf(writing, 0)) };
  return { ...writing, picture: lead?.html ?? '', issues: isFolded ? foldItems(all, weighing) : all };
}

/** Where replies to the mail of one issue go, if its file says so and the settings still let them. */
function replyToOf({ issues: [first, ...others], settings }: DigestToRender): string | undefined {
  return first?.replyTo && others.length === 0 ? replyAddress(first.replyTo, settings) : undefined;
}

/** The mail in every language, as long as fits. */
async function write(writing: Writing) {
  const { issues, publicOrigin: origin } = writing;
  const shell = await shellHtml(writing);
  const emptied = textsOf(issues.map(nothingOf), writing);
  const frame = Math.max(...readerLocales.map((locale) => filledSize(variantHtml(shell, emptied, writing, locale))));
  const { issues: fitted, ...cut } = fitIssues(issues, {
    budget: sizeBudget,
    origin,
    mailBytes: (some) => frame + Buffer.byteLength(Object.values(textsOf(some, writing)).join('')),
    blockBytes: (issue) => blockBytes(issue, placeOf(writing, 0)),
  });
  const texts = textsOf(fitted, writing);
  const variant = (locale: ReaderLocale) => ({
    html: variantHtml(shell, texts, writing, locale),
    text: variantText({ ...writing, issues: fitted }, locale),
  });
  const variants = Object.fromEntries(readerLocales.map((locale) => [locale, variant(locale)])) as RenderedDigest['variants'];
  return { variants, ...cut };
}

/** Where a digest can be read on the web: the issue's own page when it is one. */
const webAddress = ({
  publicOrigin,
  digestId,
  issues: [first, ...others],
  webUrl,
}: Pick<DigestToRender, 'publicOrigin' | 'digestId' | 'issues' | 'webUrl'>) =>
  webUrl ?? (first && others.length === 0 ? `${publicOrigin}/archive/${first.slug}` : `${publicOrigin}/archive/digests/${digestId}`);

type Writing = DigestToRender & {
  language: string;
  subject: string;
  preheader: string;
  palette: Palette;
  contents: boolean;
  replyTo: string | undefined;
  /** Of the first of several issues, at the head of all. */
  picture: string;
};

/** The mail in no language yet, since compiling it is what takes time: what a reader's language decides is left open. */
function shellHtml(writing: Writing) {
  const { settings, publicOrigin, language, subject, preheader, palette } = writing;
  const open = Object.fromEntries(
    Object.keys(frameOf(writing, settings.locale)).map((name) => [name, framePlaceholder(name)]),
  ) as ReturnType<typeof frameOf>;
  const placeholders = {
    ...publisherPlaceholders(settings, publicOrigin, settings.locale),
    ...brandPlaceholders(settings),
    language,
    subject,
    preheader,
    body: bodyMjml(writing),
    number: '',
    webUrl: webAddress(writing),
    unsubscribeUrl: readerPlaceholder('unsubscribeUrl'),
    preferencesUrl: readerPlaceholder('preferencesUrl'),
    ...open,
    ...(areOneWay(language) && { readerDirection: '' }),
  };
  return compileEmail('digest', placeholders, palette);
}

/** Whether every reader's language is written as the mail is: then nothing has to be said about it. */
const areOneWay = (language: string) => readerLocales.every((locale) => directionOf(locale) === directionOf(language));

/** All that a reader's language decides. */
function frameOf(writing: Writing, locale: ReaderLocale) {
  const words = newsletterWords[locale];
  return {
    readerLanguage: locale,
    readerDirection: directionOf(locale),
    dateLanguage: locale,
    readerFont: fontStacks(locale).sans,
    date: longDate(dateOf(writing), locale),
    ...(singleNumber(writing.issues, locale) && { number: singleNumber(writing.issues, locale) }),
    webWords: words.webVersion,
    replyWords: words.reply({ to: readBy(writing, locale) }),
    why: words.why({ name: writing.settings.newsletterName }),
    unsubscribeWords: words.unsubscribe,
    preferencesWords: words.preferences,
    contactWords: words.contact,
    privacyWords: words.privacy,
  };
}

/** Whom a reply reaches. */
function readBy({ issues: [first], settings, replyTo }: Writing, locale: ReaderLocale): string {
  const authors = (replyTo && first?.authors) || [];
  return authors.length > 0 ? listed(locale, authors) : settings.newsletterName;
}

type Texts = Readonly<Record<string, string>>;

const textsOf = (issues: readonly IssueContent[], writing: Writing): Texts =>
  Object.assign({}, ...issues.map((issue, n) => issueTexts(issue, placeOf(writing, n))));
const nothingOf = (issue: IssueContent): IssueContent => ({ ...issue, intro: [], sections: [], closing: [] });

function variantHtml(shell: string, texts: Texts, writing: Writing, locale: ReaderLocale) {
  const { readerFont, ...words } = frameOf(writing, locale);
  const escaped = Object.fromEntries(Object.entries(words).map(([name, text]) => [name, escapeHtml(text)]));
  // A font stack is markup: its quotes stay.
  // Issues in one language have their contents in it; of several, or of one that is not registered, in the reader's, as everything around them.
  const around = isMixed(writing.issues) || !readerLocaleOf(writing.language) ? locale : writing.language;
  const contents = { contentsWords: escapeHtml(wordsIn(around).contents), contentsLanguage: around };
  return fillFramePlaceholders(shell, { ...escaped, ...contents, ...texts, readerFont, opening: openingHtml(writing) });
}

function bodyMjml(writing: Writing) {
  const { issues, language, palette } = writing;
  const look = { language, palette };
  const frames = issues.map((issue, n) => issueFrame(issue, placeOf(writing, n)));
  const opening = openingHtml(writing) ? component('title', look, { text: framePlaceholder('opening') }) : '';
  if (issues.length === 1) return [opening, ...frames].join('');
  return [opening, issuesContents(issues, look), ...frames].join('');
}

/** What is before everything: the editors' note, and for several issues their picture and their titles. */
function openingHtml(writing: Writing): string {
  const { issues, language, palette, picture, note = [] } = writing;
  const { context } = blockContext({ language }, placeOf(writing, 0));
  const said = note.map(({ html }) => blockHtml(html, context)).join('');
  if (issues.length === 1) return said && said + blockHtml('<hr>', context);
  const shown = picture && blockHtml(picture, { ...context, idPrefix: '' });
  return titleText({ language, palette }, { title: severalTitle(issues, language), picture: shown, intro: said });
}

const placeOf = ({ issues, palette, publicOrigin: origin, contents, language }: Writing, n: number): IssuePlace => ({
  origin,
  contents,
  palette,
  as: issues.length === 1 ? 'issue' : 'part',
  position: n + 1,
  mailLanguage: language,
});

function variantText(writing: Writing, locale: ReaderLocale) {
  const { settings, publicOrigin: origin, issues, language, note = [] } = writing;
  const words = newsletterWords[locale];
  const [first, ...others] = issues;
  const dateline = [singleNumber(issues, locale), longDate(dateOf(writing), locale)].filter(Boolean).join(' · ');
  const title = first && others.length === 0 ? first.title : severalTitle(issues, language);
  const body =
    others.length === 0
      ? issues.map((issue) => issueText(issue, origin))
      : issues.map((issue) => `\n\n${paragraphs([headline(issue.title, '='), bylineOf(issue), issueText(issue, origin)])}`);
  return paragraphs([
    [settings.newsletterName, settings.brand?.masthead, dateline].filter(Boolean).join('\n'),
    headline(title, '='),
    first && others.length === 0 ? bylineOf(first) : '',
    labelled(words.webVersion, webAddress(writing), locale),
    ...textOf(note, { language }, origin),
    others.length > 0 ? issues.map((issue, n) => `${n + 1}. ${oneLine(issue.title)}`).join('\n') : '',
    ...body,
    `\n${words.reply({ to: readBy(writing, locale) })}`,
    '\n———',
    words.why({ name: settings.newsletterName }),
    settings.brand?.footer ?? '',
    publisherText(settings, locale),
    `${labelled(words.unsubscribe, readerPlaceholder('unsubscribeUrl'), locale)}\n${labelled(words.preferences, readerPlaceholder('preferencesUrl'), locale)}\n`,
  ]);
}

/** The titles beside one another, or the first one where that would be more than two lines. */
function severalTitle(issues: readonly IssueContent[], language: string): string {
  const titles = issues.map(({ title }) => oneLine(title));
  const joined = titles.join(' · ');
  return columns(joined) <= longestTitle ? joined : wordsIn(language).digestTitle({ title: titles[0] ?? '', others: titles.length - 1 });
}

const longestTitle = 70;

/** A Chinese character is as wide as two Latin ones. */
const columns = (text: string) => [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);
const singleNumber = (issues: readonly IssueContent[], locale: ReaderLocale) =>
  issues.length === 1 && issues[0] ? numberOf(issues[0], locale) : '';

/** An issue's own date; of several, the day they are mailed, in the newsletter's time zone. */
function dateOf({ issues, scheduledFor, settings }: DigestToRender) {
  const [first, ...others] = issues;
  if (first && others.length === 0) return first.date;
  return new Intl.DateTimeFormat('en-CA', { timeZone: settings.timeZone, dateStyle: 'short' }).format(new Date(scheduledFor));
}

const isMixed = (issues: readonly IssueContent[]) => new Set(issues.map(({ language }) => language)).size > 1;

/** The language all issues share, else the newsletter's own. */
function languageOf(issues: readonly IssueContent[], { locale }: Settings) {
  const languages = new Set(issues.map(({ language }) => language));
  const [only] = languages;
  return languages.size === 1 && only ? only : locale;
}

/** Bytes of the filled HTML, in the longer of its variants. */
export const mailBytes = ({ variants }: Pick<RenderedDigest, 'variants'>) => sizeOf(variants);

const sizeOf = (variants: RenderedDigest['variants']) => Math.max(...Object.values(variants).map(({ html }) => filledSize(html)));

const filledSize = (html: string) =>
  Buffer.byteLength(fillReaderPlaceholders(html, { unsubscribeUrl: longestLink, preferencesUrl: longestLink }));
