import { paletteOf } from '../../emails/brand.ts';
import { compileEmail, component } from '../../emails/compile-email.ts';
import type { Settings } from '../settings/settings.ts';
import { languages, noticesWords } from '../words/languages.ts';
import type { Notice } from './notice.ts';

export type NoticeSettings = Pick<Settings, 'newsletterName' | 'locale' | 'brand'>;

/** A notice as a mail: both parts from the same content, in the newsletter's language and colours. */
export async function writeNotice(notice: Notice, settings: NoticeSettings, publicOrigin: string) {
  const { newsletterName, locale, brand } = settings;
  const says = noticesWords[locale].mail;
  const palette = paletteOf(brand);
  const look = { language: locale, palette };
  const piece = (name: string, placeholders: Record<string, string>) => component(`notices/${name}`, look, placeholders);
  const each = (texts: readonly string[], name: string) => texts.map((text) => piece(name, { text })).join('');
  const titled = (title: string) => (title ? piece('heading', { text: title }) : '');
  const buttonUrl = `${publicOrigin}/editors/#${notice.place}`;
  const html = await compileEmail(
    'notices/notice',
    {
      language: locale,
      subject: notice.subject,
      heading: notice.heading,
      preheader: notice.paragraphs[0] ?? '',
      newsletter: newsletterName,
      homeUrl: `${publicOrigin}/`,
      kind: says.kind,
      paragraphs: each(notice.paragraphs, 'paragraph'),
      tables: notice.tables
        .map(
          ({ title, rows }) => `${titled(title)}${piece('table', { rows: rows.map((row) => piece('row', placeholdersOf(row))).join('') })}`,
        )
        .join(''),
      list: notice.list ? `${titled(notice.list.title)}${piece('list', { entries: each(notice.list.entries, 'entry') })}` : '',
      advice: each(notice.advice, 'paragraph'),
      buttonUrl,
      buttonWords: says.open,
      why: says.why({ name: newsletterName }),
    },
    palette,
  );
  return { subject: notice.subject, html, text: textOf(notice, buttonUrl, settings) };
}

/** The first line of a value stands out, the others below it. */
function placeholdersOf([label, value]: [string, string]) {
  const [first = '', ...more] = value.split('\n');
  return { label, value: first, more: more.join(' · ') };
}

function textOf({ heading, paragraphs, list, tables, advice }: Notice, url: string, { newsletterName, locale }: NoticeSettings) {
  const says = noticesWords[locale].mail;
  const { colon, comma } = languages[locale];
  const row = ([label, value]: [string, string]) => `${label}${colon}${value.replaceAll('\n', comma)}`;
  return `${[
    `${newsletterName} · ${says.kind}`,
    heading,
    ...paragraphs,
    ...(list ? [[list.title, ...list.entries.map((entry) => `- ${entry}`)].filter(Boolean).join('\n')] : []),
    ...tables.map(({ title, rows }) => [title, ...rows.map(row)].filter(Boolean).join('\n')),
    ...advice,
    `${says.open}${colon}${url}`,
    says.why({ name: newsletterName }),
  ].join('\n\n')}\n`;
}
