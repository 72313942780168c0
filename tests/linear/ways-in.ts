import { classifyBounce } from '../../functions/feedback/classify-bounce.ts';
import { readRow } from '../../functions/imports/reading/read-row.ts';
import { recogniseFile } from '../../functions/imports/reading/recognise-list.ts';
import { RowSplitter } from '../../functions/imports/reading/row-splitter.ts';
import { readIssueFile } from '../../functions/issues/read-issue-file.ts';
import { requestFields } from '../../functions/public/request-fields.ts';

const now = new Date('2026-11-22T20:00:00Z');
const reading = { timeZone: 'Asia/Shanghai', locale: 'zh-CN', now, newsletter: 'Garden Weekly' };
const bytes = (text: string) => Buffer.from(text);
const ofXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const feed = (text: string) =>
  readIssueFile(
    bytes(`<?xml version="1.0"?><rss><channel><item><title>a</title><description>${text}</description></item></channel></rss>`),
    reading,
  );

/** Whole ways in, with what is hostile in each of their places. */
export const waysIn: Readonly<Record<string, (text: string) => unknown>> = {
  'a title': (text) => readIssueFile(bytes(`# ${text}\n\nText.`), reading),
  'a title in front matter': (text) =>
    readIssueFile(bytes(`---\ntitle: "${text.replace(/["\\\n]/g, ' ')}"\ndate: 2026-11-20\n---\n\nText.`), reading),
  'front matter': (text) => readIssueFile(bytes(`---\ntitle: a\n${text}\n---\n\nText.`), reading),
  'lines of keys': (text) => readIssueFile(bytes(`Title: a\nDate: ${text}\n\nText.`), reading),
  'a page': (text) => readIssueFile(bytes(`<!doctype html><title>${text}</title><body><h1>a</h1><p>${text}</p></body>`), reading),
  'attributes of a page': (text) => {
    const value = text.replace(/["<>]/g, "'");
    return readIssueFile(
      bytes(
        `<!doctype html><body><p style="${value}"><a href="${value}" class="${value}">a</a><img src="${value}" alt="${value}"></p></body>`,
      ),
      reading,
    );
  },
  'a post in a feed': (text) => feed(ofXml(text)),
  'a feed': feed,
  'a saved mail': (text) =>
    readIssueFile(
      bytes(
        `From: a@example.org\r\nSubject: ${text.replace(/[\r\n]/g, ' ')}\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${text}`,
      ),
      reading,
    ),
  'a file’s name': (text) => readIssueFile(bytes('# a\n\nText.'), { ...reading, fileName: `${text}.md` }),
  'a list of readers': async (text) => {
    const head = bytes(`email,status,${text.replace(/[\r\n]/g, ' ')}\nada@example.org,${text}\n`);
    const { reading } = await recogniseFile({ head, filename: `${text}.csv`, whole: async () => head }, {});
    const splitter = new RowSplitter(reading);
    const context = { reading, identityKey: 'key', listKey: '', locale: 'en' as const, topics: [], now };
    for (const row of [...splitter.push(head), ...splitter.end()]) readRow(row, context);
  },
  'a bounce': (text) =>
    classifyBounce({
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: 'ada@example.org', status: text, diagnosticCode: text }],
    } as never),
  'a form': (text) =>
    requestFields({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: bytes(`email=${text}`) } as never),
};
