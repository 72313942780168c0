import type { DigestStore } from '../digests/digest-store.ts';
import { checkPreview } from '../digests/preview-link.ts';
import type { IssueContent, IssueMeta } from '../issues/issue.ts';
import type { IssueStore } from '../issues/issue-store.ts';
import type { Now } from '../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import { Refusal } from '../platform/refusal.ts';
import type { TokenRing } from '../subscribers/token-ring.ts';
import { archivePage, digestPage, issuePage } from './archive-pages.ts';
import { localeOf } from './negotiation.ts';
import { pageResponse, type Site } from './page-layout.ts';

export type ArchiveServices = {
  site: Site;
  issues: Pick<IssueStore, 'archived' | 'get' | 'content' | 'isGone'>;
  digests: Pick<DigestStore, 'find'>;
  ring: TokenRing;
  now: Now;
};

const issuesPerPage = 20;

export async function showArchive(request: HttpRequest, { site, issues }: ArchiveServices): Promise<HttpResponse> {
  const before = request.query.get('before') ?? '';
  const asked = /^\d{4}-\d\d-\d\d#[a-z0-9-]+$/.test(before) ? { before } : {};
  const page = await issues.archived({ limit: issuesPerPage, ...asked });
  return pageResponse(site, archivePage(localeOf(request, site.settings.locale), page));
}

/** An issue is public from the first claim of its digest; one that was taken down says so. */
export async function showIssue(request: HttpRequest, services: ArchiveServices): Promise<HttpResponse> {
  const { slug = '' } = request.params;
  const preview = request.query.get('preview');
  if (preview !== null) return showPreview(request, slug, preview, services);
  const { site, issues } = services;
  const issue = await publicIssue(slug, issues);
  if (issue) {
    const page = issuePage(site, localeOf(request, site.settings.locale), issue.content);
    return pageResponse(site, { ...page, unlisted: issue.meta.unlisted });
  }
  if (await issues.isGone(slug)) throw new Refusal('gone', 'This issue was taken down by its editors.');
  throw new Refusal('not_found', 'There is no such issue, or it has not been sent yet.');
}

/** The page a test mail leads to: what the issue says now, for whoever holds the link, before anybody else may read it. */
async function showPreview(request: HttpRequest, slug: string, token: string, { site, issues, ring, now }: ArchiveServices) {
  checkPreview(ring, token, slug, now());
  const meta = await issues.get(slug);
  const content = meta && (await issues.content(slug, meta.contentHash));
  if (!content) throw new Refusal('gone', 'This issue was deleted by its editors.');
  return pageResponse(site, { ...issuePage(site, localeOf(request, site.settings.locale), content), personal: true });
}

export async function showDigest(request: HttpRequest, { site, issues, digests }: ArchiveServices): Promise<HttpResponse> {
  const digest = await digests.find(request.params.id ?? '');
  if (!digest?.startedAt) throw new Refusal('not_found', 'There is no such digest, or it has not been sent yet.');
  const found = await Promise.all((digest.issues ?? []).map(({ slug }) => publicIssue(slug, issues)));
  const contents = found.filter((issue) => issue !== undefined);
  if (contents.length === 0) throw new Refusal('gone', 'The issues of this digest were taken down by their editors.');
  const page = digestPage(
    site,
    localeOf(request, site.settings.locale),
    digest,
    contents.map(({ content }) => content),
  );
  return pageResponse(site, { ...page, unlisted: contents.some(({ meta }) => meta.unlisted) });
}

/** What it says now: the archive shows corrections, the receipt keeps what was mailed. */
async function publicIssue(
  slug: string,
  issues: ArchiveServices['issues'],
): Promise<{ meta: IssueMeta; content: IssueContent } | undefined> {
  const meta = await issues.get(slug);
  const content = meta?.publishedAt ? await issues.content(slug, meta.contentHash) : undefined;
  return meta && content && { meta, content };
}
