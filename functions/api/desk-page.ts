import type { HttpResponse } from '../platform/http.ts';
import { Refusal } from '../platform/refusal.ts';
import { type Topic, topicName } from '../settings/topics.ts';
import { type DeskLocale, deskLocales } from '../words/locale.ts';

/** What the page must know before anybody has signed in: nothing that is not public. */
export type DeskConfig = {
  signInOrigin: string;
  clientId: string;
  newsletterName: string;
  locale: DeskLocale;
  timeZone: string;
  topics: readonly { id: string; names: Record<DeskLocale, string> }[];
};

export type PageServices = {
  /** A file of `page/`, which lies beside this function; undefined when there is none of that name. */
  pageFile: (name: string) => Promise<Uint8Array | undefined>;
  /** Where large files and lists are sent past us, e.g. `https://uploads.s3.eu-central-1.amazonaws.com`. */
  uploadsOrigins: () => Promise<string[]>;
  pageConfig: Omit<DeskConfig, 'topics'> & { topics: readonly Topic[] };
};

const types: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

const everyAnswer = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** The editors' page itself: a shell that signs in and does everything else with the editor's token. */
export async function page({ pageFile, pageConfig, uploadsOrigins }: PageServices): Promise<HttpResponse> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Only pictures of our own: a page that asks others for theirs would tell them who edits what, and when.
    "img-src 'self' data:",
    `connect-src 'self' ${new URL(pageConfig.signInOrigin).origin} ${[...new Set(await uploadsOrigins())].join(' ')}`,
    "frame-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    status: 200,
    headers: {
      ...everyAnswer,
      'content-type': types.html ?? '',
      'cache-control': 'no-cache',
      'content-security-policy': policy.join('; '),
    },
    body: await mustFind(pageFile, 'index.html'),
  };
}

export async function pageAsset({ pageFile }: PageServices, file: string): Promise<HttpResponse> {
  const type = types[/\.([a-z]+)$/.exec(file)?.[1] ?? ''];
  if (!type) throw new Refusal('not_found');
  return {
    status: 200,
    headers: {
      ...everyAnswer,
      'content-type': type,
      'cache-control': 'public, max-age=300',
      ...(file.endsWith('.html') && { 'content-security-policy': framePolicy }),
    },
    body: await mustFind(pageFile, file),
  };
}

/**
 * Where previews are shown: inline styles, which every email needs and the page itself forbids, but neither scripts nor
 * forms, and no pictures but ours.
 */
const framePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/** The description of the API, for programs and for people: it needs no key, since it is public with the source. */
export const apiDescription =
  (file: 'openapi.json' | 'reference.html') =>
  async ({ pageFile }: PageServices): Promise<HttpResponse> => ({
    status: 200,
    headers: {
      ...everyAnswer,
      'content-type': file === 'openapi.json' ? 'application/json; charset=utf-8' : (types.html ?? ''),
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
    body: await mustFind(pageFile, file),
  });

export const pageConfig = ({ pageConfig: config }: PageServices): HttpResponse => ({
  status: 200,
  headers: { ...everyAnswer, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' },
  body: JSON.stringify({ ...config, topics: config.topics.map(named) } satisfies DeskConfig),
});

/** By their names in every language, since the page speaks them all. */
const named = ({ id, name }: Topic) => ({
  id,
  names: Object.fromEntries(deskLocales.map((locale) => [locale, topicName(name, locale)])) as Record<DeskLocale, string>,
});

async function mustFind(pageFile: PageServices['pageFile'], name: string): Promise<string> {
  const bytes = await pageFile(name);
  if (!bytes) throw new Refusal('not_found');
  return Buffer.from(bytes).toString('utf8');
}
