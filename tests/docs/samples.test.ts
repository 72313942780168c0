import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { issueFindings } from '../../functions/issues/preflight/issue-findings.ts';
import { readIssueFile } from '../../functions/issues/read-issue-file.ts';
import { checkSettings } from '../../infra/settings.ts';

const samples = [
  { language: 'en', file: 'harbour-weekly.md', settings: 'harbour-weekly.settings.json' },
  { language: 'zh-CN', file: 'harbour-weekly.zh-CN.md', settings: 'harbour-weekly.zh-CN.settings.json' },
] as const;

test.each(samples)('the example issue in $language is read as its guide shows it, and nothing keeps it back', ({ language, file }) => {
  const issue = readIssueFile(readFileSync(`docs/samples/${file}`), {
    timeZone: 'Europe/London',
    locale: language,
    now: new Date('2026-11-26T14:00:00Z'),
    fileName: file,
  });

  expect(issue).toMatchObject({ number: 42, date: '2026-11-26', language });
  expect(issue.sections.map(({ items }) => items.length)).toEqual([3, 2, 0]);
  expect(issueFindings(issue).errors).toEqual([]);
});

test.each(samples)('the example newsletter in $language can be run', ({ language, settings }) => {
  const written: unknown = JSON.parse(readFileSync(`docs/samples/${settings}`, 'utf8'));

  expect(checkSettings(written, settings)).toMatchObject({ locale: language });
});
