import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { previewIssue } from '../../infra/local/preview/preview-issue.ts';
import { sampleSettings } from '../emails/sample-settings.ts';

const previewOf = (file: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'preview-'));
  return previewIssue({
    ...{ file: Buffer.from(file), folder, settings: sampleSettings(), locale: 'zh-CN', now: new Date('2026-11-27T01:00:00Z') },
    pictures: async (_html, wanted) => wanted.map(({ file }) => file),
  });
};

test('a preview holds the mail as HTML, text and source, and pictures for phone and desktop by day and by night', async () => {
  const { files, subject, bytes } = await previewOf('---\ntitle: 番茄\nslug: fan-qie\nnumber: 3\ndate: 2026-11-27\n---\n\n打顶。\n');

  expect(files.map((file) => basename(file))).toEqual([
    ...['fan-qie.html', 'fan-qie.txt', 'fan-qie.eml'],
    ...['fan-qie-390px-light.png', 'fan-qie-390px-dark.png', 'fan-qie-800px-light.png', 'fan-qie-800px-dark.png'],
  ]);
  expect(subject).toBe('阳台菜园 第 3 期：番茄');
  expect(readFileSync(files[0] ?? '', 'utf8')).toContain('打顶。');
  expect(bytes).toEqual({ html: readFileSync(files[0] ?? '').length, budget: 102_000 });
});

test('it says what the reader of files remarked and what had to be shortened', async () => {
  const items = Array.from({ length: 40 }, (_, n) => `## ${n + 1}、第 ${n + 1} 条\n\n${'一段很长的话。'.repeat(200)}\n`).join('\n');

  const { warnings, shortened, bytes } = await previewOf(`# 四十条\n\n${items}`);

  expect(warnings.map(({ code }) => code)).toContain('no_date');
  expect(shortened.length).toBeGreaterThan(5);
  expect(bytes.html).toBeLessThanOrEqual(bytes.budget);
});
