import { createHash } from 'node:crypto';
import type { Html } from '../../platform/html.ts';
import type { Wording } from '../../subscribers/consent-wordings.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import type { Site } from '../page-layout.ts';
import { consentWords } from './consent-words.ts';

/**
 * The very words that are on a page where consent is given, in one language, with the settings' names and addresses in
 * them. Their version is made of the text itself, so that no change of words or settings can go on under an old one.
 */
export function shownWords(page: 'sign-up' | 'confirm', site: Site, locale: ReaderLocale, own: readonly (string | false)[]): Wording {
  const facts = consentWords(site, locale).facts.map(({ term, description }) => `${term}: ${textOf(description)}`);
  const text = [...own.filter((line) => line !== false), ...facts].join('\n');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { version: `${page}.${locale}.${hash}`, locale, text };
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** What one reads, and in brackets where a link leads. */
const textOf = ({ markup }: Html) =>
  markup
    .replace(/<a href="([^"]*)">([^<]*)<\/a>/g, '$2 ($1)')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);
