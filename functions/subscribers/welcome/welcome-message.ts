import * as z from 'zod';

/** A reader who has just said yes, on their way to a welcome; `newest` is the issue that they may read meanwhile. */
export const WelcomeMessage = z.object({
  kind: z.literal('welcome'),
  reader: z.string(),
  newest: z.object({ slug: z.string(), title: z.string(), language: z.string() }).optional(),
});
export type WelcomeMessage = z.infer<typeof WelcomeMessage>;
