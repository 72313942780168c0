import { issueDigestId } from '../../digests/issue-digest-id.ts';
import type { Finding } from '../../issues/finding.ts';
import type { IssueContent } from '../../issues/issue.ts';
import { issueFindings } from '../../issues/preflight/issue-findings.ts';
import type { Preflight } from '../../issues/preflight/preflight.ts';
import type { Settings } from '../../settings/settings.ts';

type Checking = { settings: Settings; publicOrigin: string; now: Date };

/** What a list of mails shows of a subject: beyond it words are cut off. A Chinese character is two columns wide. */
const longestSubject = 78;
const mostFindings = 300;

/**
 * What keeps an issue from being a good mail: what its text says, and what the digest's own code makes of it.
 */
export async function checkIssue(content: IssueContent, { settings, publicOrigin, now }: Checking): Promise<Preflight> {
  const { errors, warnings } = issueFindings(content);
  const { renderDigest, mailBytes, sizeBudget } = await import('../../digests/rendering/render-digest.ts');
  const digest = { settings, publicOrigin, digestId: issueDigestId(content.slug), scheduledFor: now.toISOString(), issues: [content] };
  const rendered = await renderDigest(digest);
  const bytes = mailBytes(rendered);
  if (bytes > sizeBudget) errors.unshift(cannotFit(bytes, sizeBudget));
  if (rendered.shortened.length > 0) warnings.push(shortened(rendered.shortened));
  if (columns(rendered.subject) > longestSubject)
    warnings.push({ code: 'long_subject', values: { columns: columns(rendered.subject), limit: longestSubject }, path: 'title' });
  return preflight(errors, warnings, bytes, sizeBudget);
}

const cannotFit = (bytes: number, budget: number): Finding => ({
  code: 'cannot_fit',
  values: { kilobytes: Math.ceil(bytes / 1000), limitKilobytes: Math.floor(budget / 1000) },
});

const shortened = (titles: readonly string[]): Finding => ({
  code: 'shortened',
  values: { parts: titles.length, titles: titles.slice(0, 3) },
});

const preflight = (errors: Finding[], warnings: Finding[], html: number, budget: number): Preflight => ({
  errors: errors.slice(0, mostFindings),
  warnings: warnings.slice(0, mostFindings),
  bytes: { html, budget },
});

const columns = (text: string) => [...text].reduce((sum, character) => sum + (/[\u1100-\u11ff\u2e80-\uffef]/.test(character) ? 2 : 1), 0);
