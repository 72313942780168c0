import { languages, pagesWords } from '../words/languages.ts';
import type { ReaderLocale } from '../words/locale.ts';

const nameOf = (region: string, locale: ReaderLocale) => {
  const { places } = pagesWords[locale];
  const known = Object.keys(places) as (keyof typeof places)[];
  const found = known.find((each) => each === region);
  return found && places[found];
};

/** Where the table and SES are, for people: `新加坡`; the region's code where we have no name for it. */
export const placeWords = (region: string, locale: ReaderLocale): string => nameOf(region, locale) ?? region;

/** `新加坡（ap-southeast-1）`. */
export function regionWords(region: string, locale: ReaderLocale): string {
  const place = nameOf(region, locale);
  return place === undefined ? region : `${place}${languages[locale].inBrackets(region)}`;
}
