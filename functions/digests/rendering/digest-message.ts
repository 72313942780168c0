import { fillReaderPlaceholders, type ReaderValues, splitAtReaderPlaceholders } from '../../../emails/fill-email.ts';
import { feedbackTags } from '../../mail/feedback-id.ts';
import { leavingHeaders, sharedListHeaders } from '../../mail/list-headers.ts';
import type { OutgoingMessage } from '../../mail/mailer.ts';
import { messageTemplate } from '../../mail/message-template.ts';
import { escapeHtml } from '../../platform/html.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import type { RenderedDigest } from './rendered-digest.ts';

export type DigestReader = ReaderValues & {
  settings: Pick<Settings, 'newsletterName' | 'sender' | 'replyTo' | 'unsubscribeMailbox'>;
  locale: ReaderLocale;
  address: string;
  tags: Record<string, string>;
  /** When it is written, if not now; SES puts the moment of its acceptance in its place. */
  date?: Date;
};

type Fill = (reader: DigestReader) => Uint8Array;

const prepared = new WeakMap<RenderedDigest, Map<ReaderLocale, Fill>>();

/**
 * One reader's copy of a digest. What readers share is encoded at the first call for a rendered digest (kept by object,
 * so hand over the same one); each further copy costs its own few lines, well under a millisecond, whenever `raw` is asked for.
 */
export function digestMessage(rendered: RenderedDigest, reader: DigestReader): OutgoingMessage {
  const { settings, locale, address, tags } = reader;
  const fills = prepared.get(rendered) ?? new Map<ReaderLocale, Fill>();
  prepared.set(rendered, fills);
  const fill = fills.get(locale) ?? prepare(rendered, reader);
  fills.set(locale, fill);
  return {
    from: settings.sender.address,
    to: address,
    // Hundreds wait for their turn at a time: a mail is made only when its turn comes, since it takes a hundred kilobytes.
    get raw() {
      return fill(reader);
    },
    tags: { ...tags, ...feedbackTags(tags) },
  };
}

/** HTML and text as one reader sees them; for previews, and for what a mail is checked against. */
export function fillDigest({ variants }: RenderedDigest, locale: ReaderLocale, values: ReaderValues) {
  const { html, text } = variants[locale];
  return { html: fillReaderPlaceholders(html, values, escapeHtml), text: fillReaderPlaceholders(text, values) };
}

function prepare({ subject, language, variants, ...rendered }: RenderedDigest, { settings, locale }: DigestReader): Fill {
  const html = splitAtReaderPlaceholders(variants[locale].html);
  const text = splitAtReaderPlaceholders(variants[locale].text);
  const { sender: from } = settings;
  const replyTo = rendered.replyTo ?? settings.replyTo;
  const compose = messageTemplate({ from, replyTo, subject, language, headers: sharedListHeaders(settings), html, text });
  return (reader) =>
    compose({
      to: reader.address,
      html: fillReaderPlaceholders(html.own, reader, escapeHtml),
      text: fillReaderPlaceholders(text.own, reader),
      headers: leavingHeaders(reader.settings, reader.unsubscribeUrl),
      ...(reader.date && { date: reader.date }),
    });
}
