import { aroundOtherLanguages, newsletterWords } from '../functions/words/languages.ts';
import { readerLocaleOf } from '../functions/words/locale.ts';
import type { NewsletterWords } from '../functions/words/shape.ts';

export { longDate } from '../functions/words/dates.ts';

/** The words around an issue, in its language as far as that is registered. */
export const wordsIn = (language: string): NewsletterWords => newsletterWords[readerLocaleOf(language) ?? aroundOtherLanguages];
