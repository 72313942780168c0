import * as fc from 'fast-check';
import { Parser } from 'htmlparser2';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDigest } from '../../functions/digests/rendering/digest-message.ts';
import { renderDigest } from '../../functions/digests/rendering/render-digest.ts';
import type { IssueContent } from '../../functions/issues/issue.ts';
import { readIssueFile } from '../../functions/issues/read-issue-file.ts';
import { composeMessage } from '../../functions/mail/compose-message.ts';
import { sharedListHeaders } from '../../functions/mail/list-headers.ts';
import { dayBeforeNotice } from '../../functions/notices/day-before-notice.ts';
import { writeNotice } from '../../functions/notices/write-notice.ts';
import { closedDirection } from '../../functions/platform/closed-direction.ts';
import { Settings } from '../../functions/settings/settings.ts';
import { linkTo } from '../../functions/subscribers/reader-links.ts';
import { readerSite, someSettings } from '../public/reader-site.ts';
import { startTable } from '../support/dynamodb.ts';

let database: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  database = await startTable();
});
afterAll(() => database.stop());

const marks = fc.constantFrom(...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069');
/** Words with hidden marks of direction between them, in any order. */
const tricky = fc
  .array(fc.oneof(marks, fc.constantFrom('Sea', 'ספר', 'نشرة', '海', ' ')), { minLength: 2, maxLength: 8 })
  .map((parts) => `Sea ${parts.join('')} end`);

/** Every text of the settings, with what `change` makes of it. */
function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => changed(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, changed(each, change)]));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const full = someSettings({
  description: 'Weekly, by the sea',
  topics: [
    { id: 'boats', name: 'Boats' },
    { id: 'tides', name: { en: 'Tides', 'zh-CN': '潮汐' } },
  ],
  brand: {
    logo: { url: 'https://example.org/logo.png', width: 100, height: 40 },
    masthead: 'News from the water',
    footer: 'Printed on no paper',
  },
  mailTemplates: { subject: '{{title}} of {{newsletter}}', preheaderOfSeveral: '{{titles}}' },
});
const howMany = textsIn(full).length;

test('no text of the settings turns what is beside it, whichever it is', () => {
  const taken = new Set<number>();
  for (let place = 0; place < howMany; place += 1)
    for (const mark of ['\u202e', '\u202b', '\u2067', '\u2069']) {
      let at = -1;
      const wanted = changed(full, (text) => {
        at += 1;
        return at === place ? `${text}${mark}` : text;
      });
      const read = Settings.safeParse(wanted);
      if (!read.success) continue;
      taken.add(place);
      expect(textsIn(read.data).filter((text) => closedDirection(text) !== text)).toEqual([]);
    }

  // Names, descriptions, templates; addresses and enumerations take no such mark.
  expect(taken.size).toBeGreaterThanOrEqual(13);
});

/** Texts and attributes as a browser or a feed reader has them. */
function shownIn(markup: string, xmlMode: boolean): string[] {
  const shown: string[] = [];
  let text = '';
  const end = () => {
    if (text !== '') shown.push(text);
    text = '';
  };
  const parser = new Parser(
    {
      onopentag: (_name, attributes) => {
        end();
        shown.push(...Object.values(attributes));
      },
      ontext: (more) => {
        text += more;
      },
      onclosetag: end,
    },
    { xmlMode, decodeEntities: true },
  );
  parser.end(markup);
  end();
  return shown;
}

const turning = (texts: readonly string[]) => texts.filter((text) => closedDirection(text) !== text);

type Written = { name: string; title: string; section: string; item: string; author: string; subject: string; summary: string };

function issueOf({ title, section, item, author, subject, summary }: Written, slug: string): IssueContent {
  const quoted = (text: string) => JSON.stringify(text);
  const matter = [
    '---',
    ...Object.entries({ title, slug, author, subject, summary, preheader: summary }).map(([key, text]) => `${key}: ${quoted(text)}`),
    '---',
  ];
  const text = [
    ...matter,
    '',
    'Hello.',
    '',
    `## ${section}`,
    '',
    `1. **${item}**`,
    '',
    '   Text.',
    '',
    `2. **${item} two**`,
    '',
    '   Text.',
  ].join('\n');
  return readIssueFile(Buffer.from(text), { timeZone: 'UTC', locale: 'en', now: new Date('2026-11-20T01:00:00Z') });
}

test('titles, names and settings keep their direction to themselves on every page, in feeds, mails and headers', async () => {
  const written = fc.record<Written>({
    name: tricky,
    title: tricky,
    section: tricky,
    item: tricky,
    author: tricky,
    subject: tricky,
    summary: tricky,
  });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(written, tricky, async (texts, query) => {
      run += 1;
      const over = { newsletterName: texts.name, description: texts.summary, legalName: texts.author, postalAddress: texts.subject };
      const own = {
        ...over,
        sender: { name: texts.name, address: 'weekly@news.example.org' },
        topics: [{ id: 'boats', name: texts.item }],
        brand: { masthead: texts.section, footer: texts.summary },
        askTransferAbroad: true,
        welcomeMail: true,
      };
      const site = readerSite(database.table, own, { realMails: true });
      const issues = ['one', 'two'].map((name) => issueOf(texts, `${name}-${run}`));
      for (const content of issues) {
        await site.issues.add({ content, sourceHash: content.slug.padEnd(64, '.'), now: new Date() });
        await site.issues.archive(content, new Date());
      }
      const email = `reader-${run}@example.org`;
      const confirm = await site.signUp(email);
      const asking = (['unsubscribe', 'preferences'] as const).map((purpose) => linkTo(site.ring, '', { purpose, id: site.idOf(email) }));
      const pages = [
        '/',
        '/archive',
        `/archive?q=${encodeURIComponent(query)}`,
        `/archive/${issues[0]?.slug}`,
        confirm,
        '/confirm?t=x',
        ...asking,
      ];
      for (const language of ['en', 'zh-CN'])
        for (const address of pages) {
          const { text } = await site.ask('GET', address, { language });
          expect([address, turning(shownIn(text, false))]).toEqual([address, []]);
        }
      for (const address of ['/feed.xml', '/atom.xml']) {
        const { text } = await site.ask('GET', address);
        expect(text).toContain('one');
        expect([address, turning(shownIn(text, true))]).toEqual([address, []]);
      }
      expect(turning(textsIn(JSON.parse((await site.ask('GET', '/feed.json')).text)))).toEqual([]);

      await site.ask('POST', confirm);
      await site.work();
      const links = { unsubscribeUrl: 'https://news.example.org/u', preferencesUrl: 'https://news.example.org/p' };
      const { settings } = site;
      for (const several of [issues, issues.slice(0, 1)]) {
        const digest = {
          settings,
          publicOrigin: 'https://news.example.org',
          digestId: 'd',
          scheduledFor: '2026-11-20T01:00:00Z',
          issues: several,
        };
        const rendered = await renderDigest(digest);
        site.mails.push({ ...rendered, ...fillDigest(rendered, 'en', links) } as never);
      }
      const quota = { maxSendRate: 14, max24HourSend: 50_000, sentLast24Hours: 1 };
      const notice = dayBeforeNotice({ slot: new Date(), titles: issues.map(({ title }) => title), readers: 2, quota }, settings);
      site.mails.push((await writeNotice(notice, settings, 'https://news.example.org')) as never);
      expect(site.mails.length).toBeGreaterThanOrEqual(5);
      for (const { subject, html, text } of site.mails) {
        const headers = sharedListHeaders(settings);
        const from = settings.sender;
        const mail = { to: email, from, replyTo: settings.replyTo, subject, html, text, language: 'en', headers, date: new Date() };
        const read = await PostalMime.parse(composeMessage(mail));
        const inHeaders = [read.subject ?? '', read.from?.name ?? '', ...read.headers.map(({ value }) => value)];
        expect([subject, turning(inHeaders)]).toEqual([subject, []]);
        expect([subject, turning(shownIn(html, false))]).toEqual([subject, []]);
        expect([subject, turning(text.split('\n'))]).toEqual([subject, []]);
      }
    }),
    { numRuns: 6 },
  );
});
