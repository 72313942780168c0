import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openUpload } from '../../../functions/issues/formats/open-upload.ts';
import { takeInImages } from '../../../functions/issues/images/take-in-images.ts';
import { readIssueFile } from '../../../functions/issues/read-issue-file.ts';
import { Refusal } from '../../../functions/platform/refusal.ts';
import { animation } from '../images/pictures.ts';
import { outline, texts } from '../reading-an-issue.ts';
import { paragraph, picture, run, wordDocument, wordParts } from './word-document.ts';

const gif = animation(4, 3, 1);
const origin = 'https://news.example.org';

/** The issue that an upload becomes, its pictures among our own. */
async function issueOf(bytes: Uint8Array) {
  const kept: string[] = [];
  const issue = await takeInImages(await openUpload(bytes), {
    read: (file, takenIn) =>
      readIssueFile(file, { timeZone: 'Asia/Shanghai', locale: 'zh-CN', now: new Date('2026-11-22T12:00:00Z'), takenIn }),
    images: {
      keep: async ({ bytes: image }) => {
        kept.push(Buffer.from(image).toString('latin1'));
        return `${origin}/images/${kept.length}.gif`;
      },
      isOurs: () => false,
      putBy: async () => {},
    },
    mailImage: async (image) => ({ bytes: image, extension: 'gif', width: 4, height: 3 }),
    milliseconds: 10_000,
  });
  return { issue, kept };
}

const refusal = (bytes: Uint8Array) =>
  openUpload(bytes).then(
    () => 'read',
    (error: unknown) => (Refusal.is(error) ? error.code : Promise.reject(error)),
  );

describe('a Word document', () => {
  const body = [
    paragraph(run('河港周报 12'), 'Title'),
    paragraph(run('码头'), '2'),
    paragraph(`${run('今晨')}${run('停航', '<w:b/>')}<w:hyperlink r:id="rId2">${run('详情')}</w:hyperlink>`),
    picture('一只钟'),
    paragraph(
      `${run('潮高')}<m:oMath><m:r><m:t>h=a</m:t></m:r><m:sSup><m:e><m:r><m:t>b</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath><w:r><w:footnoteReference w:id="2"/></w:r>`,
    ),
    paragraph(run('灯塔'), '2'),
    `<w:tbl><w:tr><w:tc>${paragraph(run('早潮'))}</w:tc><w:tc>${paragraph(run('六点'))}</w:tc></w:tr></w:tbl>`,
  ].join('');

  test('is read with its title, sections, emphasis, links, pictures, formulas and footnotes', async () => {
    const { issue, kept } = await issueOf(wordDocument(body, { 'word/media/image1.gif': gif }));

    expect(issue.title).toBe('河港周报 12');
    expect(outline(issue)).toEqual([['码头'], ['灯塔']]);
    expect(issue.sections[0]?.blocks[0]?.html).toBe('<p>今晨<strong>停航</strong><a href="https://example.org/quay">详情</a></p>');
    expect(issue.sections[0]?.blocks[1]?.html).toContain(`src="${origin}/images/1.gif" alt="一只钟"`);
    expect(kept).toEqual([Buffer.from(gif).toString('latin1')]);
    expect(issue.sections[0]?.blocks[2]?.html).toContain('潮高h=ab^2<sup><a href="#fn-1" id="fnref-1">[1]</a></sup>');
    expect(issue.closing[0]?.html).toMatch(/<li id="fn-1">以厘米计。 <a href="#fnref-1">/);
    expect(issue.sections[1]?.blocks[0]?.text).toBe('早潮\t六点');
  });

  test.each([
    ['unpacks to very much', () => wordDocument(`<w:p>${' '.repeat(20 * 1024 * 1024)}</w:p>`), 'archive_ratio'],
    [
      'has too much text',
      () => wordDocument(paragraph(run(Array.from({ length: 900_000 }, (_, n) => `${n * 7919} `).join('')))),
      'text_too_large',
    ],
    ['nests without end', () => wordDocument('<w:tbl>'.repeat(5_000) + '</w:tbl>'.repeat(5_000)), 'elements_too_deep'],
    ['has too many elements', () => zipSync(wordParts(paragraph('<w:r/>'.repeat(450_000))), { level: 0 }), 'too_many_elements'],
    [
      'brings entities of its own',
      () =>
        wordDocument('', {
          'word/document.xml': strToU8(`<!DOCTYPE x [<!ENTITY a "${'a'.repeat(99)}"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>`),
        }),
      'archive_entry_damaged',
    ],
    ['shows one picture 400 times', () => wordDocument(picture('钟').repeat(400), { 'word/media/image1.gif': gif }), 'too_many_pictures'],
    ['is torn', () => wordDocument('', { 'word/document.xml': strToU8('<w:document><w:body>') }), 'archive_damaged'],
  ])('that %s is refused', async (_what, document, code) => {
    expect(await refusal(document())).toBe(code);
  });

  test('without one of its pictures names it and keeps its words', async () => {
    const { issue } = await issueOf(wordDocument(paragraph(run('周报'), 'Title') + paragraph(run('文。')) + picture('一只钟')));

    expect(texts(issue.intro)).toEqual(['文。', '一只钟']);
    expect(issue.warnings).toContainEqual(expect.objectContaining({ code: 'relative_picture', values: { address: 'picture-1' } }));
  });

  test('of a later kind is refused by name', async () => {
    expect(await refusal(zipSync({ '[Content_Types].xml': strToU8('x'), 'xl/workbook.xml': strToU8('x') }))).toBe('office_file');
  });

  test('that lies about a size is not unpacked', async () => {
    const lying = Buffer.from(wordDocument('<w:p/>'.repeat(1_000)));
    lying.writeUInt32LE(100, lying.lastIndexOf('word/document.xml') - 46 + 24);

    expect(await refusal(lying)).toBe('archive_entry_damaged');
  });
});

const mail = (head: string, body: string) =>
  Buffer.from(
    `From: Ada <ada@example.org>\r\nTo: readers@example.org\r\nSubject: =?utf-8?B?${Buffer.from('转发: 河港周报 12').toString('base64')}?=\r\nDate: Fri, 20 Nov 2026 20:00:00 +0000\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n${head}\r\n\r\n${body}`.replace(
      /\r?\n/g,
      '\r\n',
    ),
  );

describe('a mail', () => {
  const related = mail(
    'Content-Type: multipart/related; boundary="r"',
    `--r\nContent-Type: multipart/alternative; boundary="a"\n\n--a\nContent-Type: text/plain; charset=utf-8\n\n纯文本\n--a\nContent-Type: text/html; charset=gb18030\nContent-Transfer-Encoding: base64\n\n${Buffer.from(
      [
        ...Buffer.from('<p>'),
        0xba,
        0xd3,
        0xb8,
        0xdb,
        ...Buffer.from('<img src="cid:clock@1" alt="x1"></p><img src="https://t.example/o.gif?u=7" width="1" height="1">'),
      ],
    ).toString(
      'base64',
    )}\n--a--\n--r\nContent-Type: image/gif; name="clock.gif"\nContent-ID: <clock@1>\nContent-Transfer-Encoding: base64\n\n${Buffer.from(gif).toString('base64')}\n--r--\n`,
  );

  test('is its HTML, under its subject and date, with the pictures in it and without the one that counts readers', async () => {
    const { issue, kept } = await issueOf(related);

    expect(issue).toMatchObject({ title: '河港周报 12', date: '2026-11-21' });
    expect(issue.intro[0]).toMatchObject({ text: '河港', html: expect.stringContaining(`${origin}/images/1.gif`) });
    expect(kept).toHaveLength(1);
    expect(issue.images).toHaveLength(1);
  });

  test('without HTML is its text', async () => {
    const { issue } = await issueOf(mail('Content-Type: text/plain; charset=utf-8', '今晨停航。\n\n改乘巴士。'));

    expect(texts(issue.intro)).toEqual(['今晨停航。', '改乘巴士。']);
  });

  test('from an mbox of one is a mail as well', async () => {
    expect((await issueOf(Buffer.concat([Buffer.from('From ada@example.org Fri Nov 20\r\n'), related]))).issue.title).toBe('河港周报 12');
  });

  test('is not what a text with lines of metadata is', async () => {
    const text = Buffer.from('Title: 周报\nDate: 2026-11-20\nFrom: Ada\n\n文。');

    expect((await openUpload(text)).bytes).toEqual(text);
  });

  test.each([
    [
      'that is a saved page',
      mail('Snapshot-Content-Location: https://example.org\nContent-Type: multipart/related; boundary="r"', '--r--'),
      'format_not_read',
    ],
    [
      'of parts in parts',
      mail(
        'Content-Type: multipart/mixed; boundary="b0"',
        Array.from({ length: 200 }, (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary="b${n + 1}"\n\n`).join(''),
      ),
      'mail_damaged',
    ],
    ['of very many parts', mail('Content-Type: multipart/mixed; boundary="b"', '--b\n\nx\n'.repeat(100_000)), 'mail_damaged'],
    ['with a head of a megabyte', mail(`X-A: ${'a\n b'.repeat(300_000)}\nContent-Type: text/plain`, 'x'), 'mail_damaged'],
    ['without anything', mail('Content-Type: text/plain', ' '), 'no_text'],
  ])('%s is refused', async (_what, bytes, code) => {
    expect(await refusal(bytes)).toBe(code);
  });
});
