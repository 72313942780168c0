import { fillReaderSlots, type ReaderValues, splitAtReaderSlots } from '../../emails/fill-email.ts';
import { feedbackTags } from '../mail/feedback-id.ts';
import { leavingHeaders, sharedListHeaders } from '../mail/list-headers.ts';
import type { OutgoingMessage } from '../mail/mailer.ts';
import { messageTemplate } from '../mail/message-template.ts';
import { escapeHtml } from '../platform/html.ts';
import type { ReaderLocale } from '../platform/locale.ts';
import type { Settings } from '../platform/settings.ts';
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
    // Hundreds wait for their turn together: none of them takes its hundred kilobytes before.
    get raw() {
      return fill(reader);
    },
    tags: { ...tags, ...feedbackTags(tags) },
  };
}

/** HTML and text as one reader sees them; for previews, and for what a mail is checked against. */
export function fillDigest({ variants }: RenderedDigest, locale: ReaderLocale, values: ReaderValues) {
  const { html, text } = variants[locale];
  return { html: fillReaderSlots(html, values, escapeHtml), text: fillReaderSlots(text, values) };
}

function prepare({ subject, language, variants }: RenderedDigest, { settings, locale }: DigestReader): Fill {
  const html = splitAtReaderSlots(variants[locale].html);
  const text = splitAtReaderSlots(variants[locale].text);
  const { sender: from, replyTo } = settings;
  const compose = messageTemplate({ from, replyTo, subject, language, headers: sharedListHeaders(settings), html, text });
  return (reader) =>
    compose({
      to: reader.address,
      html: fillReaderSlots(html.own, reader, escapeHtml),
      text: fillReaderSlots(text.own, reader),
      headers: leavingHeaders(reader.settings, reader.unsubscribeUrl),
      ...(reader.date && { date: reader.date }),
    });
}
