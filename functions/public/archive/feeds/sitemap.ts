import type { IssueMeta } from '../../../issues/issue.ts';
import type { IssueStore } from '../../../issues/issue-store.ts';
import { html } from '../../../platform/html.ts';
import type { Site } from '../../page-layout.ts';
import { issuePath } from '../issue-list.ts';
import { changedAt } from './feed.ts';
import { xmlDocument } from './xml-document.ts';

/** Older ones are found through the archive's pages; this bounds what one request reads. */
const mostIssues = 5_000;
const pageOfReading = 500;

/** Every listed issue whose text is at home here (sitemaps.org/protocol.html): search engines ask for no other addresses. */
export async function sitemap({ site: { origin }, issues }: { site: Site; issues: Pick<IssueStore, 'archived'> }): Promise<string> {
  const addressOf = (slug: string) => `${origin}${issuePath(slug)}`;
  const listed: IssueMeta[] = [];
  for (let before: string | undefined; listed.length < mostIssues; ) {
    const page = await issues.archived({ limit: pageOfReading, before });
    listed.push(...page.issues.filter(({ slug, canonical = addressOf(slug) }) => canonical === addressOf(slug)));
    if (page.next === undefined) break;
    before = page.next;
  }
  return xmlDocument(html`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>${origin}/</loc></url>
<url><loc>${origin}/archive</loc></url>
${listed.map((meta) => html`<url><loc>${addressOf(meta.slug)}</loc><lastmod>${changedAt(meta)}</lastmod></url>\n`)}</urlset>
`);
}
