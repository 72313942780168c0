import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openUpload } from '../../../functions/issues/formats/open-upload.ts';
import { readIssueFile } from '../../../functions/issues/read-issue-file.ts';
import { paragraph, run, wordDocument } from '../formats/word-document.ts';

const reading = { timeZone: 'Asia/Shanghai', locale: 'zh-CN', now: new Date('2026-11-22T12:00:00Z'), newsletter: 'Harbour Weekly' };

async function issueOf(file: string | Uint8Array) {
  const { bytes } = await openUpload(typeof file === 'string' ? Buffer.from(file) : file);
  return readIssueFile(bytes, reading);
}
const authorsOf = async (file: string | Uint8Array) => (await issueOf(file)).authors;

describe('of a page', () => {
  const page = (head: string) =>
    `<!doctype html><html><head><title>The quay</title>${head}</head><body><h1>The quay</h1><p>It opened today.</p></body></html>`;
  const linked = (json: unknown) => page(`<script type="application/ld+json">${JSON.stringify(json)}</script>`);
  const article = { '@type': 'NewsArticle', headline: 'The quay' };

  test.each([
    ['a meta element', page('<meta name="author" content="Mara Holm">'), ['Mara Holm']],
    ['a person in its JSON-LD', linked({ ...article, author: { '@type': 'Person', name: 'Mara Holm' } }), ['Mara Holm']],
    ['several people', linked({ ...article, author: [{ name: 'Mara Holm' }, 'Ito Ken'] }), ['Mara Holm', 'Ito Ken']],
    [
      'a person elsewhere in its graph',
      linked({
        '@graph': [
          { '@type': 'WebSite', name: 'Quays' },
          { ...article, author: { '@id': '#mara' } },
          { '@type': 'Person', '@id': '#mara', name: 'Mara Holm' },
        ],
      }),
      ['Mara Holm'],
    ],
    [
      'people before a meta element',
      linked({ ...article, author: { name: 'Mara Holm' } }).replace('<script', '<meta name="author" content="Staff"><script'),
      ['Mara Holm'],
    ],
  ])('%s names the author', async (_what, file, authors) => {
    expect(await authorsOf(file)).toEqual(authors);
  });

  test.each([
    ['the newsletter itself', page('<meta name="author" content="Harbour weekly">')],
    ['its site', page('<meta property="og:site_name" content="The Quays"><meta name="author" content="The Quays">')],
    ['an organisation', linked({ ...article, author: { '@type': 'Organization', name: 'Quays Ltd' } })],
    ['who comments', linked({ '@type': 'Comment', author: { name: 'Bo' } })],
    ['JSON-LD that is none', page('<script type="application/ld+json">{"author": {"name": "Bo"</script>')],
  ])('%s is nobody who wrote it', async (_what, file) => {
    expect(await authorsOf(file)).toBeUndefined();
  });

  test('a person who writes for a place of that name stays an author beside it', async () => {
    expect(await authorsOf(linked({ ...article, author: [{ name: 'Harbour Weekly' }, { name: 'Mara Holm' }] }))).toEqual(['Mara Holm']);
  });
});

describe('of a mail', () => {
  const mail = (from: string, subject = 'The quay') =>
    `From: ${from}\r\nTo: list@example.org\r\nSubject: ${subject}\r\nDate: Tue, 4 Mar 2025 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>It opened today.</p></body></html>`;

  test.each([
    ['Mara Holm <mara@example.org>', ['Mara Holm']],
    ['"Mara Holm from Harbour Weekly" <mara@example.org>', ['Mara Holm']],
    ['"\'Mara Holm\' via Quays" <list@example.org>', ['Mara Holm']],
    ['=?utf-8?B?5LyK6Jek5YGl?= <ito@example.org>', ['伊藤健']],
  ])('%s is its author, without the address', async (from, authors) => {
    const issue = await issueOf(mail(from));

    expect(issue.authors).toEqual(authors);
    expect(JSON.stringify(issue)).not.toContain('@example.org');
  });

  test.each([
    ['an address alone', mail('mara@example.org')],
    ['the newsletter', mail('Harbour Weekly <news@example.org>')],
    ['a mailbox that nobody reads', mail('No-Reply <no-reply@example.org>')],
    ['who passed it on', mail('Bo Lind <bo@example.org>', 'Fwd: The quay')],
    ['who answered', mail('Bo Lind <bo@example.org>', '回复：The quay')],
  ])('%s is not', async (_what, file) => {
    expect(await authorsOf(file)).toBeUndefined();
  });
});

describe('of a Word document', () => {
  const document = (creator: string) =>
    wordDocument(paragraph(run('It opened today.')), {
      'docProps/core.xml': strToU8(
        `<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:title>Draft 3</dc:title><dc:creator>${creator}</dc:creator></cp:coreProperties>`,
      ),
    });

  test('its properties name the author, and an editor is told so', async () => {
    const issue = await issueOf(document('Mara Holm; Ito Ken'));

    expect(issue.authors).toEqual(['Mara Holm', 'Ito Ken']);
    expect(issue.warnings).toContainEqual({ code: 'author_of_document', values: { authors: ['Mara Holm', 'Ito Ken'] } });
  });

  test.each([
    'python-docx',
    'Windows 用户',
    '微软用户',
    'Microsoft Office User',
    'Administrator',
    'HP',
    'lenovo',
    'Harbour Weekly',
    '',
    'm@example.org',
  ])('%j is nobody, and nothing is said', async (creator) => {
    const issue = await issueOf(document(creator));

    expect(issue.authors).toBeUndefined();
    expect(issue.warnings.map(({ code }) => code)).not.toContain('author_of_document');
  });

  test('properties that are damaged hide no text', async () => {
    const issue = await issueOf(
      wordDocument(paragraph(run('It opened today.')), { 'docProps/core.xml': strToU8('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;<y <z') }),
    );

    expect(issue.authors).toBeUndefined();
    expect(JSON.stringify(issue)).toContain('It opened today.');
  });

  test('Word’s HTML is one as well, and what its metadata say in front goes before', async () => {
    const html =
      '<!doctype html><html><head><meta name="ProgId" content="Word.Document"><meta name="author" content="Mara Holm"></head><body><p>It opened today.</p></body></html>';

    expect((await issueOf(html)).warnings).toContainEqual({ code: 'author_of_document', values: { authors: ['Mara Holm'] } });
    expect(await authorsOf(`---\nauthor: Ito Ken\n---\n${html}`)).toEqual(['Ito Ken']);
  });
});
