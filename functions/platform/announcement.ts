/**
 * Something is about to be true, told before it is written: a process that ends right after the writing has told it already. Whether it
 * came true is looked up before anybody hears of it.
 */
export type Announcement =
  | { type: 'reader.confirmed'; reader: string }
  | { type: 'reader.left'; reader: string; by: 'one-click' | 'page' | 'editor' | 'import' | 'erased' }
  | { type: 'issue.published'; digest: string; slug: string }
  | { type: 'digest.finished'; digest: string }
  | { type: 'digest.held'; digest: string; hold: string; reason?: string };

/** To the webhooks of the newsletter, if there are any for it. */
export type Announce = (what: Announcement) => Promise<void>;
