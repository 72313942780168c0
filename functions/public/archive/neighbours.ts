import { longDate } from '../../../emails/words.ts';
import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import type { IssueMeta } from '../../issues/issue.ts';
import type { IssueStore } from '../../issues/issue-store.ts';
import { html } from '../../platform/html.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { pageHref, type Site } from '../page-layout.ts';
import { issuePath } from './issue-list.ts';

type NeighbourServices = { site: Site; issues: Pick<IssueStore, 'archived' | 'get'>; digests: Pick<DigestStore, 'beside'> };

/** What comes before and after a page. `language` is that of its title, where it is not the page's. */
export type Neighbour = { path: string; title: string; language?: string };
export type Neighbours = { previous?: Neighbour | undefined; next?: Neighbour | undefined };

/** The listed issues before and after one. */
export async function neighboursOfIssue({ date, slug }: IssueMeta, { issues }: Pick<NeighbourServices, 'issues'>): Promise<Neighbours> {
  const here = `${date}#${slug}`;
  const [older, newer] = await Promise.all([issues.archived({ limit: 1, before: here }), issues.archived({ limit: 1, after: here })]);
  const neighbour = (meta: IssueMeta | undefined) => meta && { path: issuePath(meta.slug), title: meta.title, language: meta.language };
  return { previous: neighbour(older.issues[0]), next: neighbour(newer.issues[0]) };
}

/** Weeks that are looked through for a digest that anybody may be led to. */
const weeksLookedThrough = 8;

/** The weekly digests before and after one, without skipped weeks and without those that hold something unlisted or taken down. */
export async function neighboursOfDigest(
  digest: Digest,
  locale: ReaderLocale,
  { site, issues, digests }: NeighbourServices,
): Promise<Neighbours> {
  const isShown = async ({ publishedAt, issues: frozen = [] }: Digest) => {
    if (!publishedAt) return false;
    const metas = await Promise.all(frozen.map(({ slug }) => issues.get(slug)));
    return metas.length > 0 && metas.every((meta) => meta?.publishedAt !== undefined && meta.unlisted !== true);
  };
  const firstShown = async (direction: 'older' | 'newer'): Promise<Neighbour | undefined> => {
    for (const beside of await digests.beside(digest, direction, weeksLookedThrough))
      if (await isShown(beside)) return { path: digestPath(beside.id), title: digestTitle(beside, site, locale) };
    return undefined;
  };
  const [previous, next] = await Promise.all([firstShown('older'), firstShown('newer')]);
  return { previous, next };
}

export const digestPath = (id: string) => `/archive/digests/${id}`;

/** A digest is known by the day it went out, in the newsletter's time zone. */
export const digestTitle = ({ scheduledFor }: Digest, { settings }: Site, locale: ReaderLocale) =>
  longDate(new Intl.DateTimeFormat('sv-SE', { timeZone: settings.timeZone }).format(new Date(scheduledFor)), locale);

export function neighbourLinks(locale: ReaderLocale, { previous, next }: Neighbours) {
  const says = pagesWords[locale].archive;
  const link = (rel: 'prev' | 'next', label: string, { path, title, language }: Neighbour) =>
    html`<a rel="${rel}" href="${pageHref({ path }, locale)}"><span class="kicker">${label}</span> <span class="to"${language && html` lang="${language}"`}>${title}</span></a>`;
  return html`<nav class="neighbours" aria-label="${says.neighbours}">
${previous && link('prev', says.previous, previous)}${next && link('next', says.next, next)}
<p><a href="${pageHref({ path: '/archive' }, locale)}">${says.all}</a></p></nav>`;
}
