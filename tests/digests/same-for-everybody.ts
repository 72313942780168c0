import type { RenderedDigest } from '../../functions/digests/rendering/rendered-digest.ts';
import { readerLocales } from '../../functions/words/locale.ts';

/** A rendered mail that is the same for readers of every language. */
export const sameForEverybody = (mail: { html: string; text: string }) =>
  Object.fromEntries(readerLocales.map((locale) => [locale, mail])) as RenderedDigest['variants'];
