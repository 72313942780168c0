import type { HttpRequest } from '../platform/http.ts';
import { acceptedLocale, type ReaderLocale } from '../platform/locale.ts';

/** Browsers name HTML in `Accept`; programs that take anything get JSON. */
export function prefersHtml({ headers }: HttpRequest): boolean {
  const html = Math.max(weightOf(headers.accept, 'text/html'), weightOf(headers.accept, 'application/xhtml+xml'));
  return html > 0 && html >= weightOf(headers.accept, 'application/json');
}

/** RFC 9110, 12.5.1, for a type that is named as such: `*` does not count. */
function weightOf(accept: string | undefined, type: string) {
  const entry = (accept ?? '').split(',').find((range) => range.split(';')[0]?.trim().toLowerCase() === type);
  if (entry === undefined) return 0;
  const q = /;\s*q=([\d.]+)/i.exec(entry)?.[1];
  return q === undefined ? 1 : Number(q);
}

/** The language of the answer: what the switch says, else what the browser says, else the newsletter's own. */
export const localeOf = ({ query, headers }: HttpRequest, otherwise: ReaderLocale): ReaderLocale =>
  acceptedLocale(query.get('lang') ?? undefined, acceptedLocale(headers['accept-language'], otherwise));
