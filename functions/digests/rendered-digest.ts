import * as z from 'zod';

const Variant = z.object({ html: z.string(), text: z.string() });

/**
 * A digest as it is mailed, but for what differs from reader to reader: one variant per locale a reader may have, with
 * slots for their own links (`emails/fill-email.ts`). The issue itself keeps its own language in every variant.
 */
const RenderedMail = z.object({
  subject: z.string(),
  /** BCP 47, of what is written, not of the words around it. */
  language: z.string(),
  preheader: z.string(),
  variants: z.object({ 'zh-CN': Variant, 'zh-TW': Variant, en: Variant }),
  /** Titles of what was cut to a summary and a link, so that the mail stays within what mail programs show. */
  shortened: z.array(z.string()).default([]),
});

/** The mail of the whole digest, and of what is left of it for readers who chose some topics (`selections.ts`). */
export const RenderedDigest = RenderedMail.extend({ selections: z.record(z.string(), RenderedMail).optional() });
export type RenderedDigest = z.infer<typeof RenderedDigest>;
