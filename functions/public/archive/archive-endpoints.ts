import type { DigestStore } from '../../digests/digest-store.ts';
import { checkPreview } from '../../digests/preview-link.ts';
import type { IssueMeta } from '../../issues/issue.ts';
import type { IssueStore } from '../../issues/issue-store.ts';
import type { Now } from '../../platform/clock.ts';
import { closedDirection } from '../../platform/closed-direction.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { KeyRing } from '../../platform/sealing/key-ring.ts';
import { localeOf } from '../negotiation.ts';
import { pageResponse, type Site } from '../page-layout.ts';
import { archivePage } from './archive-page.ts';
import { findIssues } from './find-issues.ts';
import { digestPage, issuePage } from './issue-page.ts';
import { neighboursOfDigest, neighboursOfIssue } from './neighbours.ts';
import type { PublicIssue } from './public-issue.ts';
import { revalidated } from './revalidated.ts';

export type ArchiveServices = {
  site: Site;
  issues: Pick<IssueStore, 'archived' | 'get' | 'content' | 'isGone'>;
  digests: Pick<DigestStore, 'find' | 'beside'>;
  ring: KeyRing;
  now: Now;
};

const issuesPerPage = 20;

export async function showArchive(request: HttpRequest, { site, issues }: ArchiveServices): Promise<HttpResponse> {
  const cursor = request.query.get('before') ?? '';
  const before = /^\d{4}-\d\d-\d\d#[a-z0-9-]+$/.test(cursor) ? cursor : undefined;
  const query = closedDirection((request.query.get('q') ?? '').replace(/\s+/g, ' ').trim().slice(0, 100).toWellFormed());
  const wanted = { limit: issuesPerPage, before };
  const page = query ? await findIssues(query, wanted, issues) : await issues.archived(wanted);
  const answer = pageResponse(site, archivePage(site, localeOf(request, site.settings.locale), page, { query, before }));
  return revalidated(request, answer);
}

/** An issue is public from the first claim of its digest, before it is in the archive; one that was taken down says so. */
export async function showIssue(request: HttpRequest, services: ArchiveServices): Promise<HttpResponse> {
  const { slug = '' } = request.params;
  const preview = request.query.get('preview');
  if (preview !== null) return showPreview(request, slug, preview, services);
  const { site, issues } = services;
  const issue = await publicIssue(slug, services);
  if (issue) {
    const page = issuePage(site, localeOf(request, site.settings.locale), issue, await neighboursOfIssue(issue.meta, services));
    return revalidated(request, pageResponse(site, page));
  }
  if (await issues.isGone(slug)) throw new Refusal('issue_taken_down');
  throw new Refusal('issue_not_public');
}

/** The page of a text that is not public yet, for everybody who has the link: an issue's current text, or one that was only shown. */
async function showPreview(request: HttpRequest, slug: string, token: string, { site, issues, ring, now }: ArchiveServices) {
  const shown = checkPreview(ring, token, slug, now());
  const meta = await issues.get(slug);
  const hash = shown.contentHash ?? meta?.contentHash;
  const content = hash === undefined ? undefined : await issues.content(slug, hash);
  if (!content) throw new Refusal('issue_taken_down');
  const shownMeta = meta ?? { unlisted: true, updatedAt: now().toISOString() };
  const page = issuePage(site, localeOf(request, site.settings.locale), { meta: shownMeta, content }, {});
  return pageResponse(site, { ...page, personal: true });
}

export async function showDigest(request: HttpRequest, services: ArchiveServices): Promise<HttpResponse> {
  const { site, digests } = services;
  const digest = await digests.find(request.params.id ?? '');
  if (!digest?.startedAt) throw new Refusal('digest_not_public');
  const found = await Promise.all((digest.issues ?? []).map(({ slug }) => publicIssue(slug, services)));
  const issues = found.filter((issue) => issue !== undefined);
  const [first] = issues;
  if (!first) throw new Refusal('digest_taken_down');
  const locale = localeOf(request, site.settings.locale);
  // An issue that went out on its own is among the issues, not among the weeks.
  const neighbours =
    digest.kind === 'issue' ? await neighboursOfIssue(first.meta, services) : await neighboursOfDigest(digest, locale, services);
  return revalidated(request, pageResponse(site, digestPage(site, locale, digest, { issues, neighbours })));
}

/** What it says now: the archive shows corrections, the report keeps what was mailed. */
async function publicIssue(slug: string, { issues, digests }: ArchiveServices): Promise<PublicIssue | undefined> {
  const meta = await issues.get(slug);
  if (!meta) return undefined;
  const isPublic = meta.publishedAt !== undefined || (await isMailed(meta, digests));
  const content = isPublic ? await issues.content(slug, meta.contentHash) : undefined;
  return content && { meta, content };
}

/** Mails that link to it may be on their way. */
async function isMailed({ digestId }: IssueMeta, digests: ArchiveServices['digests']): Promise<boolean> {
  return digestId !== undefined && (await digests.find(digestId))?.startedAt !== undefined;
}
