import { hash } from 'node:crypto';
import { headerField, mailbox, textField } from './encode-header.ts';

export type Sender = { name: string; address: string };

/** A body of which readers share the beginning: `fixed` is encoded once, what comes after it once per reader. */
type TemplateBody = { fixed: string };

export type MessageTemplateInput = {
  from: Sender;
  replyTo?: string;
  subject: string;
  /** BCP 47, for `Content-Language`. */
  language: string;
  /** Headers that are the same for all readers. */
  headers?: Record<string, string>;
  html: TemplateBody;
  text: TemplateBody;
};

/** What differs from reader to reader; `html` and `text` are what follows the fixed part. */
export type ReaderPart = { to: string; html: string; text: string; headers: Record<string, string>; date?: Date };

/**
 * Prepares a message for many readers: `multipart/alternative`, text before HTML, both as UTF-8 in base64, every line
 * 7-bit and at most 76 wide unless one link is longer. Composing for one reader costs the encoding of their part alone.
 * SES replaces `Date` and `Message-ID`; they are set so that the bytes are a whole message without it.
 */
export function messageTemplate(input: MessageTemplateInput): (reader: ReaderPart) => Uint8Array {
  const { from, replyTo, subject, language, html, text } = input;
  const digest = sha256(JSON.stringify([subject, text.fixed, html.fixed]));
  // Base64 has no underscore, so no encoded line can be taken for the boundary.
  const boundary = `=_${digest.slice(0, 32)}`;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const sender =
    headerField('From', mailbox(from, 'From: '.length)) + (replyTo ? headerField('Reply-To', mailbox({ address: replyTo })) : '');
  const about =
    textField('Subject', subject) +
    headerField('Content-Language', language) +
    headerField('MIME-Version', '1.0') +
    headerFields(input.headers ?? {});
  const partHead = (type: string) => `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const contentType = headerField('Content-Type', `multipart/alternative; boundary="${boundary}"`);
  const textHead = `\r\n${partHead('text/plain')}`;
  const htmlHead = partHead('text/html');
  const end = `--${boundary}--\r\n`;
  const textBody = bodyEncoder(text.fixed);
  const htmlBody = bodyEncoder(html.fixed);

  return (reader) => {
    const id = sha256(`${digest} ${reader.to} ${reader.html}`).slice(0, 32);
    const head =
      sender +
      headerField('To', mailbox({ address: reader.to })) +
      about +
      // Both are ours to the last character, so they need no check and no folding.
      `Date: ${(reader.date ?? new Date()).toUTCString().replace('GMT', '+0000')}\r\nMessage-ID: <${id}@${domain}>\r\n` +
      headerFields(reader.headers) +
      contentType +
      textHead;
    return concatenated([head, textBody.shared, textBody.own(reader.text), htmlHead, htmlBody.shared, htmlBody.own(reader.html), end]);
  };
}

/**
 * One buffer, written once: the shared bytes, nine tenths of a message, are copied as bytes, which costs less than joining
 * strings or making a buffer of every piece. Strings are ASCII, so a character is a byte.
 */
function concatenated(pieces: readonly (string | Buffer)[]): Uint8Array {
  const whole = Buffer.allocUnsafe(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) at += typeof piece === 'string' ? whole.write(piece, at, 'latin1') : piece.copy(whole, at);
  return whole;
}

const headerFields = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => headerField(name, value))
    .join('');

// 57 bytes are one line of 76 characters.
const bytesPerLine = 57;

/** Encodes all whole lines of the fixed part now; what is left of it is encoded with each reader's own text. */
function bodyEncoder(fixed: string) {
  const bytes = canonical(fixed);
  const wholeLines = bytes.length - (bytes.length % bytesPerLine);
  const shared = Buffer.from(base64Lines(bytes.subarray(0, wholeLines)), 'latin1');
  const rest = bytes.subarray(wholeLines);
  return { shared, own: (own: string) => base64Lines(Buffer.concat([rest, canonical(own)])) };
}

// RFC 2045 §6.8: line breaks of a text are CRLF before it is encoded.
const canonical = (text: string) => Buffer.from(text.replace(/\r\n|\r|\n/g, '\r\n'));
const base64Lines = (bytes: Buffer) => bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n');
const sha256 = (text: string) => hash('sha256', text);
