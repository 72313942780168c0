import Negotiator from 'negotiator';
import type { HttpRequest } from '../platform/http.ts';
import { type ReaderLocale, readerLocaleOf } from '../words/locale.ts';

const pageTypes = ['text/html', 'application/xhtml+xml'];

/** Browsers name HTML in `Accept` (RFC 9110, 12.5.1); programs that take anything get JSON. */
export function prefersHtml({ headers }: HttpRequest): boolean {
  const accepted = new Negotiator({ headers: { accept: headers.accept?.toLowerCase() ?? '' } }).mediaTypes();
  const best = accepted.find((type) => pageTypes.includes(type) || type === 'application/json');
  return best !== undefined && pageTypes.includes(best);
}

/**
 * Our language for an `Accept-Language` header (RFC 9110, 12.5.4): the best-weighted language we speak, else the
 * newsletter's own. The edge chooses in the same way (`infra/parts/site-cache.ts`).
 */
export function acceptedLocale(header: string | undefined, otherwise: ReaderLocale): ReaderLocale {
  const wanted = new Negotiator({ headers: { 'accept-language': header ?? '' } }).languages();
  return wanted.map(readerLocaleOf).find((locale) => locale !== undefined) ?? otherwise;
}

/** The language of the answer: what the switch says, else what the browser says, else the newsletter's own. */
export const localeOf = ({ query, headers }: HttpRequest, otherwise: ReaderLocale): ReaderLocale =>
  acceptedLocale(query.get('lang') ?? undefined, acceptedLocale(headers['accept-language'], otherwise));
