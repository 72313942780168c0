import { expect, test } from 'vitest';
import { checkIssue } from '../../functions/api/issues/check-issue.ts';
import { sampleSettings } from '../emails/sample-settings.ts';
import { anIssue, aParagraph } from '../issues/an-issue.ts';
import { original, read } from '../issues/reading-an-issue.ts';

const checking = { settings: sampleSettings(), publicOrigin: 'https://news.example.org', now: new Date('2026-11-22T12:00:00Z') };
const check = (own: Parameters<typeof anIssue>[0]) => checkIssue(anIssue(own), checking);

test('the bytes are those of the mail that would be sent', async () => {
  const { errors, bytes } = await check({});

  expect(errors).toEqual([]);
  expect(bytes.budget).toBe(102_000);
  expect(bytes.html).toBeGreaterThan(5_000);
  expect(bytes.html).toBeLessThan(30_000);
});

test('what is too long for a mail but can be shortened is said, and goes', async () => {
  const sections = [1, 2].map((n) => ({
    title: `第${n}节`,
    blocks: [],
    items: [1, 2, 3].map((m) => ({ number: m, title: `${n}-${m}`, url: null, blocks: [aParagraph('长文。'.repeat(4_000))] })),
  }));

  const { errors, warnings, bytes } = await check({ sections });

  expect(errors).toEqual([]);
  expect(warnings.map(({ code }) => code)).toContain('shortened');
  expect(bytes.html).toBeLessThan(102_000);
});

test.each([50_000, 400_000])('one paragraph of %i characters goes as its beginning, and the editor is told at upload', async (length) => {
  const { errors, warnings, bytes } = await check({ intro: [aParagraph('长'.repeat(length))] });

  expect(errors).toEqual([]);
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'shortened' }));
  expect(bytes.html).toBeLessThanOrEqual(102_000);
});

test('a subject that is cut off in every list of mails is long', async () => {
  const { warnings } = await check({ title: '很长的题目'.repeat(12) });

  expect(warnings).toMatchObject([{ code: 'long_subject', path: 'title' }]);
});

const seed = original('seeds/000_78363683f7a918cc.txt');
test.skipIf(seed.missing)('the sample queues without an override (needs ../shared)', async () => {
  const { errors } = await checkIssue(read(seed.bytes()), checking);

  expect(errors).toEqual([]);
});

for (const name of ['ruanyf-weekly-300.md', 'this-week-in-rust-665.md']) {
  const sample = original(`samples/${name}`);
  test.skipIf(sample.missing)(`${name} queues without an override (needs ../shared)`, async () => {
    const { errors } = await checkIssue(read(sample.bytes()), checking);

    expect(errors).toEqual([]);
  });
}
