import PostalMime, { type Email } from 'postal-mime';
import { Refusal } from '../../platform/refusal.ts';
import { megabytes } from '../../platform/refusals/refusal-kind.ts';
import type { IssueUpload, UploadedImage } from '../images/issue-upload.ts';
import { asPage } from './as-page.ts';

const maxBytes = 15 * 1024 * 1024;
/** 15 MB in lines as long as programs write them; each costs the parser some ten microseconds. */
const maxLines = 210_000;
/** Far more than any program writes; the parser's time grows with parts and depth. */
const limits = { maxNestingDepth: 20, maxHeadersSize: 512 * 1024, maxRfc822NestingDepth: 1 };
const maxParts = 500;
const maxImages = 300;

/** The page that a mail shows: its HTML, or else its text, under its subject and date, with the pictures in it. */
export async function mailPage(bytes: Uint8Array): Promise<IssueUpload> {
  if (bytes.length > maxBytes)
    throw new Refusal('file_too_large', { megabytes: megabytes(bytes.length), limitMegabytes: megabytes(maxBytes) });
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (isArchivedPage(text)) throw new Refusal('format_not_read', { format: 'MHTML' });
  if (linesIn(text) > maxLines || partsIn(text) > maxParts) throw new Refusal('mail_damaged');
  const mail = await parsed(bytes);
  const images = mail.attachments.filter(({ mimeType }) => mimeType.startsWith('image/')).flatMap(imageOf);
  if (images.length > maxImages) throw new Refusal('too_many_pictures', { pictures: images.length, most: maxImages });
  const { html, text: words = '' } = mail;
  if (!html?.trim() && !words.trim()) throw new Refusal('no_text');
  const metadata = {
    title: subjectOf(mail),
    date: mail.headers.find(({ key }) => key === 'date')?.value ?? mail.date,
    'page author': senderOf(mail),
  };
  return { bytes: asPage(metadata, html?.trim() ? html : words), path: '', images, isTranslated: true };
}

/** A page that a browser has saved in the form of a mail. */
const isArchivedPage = (text: string) => {
  const head = text.slice(0, 4_000).split(/\r?\n\r?\n/, 1)[0] ?? '';
  return /^(?:Snapshot-)?Content-Location:|^From:\s*["<]*Saved by |^X-MAF-/im.test(head);
};

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && lines <= maxLines; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** Lines that could begin or end a part. */
function partsIn(text: string): number {
  let parts = 0;
  for (let at = text.indexOf('\n--'); at >= 0 && parts <= maxParts; at = text.indexOf('\n--', at + 3))
    if (/^[\w'()+,./:=?-]{1,80}\r?\n/.test(text.slice(at + 3, at + 90))) parts += 1;
  return parts;
}

async function parsed(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, limits);
  } catch {
    throw new Refusal('mail_damaged');
  }
}

/** What programs put in front when a mail is answered or passed on. */
const passedOn = /^(?:\s*(?:re|fwd?|aw|wg|tr|rv|回复|答复|转发|回覆|轉寄)\s*[:：])+\s*/i;

const subjectOf = ({ subject = '' }: Email) => subject.slice(0, 1_000).replace(passedOn, '').replace(/\s+/g, ' ').trim();

/** The name that the mail says it is from, never the address. A mail that was passed on is from somebody else than its author. */
function senderOf({ from, subject = '' }: Email): string {
  if (passedOn.test(subject.slice(0, 1_000))) return '';
  const [name = ''] = (from?.name ?? '').slice(0, 200).split(/ (?:via|from|at) /i, 1);
  return name.replace(/^'([^']+)'$/, '$1');
}

/** A picture inside of a mail is called by its Content-ID (RFC 2392), without its brackets. */
function imageOf({ contentId, filename, content }: Email['attachments'][number]): UploadedImage[] {
  if (typeof content === 'string' || !(contentId || filename)) return [];
  const path = contentId ? `cid:${contentId.replace(/^<|>$/g, '')}` : (filename ?? '');
  return [{ path, bytes: content instanceof Uint8Array ? content : new Uint8Array(content) }];
}
