import { expect, test } from 'vitest';
import { freeSlug, slugOfYear } from '../../functions/api/issues/slug-beside.ts';
import type { IssueContent, IssueMeta } from '../../functions/issues/issue.ts';
import { anIssue } from '../issues/an-issue.ts';

/** A store with these issues, each under its slug. */
const holding = (...contents: IssueContent[]) => {
  const find = (slug: string) => contents.find((content) => content.slug === slug);
  return {
    issues: {
      get: async (slug: string) => find(slug) && ({ ...find(slug), contentHash: '' } as unknown as IssueMeta),
      isGone: async (slug: string) => slug.endsWith('gone') || slug === 'issue-3-2025',
      content: async (slug: string) => find(slug),
    },
  };
};
const third = (date: string, more: Partial<IssueContent> = {}) => anIssue({ slug: 'issue-3', number: 3, date, ...more });
const undated: Partial<IssueContent> = { warnings: [{ code: 'no_date', values: {} }] };

test('the same number of another year is another issue', async () => {
  expect(await slugOfYear(third('2026-03-04'), holding(third('2025-03-05')))).toBe('issue-3-2026');
});

test.each([
  ['of the same year', third('2025-09-01'), third('2025-03-05')],
  ['without a date of its own', third('2026-09-01', undated), third('2025-03-05')],
  ['beside one that has no date of its own', third('2026-09-01'), third('2025-03-05', undated)],
  ['that its file gives this slug', third('2026-09-01', { slug: 'third' }), third('2025-03-05', { slug: 'third' })],
  ['beside one of another number', third('2026-09-01'), third('2025-03-05', { number: 4 })],
  ['without another', third('2026-09-01'), anIssue()],
])('an issue %s keeps its slug, so that an editor decides', async (_which, content, holder) => {
  expect(await slugOfYear(content, holding(holder))).toBe(content.slug);
});

test('a free slug is neither an issue’s nor that of one that was deleted', async () => {
  expect(await freeSlug(third('2025-03-05'), holding(third('2025-03-05')))).toBe('issue-3-2025-03-05');
});
