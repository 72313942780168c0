import type { Block, IssueContent } from '../../functions/issues/issue.ts';

export const aParagraph = (text: string): Block => ({ kind: 'paragraph', text, html: `<p>${text}</p>` });

/** An issue's content; a test names only what it is about. */
export const anIssue = (own: Partial<IssueContent> = {}): IssueContent => ({
  slug: 'issue-1',
  number: 1,
  title: '一周要闻（第 1 期）',
  date: '2026-11-20',
  language: 'zh-CN',
  summary: '',
  cover: null,
  intro: [aParagraph('各位好。')],
  sections: [{ title: '要闻', blocks: [], items: [{ number: 1, title: '新桥通车', url: null, blocks: [aParagraph('今早通车。')] }] }],
  closing: [],
  images: [],
  warnings: [],
  ...own,
});
