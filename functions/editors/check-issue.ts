import { smallestMail } from '../digests/fit-issues.ts';
import { issueDigestId } from '../digests/occurrence.ts';
import type { IssueContent } from '../issues/issue.ts';
import { issueFindings } from '../issues/preflight/issue-findings.ts';
import type { Finding, Preflight } from '../issues/preflight/preflight.ts';
import type { Settings } from '../platform/settings.ts';

type Checking = { settings: Settings; publicOrigin: string; now: Date };

/** What a list of mails shows of a subject: beyond it words are cut off. A Chinese character is two columns wide. */
const longestSubject = 78;
const mostFindings = 300;

/**
 * What stands against an issue as a mail: what its text says, and what the digest's own code makes of it. One that could
 * not fit even as a beginning is not rendered, since that is known before and would take seconds.
 */
export async function checkIssue(content: IssueContent, { settings, publicOrigin, now }: Checking): Promise<Preflight> {
  const { errors, warnings } = issueFindings(content);
  const { renderDigest, mailBytes, sizeBudget } = await import('../digests/render-digest.ts');
  const atLeast = smallestMail(content, publicOrigin);
  if (atLeast > 2 * sizeBudget) return preflight([cannotFit(atLeast, sizeBudget), ...errors], warnings, atLeast, sizeBudget);
  const digest = { settings, publicOrigin, digestId: issueDigestId(content.slug), scheduledFor: now.toISOString(), issues: [content] };
  const rendered = await renderDigest(digest);
  const bytes = mailBytes(rendered);
  if (bytes > sizeBudget) errors.unshift(cannotFit(bytes, sizeBudget));
  if (rendered.shortened.length > 0) warnings.push(shortened(rendered.shortened));
  if (columns(rendered.subject) > longestSubject)
    warnings.push({
      code: 'long_subject',
      message: `the subject has ${columns(rendered.subject)} columns; ${longestSubject} can be seen`,
      path: 'title',
    });
  return preflight(errors, warnings, bytes, sizeBudget);
}

const cannotFit = (bytes: number, budget: number): Finding => ({
  code: 'cannot_fit',
  message: `the mail has at least ${Math.ceil(bytes / 1000)} KB where ${budget / 1000} KB fit, however much is cut: one piece of text is too long`,
});

const shortened = (titles: readonly string[]): Finding => ({
  code: 'shortened',
  message: `too long for one mail: ${titles.length} of its parts become a summary and a link (${titles.slice(0, 3).join('; ')}${titles.length > 3 ? '; …' : ''})`,
});

const preflight = (errors: Finding[], warnings: Finding[], html: number, budget: number): Preflight => ({
  errors: errors.slice(0, mostFindings),
  warnings: warnings.slice(0, mostFindings),
  bytes: { html, budget },
});

const columns = (text: string) => [...text].reduce((sum, character) => sum + (/[\u1100-\u11ff\u2e80-\uffef]/.test(character) ? 2 : 1), 0);
