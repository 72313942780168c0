import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { sizeBudget } from '../../functions/digests/rendering/render-digest.ts';
import { goldenLetter, goldenLetters } from './golden-letters.ts';
import { expectGolden, goldenIssues, goldenMail } from './golden-mails.ts';

test.each(goldenIssues)('the mail of $name is the one that was looked at: HTML, text and MIME', async (golden) => {
  const { html, text, eml } = await goldenMail(golden);

  expectGolden(`${golden.name}.html`, html);
  expectGolden(`${golden.name}.txt`, text);
  expectGolden(`${golden.name}.eml`, eml);
});

test.each(goldenLetters)('the $kind mail in $locale is the one that was looked at', async (golden) => {
  const { eml } = await goldenLetter(golden);
  const { html = '', text = '' } = await PostalMime.parse(eml);

  expectGolden(`${golden.kind}/${golden.locale}.html`, html);
  expectGolden(`${golden.kind}/${golden.locale}.txt`, text);
  expectGolden(`${golden.kind}/${golden.locale}.eml`, eml);
});

test.each(goldenIssues)('$name fits into what Gmail shows as it is', async (golden) => {
  const { html, rendered } = await goldenMail(golden);

  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(sizeBudget);
  expect(rendered.shortened).toEqual([]);
});

test('of sixty items none is missing, in either part', async () => {
  const { html, text, issues } = await goldenMail(goldenIssues[3]);

  const titles = (issues[0]?.sections ?? []).flatMap(({ items }) => items.map(({ title }) => title ?? ''));
  expect(titles).toHaveLength(60);
  for (const title of titles) {
    expect(html).toContain(title);
    expect(text).toContain(title);
  }
});
