import * as z from 'zod';

/** At most so many addresses are remembered in a message, which SQS limits. */
export const mostSlow = 50;

/** Asks for an issue's pictures to become ours; `slow`: those whose server has once taken too long, which come last. */
export const KeepImagesMessage = z.object({
  kind: z.literal('keep-images'),
  slug: z.string(),
  slow: z.array(z.string()).max(mostSlow).default([]),
});
export type KeepImagesMessage = z.input<typeof KeepImagesMessage>;
export const keepImagesMessage = (slug: string, slow?: readonly string[]): KeepImagesMessage => ({
  kind: 'keep-images',
  slug,
  ...(slow && { slow: [...slow] }),
});
