import * as z from 'zod';

const Variant = z.object({ html: z.string(), text: z.string() });

/**
 * A digest as it is mailed, but for what differs from reader to reader: one variant per locale a reader may have, with
 * slots for their own links (`emails/fill-email.ts`). The issue itself keeps its own language in every variant.
 */
export const RenderedDigest = z.object({
  subject: z.string(),
  /** BCP 47, of what is written, not of the words around it. */
  language: z.string(),
  preheader: z.string(),
  variants: z.object({ 'zh-CN': Variant, 'zh-TW': Variant, en: Variant }),
  /** Titles of what was cut to a summary and a link, so that the mail stays within what mail programs show. */
  shortened: z.array(z.string()).default([]),
});
export type RenderedDigest = z.infer<typeof RenderedDigest>;
