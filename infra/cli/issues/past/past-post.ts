/** A post of an export as a file that the newsletter reads, or why it does not go into the archive. */
export type PastPost = { name: string; text: string } | { name: string; leftOut: LeftOut };

export type LeftOut = 'not_published' | 'not_for_everybody' | 'no_post' | 'no_text';

/** A file that is none of the exports that we know. */
export class UnreadableExport extends Error {
  override readonly name = 'UnreadableExport';
}
