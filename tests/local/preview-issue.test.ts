import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { previewIssue } from '../../infra/local/preview/preview-issue.ts';
import { sampleSettings } from '../emails/sample-settings.ts';

const previewOf = (file: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'preview-'));
  return previewIssue({
    file: Buffer.from(file),
    folder,
    settings: sampleSettings(),
    locale: 'zh-CN',
    now: new Date('2026-11-27T01:00:00Z'),
    pictures: async (_html, wanted) => wanted.map(({ file }) => file),
  });
};

test('a preview holds the mail as HTML, text and source, and pictures for phone and desktop by day and by night', async () => {
  const { files, subject, preflight } = await previewOf('---\ntitle: 番茄\nslug: fan-qie\nnumber: 3\ndate: 2026-11-27\n---\n\n打顶。\n');

  expect(files.map((file) => basename(file))).toEqual([
    ...['fan-qie.html', 'fan-qie.txt', 'fan-qie.eml'],
    ...['fan-qie-390px-light.png', 'fan-qie-390px-dark.png', 'fan-qie-800px-light.png', 'fan-qie-800px-dark.png'],
  ]);
  expect(subject).toBe('阳台菜园 第 3 期：番茄');
  expect(readFileSync(files[0] ?? '', 'utf8')).toContain('打顶。');
  expect(preflight).toMatchObject({ errors: [], bytes: { budget: 102_000 } });
  // Counted for a reader with longer links than this one's, in the longest of the languages.
  expect(preflight.bytes.html).toBeGreaterThan(readFileSync(files[0] ?? '').length);
  expect(preflight.bytes.html).toBeLessThan(readFileSync(files[0] ?? '').length + 3_000);
});

test('it says what the preflight finds, with errors that would keep the issue back, and what had to be shortened', async () => {
  const items = Array.from({ length: 40 }, (_, n) => `## ${n + 1}、第 ${n + 1} 条\n\n${'一段很长的话。'.repeat(200)}\n`).join('\n');

  const { preflight, shortened } = await previewOf(`# 四十条\n\n[退订](https://example.list-manage.com/unsubscribe?u=1a2b3c)\n\n${items}`);
  const { warnings, errors, bytes } = preflight;

  expect(errors.map(({ code }) => code)).toEqual(['unsubscribe_link']);
  expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['no_date', 'shortened']));
  expect(shortened.length).toBeGreaterThan(5);
  expect(bytes.html).toBeLessThanOrEqual(bytes.budget);
});
