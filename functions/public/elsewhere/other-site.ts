import type { HttpRequest } from '../../platform/http.ts';
import type { Settings } from '../../settings/settings.ts';

const framedPaths: ReadonlySet<string> = new Set(['/form', '/subscribe']);

/** Whether a page is for the frame on another site: that of the form, or what answers it. No other can be framed. */
export const isFramed = ({ path, query }: Pick<HttpRequest, 'path' | 'query'>) => framedPaths.has(path) && query.has('frame');

type Origins = Pick<Settings, 'formOrigins'>;

/** Lets a script on one of the publisher's own sites read the answer (https://fetch.spec.whatwg.org/#http-cors-protocol). No cookie takes part. */
export function crossOrigin({ headers: { origin } }: Pick<HttpRequest, 'headers'>, { formOrigins }: Origins): Record<string, string> {
  if (origin === undefined || !formOrigins.includes(origin)) return {};
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'retry-after' };
}

/** Where a form wants its reader back; undefined unless the settings know the site, or a stranger's form could send people anywhere. */
export function returnAddress(wanted: string | undefined, { formOrigins }: Origins): string | undefined {
  if (!wanted || wanted.length > 2_000 || !URL.canParse(wanted)) return undefined;
  const { href } = new URL(wanted);
  // The whole beginning: a blob's address has the origin of its site, too, and one may have a user name in front of the host.
  return formOrigins.some((origin) => href.startsWith(`${origin}/`)) ? href : undefined;
}

const longestSource = 40;

/** What a form calls itself, as a short name: words with `-` between them. Anybody may write anything there. */
export function sourceName(text: string): string | undefined {
  const words =
    text
      .slice(0, 200)
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}._]*/gu) ?? [];
  return [...words.join('-')].slice(0, longestSource).join('') || undefined;
}

/** By its own name, else by the host of its site, where the settings know that. */
export function sourceOf(named: string | undefined, { headers: { origin = '' } }: Pick<HttpRequest, 'headers'>, { formOrigins }: Origins) {
  return sourceName(named ?? '') ?? (formOrigins.includes(origin) ? new URL(origin).hostname : undefined);
}
