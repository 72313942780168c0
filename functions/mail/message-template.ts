import { createHash } from 'node:crypto';
import { headerField, mailbox, textField } from './encode-header.ts';

export type Sender = { name: string; address: string };

/** A body of which readers share the beginning: `fixed` is encoded once, what comes after it once per reader. */
export type TemplateBody = { fixed: string };

export type MessageTemplateInput = {
  from: Sender;
  replyTo?: string;
  subject: string;
  /** BCP 47, for `Content-Language`. */
  language: string;
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
  const about = textField('Subject', subject) + headerField('Content-Language', language) + headerField('MIME-Version', '1.0');
  const partHead = (type: string) => `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const htmlHead = ascii(partHead('text/html'));
  const end = ascii(`--${boundary}--\r\n`);
  const textBody = bodyEncoder(text.fixed);
  const htmlBody = bodyEncoder(html.fixed);

  return (reader) => {
    const id = sha256(`${digest} ${reader.to} ${JSON.stringify(reader.headers)}`).slice(0, 32);
    const headers = [
      sender,
      headerField('To', mailbox({ address: reader.to })),
      about,
      headerField('Date', (reader.date ?? new Date()).toUTCString().replace('GMT', '+0000')),
      headerField('Message-ID', `<${id}@${domain}>`),
      ...Object.entries(reader.headers).map(([name, value]) => headerField(name, value)),
      headerField('Content-Type', `multipart/alternative; boundary="${boundary}"`),
    ];
    // The shared bytes are copied as bytes: joining them as strings costs more than all the rest.
    return Buffer.concat([
      ascii(`${headers.join('')}\r\n${partHead('text/plain')}`),
      ...textBody(reader.text),
      htmlHead,
      ...htmlBody(reader.html),
      end,
    ]);
  };
}

// 57 bytes are one line of 76 characters.
const bytesPerLine = 57;

/** Encodes all whole lines of the fixed part now; what is left of it is encoded with each reader's own text. */
function bodyEncoder(fixed: string) {
  const bytes = canonical(fixed);
  const wholeLines = bytes.length - (bytes.length % bytesPerLine);
  const encoded = ascii(base64Lines(bytes.subarray(0, wholeLines)));
  const rest = bytes.subarray(wholeLines);
  return (own: string) => [encoded, ascii(base64Lines(Buffer.concat([rest, canonical(own)])))];
}

// RFC 2045 §6.8: line breaks of a text are CRLF before it is encoded.
const canonical = (text: string) => Buffer.from(text.replace(/\r\n|\r|\n/g, '\r\n'));
const base64Lines = (bytes: Buffer) => bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n');
const ascii = (text: string) => Buffer.from(text, 'latin1');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
