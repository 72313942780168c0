import * as z from 'zod';

/** Asks `keep-images` to make an issue's pictures ours; `round`: how often that was begun and ran out of time. */
export const KeepImagesMessage = z.object({ slug: z.string(), round: z.number().int().min(1).default(1) });
export type KeepImagesMessage = z.input<typeof KeepImagesMessage>;
