import * as z from 'zod';
import { type ReaderLocale, readerLocales } from '../../words/locale.ts';

const Variant = z.object({ html: z.string(), text: z.string() });

/** A language that was registered after a digest was rendered gets that digest in the words of another. */
const Variants = z
  .partialRecord(z.enum(readerLocales), Variant)
  .refine((variants) => Object.keys(variants).length > 0)
  .transform((variants) => {
    const [any] = Object.values(variants);
    return Object.fromEntries(readerLocales.map((locale) => [locale, variants[locale] ?? any])) as Record<
      ReaderLocale,
      z.infer<typeof Variant>
    >;
  });

/**
 * A digest as it is mailed, but for what differs from reader to reader: one variant per locale a reader may have, with
 * placeholders for their own links (`emails/fill-email.ts`). The issue itself keeps its own language in every variant.
 */
const RenderedMail = z.object({
  subject: z.string(),
  /** BCP 47, of what is written, not of the words around it. */
  language: z.string(),
  preheader: z.string(),
  /** Where replies go, if not where the settings say. */
  replyTo: z.string().optional(),
  variants: Variants,
  /** Titles of what was cut to a summary and a link, so that the mail stays within what mail programs show. */
  shortened: z.array(z.string()).default([]),
});

/** The mail of the whole digest, and of what is left of it for readers who chose some topics (`selections.ts`). */
export const RenderedDigest = RenderedMail.extend({ selections: z.record(z.string(), RenderedMail).optional() });
export type RenderedDigest = z.infer<typeof RenderedDigest>;
