import { contrast } from '../../emails/brand.ts';
import { component } from '../../emails/compile-email.ts';
import { clip } from '../../emails/digest-subject.ts';
import { blockText } from '../../emails/issue/block-text.ts';
import { headline } from '../../emails/issue/issue-text.ts';
import { blockHtml } from '../../emails/issue/mail-block-html.ts';
import { authenticate } from '../../functions/access/authenticate.ts';
import { uploadHash } from '../../functions/api/issues/upload-hash.ts';
import { noteReceipts } from '../../functions/deliveries/event-channel/event-receipts.ts';
import { judgeColumns } from '../../functions/imports/reading/columns/judge-columns.ts';
import { readState } from '../../functions/imports/reading/columns/state-column.ts';
import { readDate } from '../../functions/imports/reading/dates/read-date.ts';
import { recogniseShape, textRows } from '../../functions/imports/reading/files/read-text-table.ts';
import { unpackArchive } from '../../functions/imports/reading/files/unpack-list.ts';
import { namedTopics } from '../../functions/imports/reading/named-topics.ts';
import { ownStatus } from '../../functions/imports/reading/own-facts.ts';
import { recogniseList } from '../../functions/imports/reading/recognise-list.ts';
import { metadataDate } from '../../functions/issues/details/dates/metadata-date.ts';
import { issueWords } from '../../functions/issues/details/issue-words.ts';
import { languageByScript } from '../../functions/issues/details/language/other-scripts.ts';
import { abbreviates, namesNewsletter } from '../../functions/issues/details/newsletter-nouns.ts';
import { heicPixels } from '../../functions/issues/images/codecs.ts';
import { fetchImage } from '../../functions/issues/images/fetch-image.ts';
import { withoutMetadata } from '../../functions/issues/images/without-metadata.ts';
import { contrastOf } from '../../functions/issues/preflight/contrast.ts';
import { linkFinding } from '../../functions/issues/preflight/link-findings.ts';
import { markupFindings } from '../../functions/issues/preflight/markup-findings.ts';
import { placeholderFindings } from '../../functions/issues/preflight/placeholder-findings.ts';
import { readIssueFile } from '../../functions/issues/read-issue-file.ts';
import { looksLikeTitle, tellsIssue } from '../../functions/issues/reading/title-evidence.ts';
import { replyAddress } from '../../functions/issues/reply-address.ts';
import { decodedAs } from '../../functions/issues/source/encoding/declared-encoding.ts';
import { boxMark, namedWord } from '../../functions/issues/source/generators/box-marks.ts';
import { hugoShortcode } from '../../functions/issues/source/generators/hugo-shortcode.ts';
import { liquidTag } from '../../functions/issues/source/generators/liquid-tag.ts';
import { withoutMachineLines } from '../../functions/issues/source/generators/machine-lines.ts';
import { mdxMark } from '../../functions/issues/source/generators/mdx-mark.ts';
import { mediaMark } from '../../functions/issues/source/generators/media-mark.ts';
import { resolveMarks } from '../../functions/issues/source/generators/resolve-marks.ts';
import { wikiLink } from '../../functions/issues/source/generators/wiki-link.ts';
import { parseHtml } from '../../functions/issues/source/html-tree.ts';
import { jsonMetadata } from '../../functions/issues/source/json-metadata.ts';
import { markdownHtml } from '../../functions/issues/source/markdown/markdown-html.ts';
import { markdownContent } from '../../functions/issues/source/read-source.ts';
import { tomlMetadata } from '../../functions/issues/source/toml-metadata.ts';
import { yamlMetadata } from '../../functions/issues/source/yaml-metadata.ts';
import { headerField, textField } from '../../functions/mail/encode-header.ts';
import { sameBytes } from '../../functions/platform/sealing/keyed-hash.ts';
import { webhookHeaders } from '../../functions/platform/sealing/webhook-headers.ts';
import { withoutEnd } from '../../functions/platform/without-end.ts';
import { absoluteAddress, absoluteHtml } from '../../functions/public/archive/absolute-html.ts';
import { findIssues } from '../../functions/public/archive/find-issues.ts';
import { returnAddress, sourceOf } from '../../functions/public/elsewhere/other-site.ts';
import { acceptedLocale } from '../../functions/public/negotiation.ts';
import { topicNamed } from '../../functions/settings/topics.ts';
import { momentAt } from '../../functions/words/wall-time.ts';

const now = new Date('2026-11-22T20:00:00Z');
const reading = { timeZone: 'Asia/Shanghai', locale: 'zh-CN', now, newsletter: 'Garden Weekly' };
const bytes = (text: string) => Buffer.from(text);
const cells = (text: string) => text.match(/[\s\S]{1,10}/g) ?? [];
const notCode = () => false;
const date = { now, timeZone: 'Asia/Shanghai', language: 'en' };
const none: ReadonlyMap<string, string> = new Map();
const rowShape = { encoding: 'utf-8', newline: '\n', delimiter: ',' } as const;
const column = { column: 0, reads: 'words', words: {} } as const;

/** The markup of an issue, which nests no deeper than its reader lets it. */
const kept = (text: string) =>
  readIssueFile(bytes(`# a\n\n${text}`), reading)
    .intro.map(({ html }) => html)
    .join('');

const own = { name: 'a', address: 'a@news.example.org' };
const replySettings = { sender: own, confirmationSender: own, contact: own.address, replyTo: own.address, replyAddresses: [] };

const nobody = async (): Promise<never> => {
  throw new Error('There is nobody.');
};

/** At every place of a text, as the reader around it asks. */
const everywhere = (at: (text: string, start: number) => unknown) => (text: string) => {
  for (let start = 0; start < text.length; start += 1) at(text, start);
};

/** How to call what takes more than a text. Whatever takes a text from outside and is missing here fails a test. */
export const readerCalls = new Map<unknown, (text: string) => unknown>([
  [abbreviates, (text) => abbreviates('gw', text)],
  [absoluteAddress, (text) => absoluteAddress(text, 'https://a.example')],
  [absoluteHtml, (text) => absoluteHtml(text, 'https://a.example')],
  [acceptedLocale, (text) => acceptedLocale(text, 'en')],
  [
    authenticate,
    (text) =>
      authenticate(`Bearer ${text}`, {
        verifyToken: nobody,
        principals: { find: nobody, keepAddress: nobody },
        signedInAddress: nobody,
        apiKeys: { find: nobody, noteUse: nobody },
        now: () => new Date(0),
      }),
  ],
  [blockHtml, (text) => blockHtml(kept(text), { origin: 'https://a.example', idPrefix: 'a', headingLevel: 3, mono: 'monospace' })],
  [blockText, (text) => blockText(kept(text), { origin: 'https://a.example', imageWord: 'Picture' })],
  [boxMark, (text) => boxMark(text, cells(text), false, true)],
  [clip, (text) => clip(text, 200)],
  [component, (text) => component(text, {} as never, {})],
  [contrast, (text) => contrast(text, text)],
  [contrastOf, (text) => contrastOf(text, text)],
  [decodedAs, (text) => decodedAs('utf-8', bytes(text))],
  [fetchImage, (text) => fetchImage(`https://${text}`, { resolve: nobody, request: nobody }, { pause: async () => undefined })],
  [findIssues, (text) => findIssues(text, { limit: 10 }, { archived: async () => ({ issues: [] }) })],
  [headerField, (text) => headerField('X-A', text)],
  [headline, (text) => headline(text, '=')],
  [heicPixels, (text) => heicPixels(bytes(text), () => undefined)],
  [hugoShortcode, (text) => hugoShortcode(text, true)],
  [issueWords, (text) => issueWords(text, { intro: [], sections: [], closing: [] })],
  [jsonMetadata, (text) => jsonMetadata(text, 1)],
  [judgeColumns, (text) => judgeColumns(cells(text).slice(0, 200), [cells(text).slice(0, 200)], 0)],
  [languageByScript, (text) => languageByScript(text, text.length, 0.5)],
  [linkFinding, (text) => linkFinding(text, text, 'intro')],
  [liquidTag, (text) => liquidTag('note', text, true)],
  [looksLikeTitle, (text) => looksLikeTitle(text, { fileTitle: text, newsletter: 'Garden Weekly' })],
  [markdownContent, (text) => markdownContent(text, 1)],
  [markdownHtml, (text) => markdownHtml(text, 1)],
  [markupFindings, (text) => markupFindings(text, 'intro')],
  [mdxMark, everywhere((text, start) => mdxMark(text, start, none))],
  [mediaMark, (text) => mediaMark(text, cells(text))],
  [metadataDate, (text) => metadataDate(text, date)],
  [momentAt, (text) => momentAt(text, 'Asia/Shanghai')],
  [namedTopics, (text) => namedTopics(text, text, { topics: [] })],
  [namedWord, (text) => namedWord(cells(text), 'title')],
  [namesNewsletter, (text) => namesNewsletter(text, 'Garden Weekly')],
  [noteReceipts, (text) => noteReceipts([text], new Date(0), { update: nobody, put: nobody })],
  [ownStatus, (text) => ownStatus(text, text)],
  [parseHtml, (text) => parseHtml(text, { line: 1 })],
  [placeholderFindings, (text) => placeholderFindings(text, 'intro')],
  [readDate, (text) => readDate(text, { now, numbers: true })],
  [readIssueFile, (text) => readIssueFile(bytes(text), reading)],
  [readState, (text) => readState(text, column)],
  [recogniseList, (text) => recogniseList(bytes(text), 'a.csv')],
  [recogniseShape, (text) => recogniseShape(bytes(text), {})],
  [returnAddress, (text) => returnAddress(text, { formOrigins: ['https://www.example.org'] })],
  [sourceOf, (text) => sourceOf(text, { headers: {} }, { formOrigins: [] })],
  [webhookHeaders, (text) => webhookHeaders(text, { id: 'msg_1', body: text }, now)],
  [replyAddress, (text) => replyAddress(text, replySettings)],
  [resolveMarks, (text) => resolveMarks(text, 1)],
  [sameBytes, (text) => sameBytes(bytes(text), bytes(text))],
  [tellsIssue, (text) => tellsIssue(text, { newsletter: 'Garden Weekly' })],
  [textField, (text) => textField('X-A', text)],
  [textRows, (text) => textRows(bytes(text), rowShape, true)],
  [tomlMetadata, (text) => tomlMetadata(text, 1)],
  [topicNamed, (text) => topicNamed(text, [])],
  [unpackArchive, (text) => unpackArchive(bytes(text), 'a.zip', {})],
  [uploadHash, (text) => uploadHash(bytes(text), [{ path: 'a.png', bytes: bytes(text) }])],
  [wikiLink, everywhere(wikiLink)],
  [withoutEnd, (text) => withoutEnd(text, /[ab\s]/)],
  [withoutMachineLines, (text) => withoutMachineLines(text, notCode)],
  [withoutMetadata, (text) => withoutMetadata(bytes(`\xff\xd8${text}`), 'jpg')],
  [yamlMetadata, (text) => yamlMetadata(text, 1)],
]);
