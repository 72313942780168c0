import { type Browser, chromium, type Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contrast } from '../../emails/brand.ts';
import { inversions } from '../../emails/forced-inversion.ts';
import { goldenLetter, goldenLetters } from '../emails/golden-letters.ts';
import { goldenIssues, goldenMail } from '../emails/golden-mails.ts';
import { noticeMails } from '../notices/notice-mails.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';
import { picture } from './visiting.ts';

const mails = [
  ...goldenIssues.map((golden) => ({ name: golden.name, html: async () => (await goldenMail(golden)).html })),
  ...goldenLetters.map((golden) => ({
    name: golden.name,
    html: async () => (await PostalMime.parse((await goldenLetter(golden)).eml)).html ?? '',
  })),
  ...noticeMails
    .filter(({ name }) => /^(day-before|report)-/.test(name))
    .map(({ name, written }) => ({ name: `notice-${name}`, html: async () => (await written).html })),
];

let browser: Browser;
beforeAll(async () => {
  if (chromiumPath) browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
});
afterAll(() => browser?.close());

async function opened(html: string, colorScheme: 'light' | 'dark') {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme });
  await page.route(/^https?:/, (route) => route.fulfill({ contentType: 'image/svg+xml', body: logo }));
  await page.setContent(html);
  return page;
}

/** Dark, and without a ground of its own: what a forced night may swallow. */
const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="60"><rect x="4" y="4" width="232" height="52" rx="26" fill="none" stroke="#1d1a16" stroke-width="8"/><path d="M40 30h160" stroke="#1d1a16" stroke-width="10"/></svg>';

type Written = { words: string; colour: string; ground: string };

/** Every text that is seen, with its colour and its background, as `#rrggbb`. */
const writtenIn = (page: Page): Promise<Written[]> =>
  page.evaluate(() => {
    const hex = (colour: string) =>
      `#${(colour.match(/[\d.]+/g) ?? [])
        .slice(0, 3)
        .map((value) => Number(value).toString(16).padStart(2, '0'))
        .join('')}`;
    const groundOf = (element: Element | null): string => {
      if (!element) return '#ffffff';
      const { backgroundColor } = getComputedStyle(element);
      return /^rgba\(.*, 0\)$/.test(backgroundColor) ? groundOf(element.parentElement) : hex(backgroundColor);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: { words: string; colour: string; ground: string }[] = [];
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      const words = texts.currentNode.textContent?.trim() ?? '';
      if (element && words !== '' && element.checkVisibility())
        found.push({ words: words.slice(0, 30), colour: hex(getComputedStyle(element).color), ground: groundOf(element) });
    }
    return found;
  });

const faint = (written: readonly Written[]) =>
  written
    .filter(({ colour, ground }) => contrast(colour, ground) < 4.5)
    .map(({ words, colour, ground }) => `${words}: ${colour} on ${ground} has ${contrast(colour, ground).toFixed(1)}`);

test.skipIf(!chromiumPath).each(mails)('every word of $name can be read by day and by night', async ({ name, html }) => {
  for (const scheme of ['light', 'dark'] as const) {
    const page = await opened(await html(), scheme);
    const written = await writtenIn(page);

    expect(written.length).toBeGreaterThan(8);
    expect([scheme, ...faint(written)]).toEqual([scheme]);
    await picture(page, `${name}-${scheme}`);
    await page.close();
  }
});

test.skipIf(!chromiumPath).each(mails)(
  'every word of $name can be read where a mail program turns its colours over',
  async ({ name, html }) => {
    for (const [kind, turn] of Object.entries(inversions)) {
      const page = await opened(await html(), 'light');
      const colours = [...new Set([...(await html()).matchAll(/#[0-9a-f]{6}\b/gi)].map(([colour]) => colour.toLowerCase()))];
      await turnOver(
        page,
        Object.fromEntries(colours.map((colour) => [colour, { words: turn(colour, 'words'), ground: turn(colour, 'ground') }])),
      );

      expect([kind, ...faint(await writtenIn(page))]).toEqual([kind]);
      await picture(page, `${name}-${kind}`);
      await page.close();
    }
  },
);

test.skipIf(!chromiumPath)('a dark logo keeps the day’s paper under it, by night and where colours are turned over', async () => {
  const { html } = await goldenMail(goldenIssues[4]);
  for (const scheme of ['light', 'dark'] as const) {
    const page = await opened(html, scheme);
    // What mail programs change is the colour; the gradient of the same colour stays.
    await turnOver(page, { '#ffffff': { words: '#000000', ground: '#000000' } });
    const plate = await page.locator('.name img').evaluate((image) => getComputedStyle(image).backgroundImage);

    expect(plate).toBe('linear-gradient(rgb(255, 255, 255), rgb(255, 255, 255))');
    await page.close();
  }
});

/** As a mail program does it: grounds, words and lines get other colours, pictures and gradients stay. */
const turnOver = (page: Page, turned: Record<string, { words: string; ground: string }>) =>
  page.evaluate((colours) => {
    const hex = (colour: string) =>
      `#${(colour.match(/[\d.]+/g) ?? [])
        .slice(0, 3)
        .map((value) => Number(value).toString(16).padStart(2, '0'))
        .join('')}`;
    const sides = ['border-top-color', 'border-left-color', 'border-bottom-color'];
    const now = [...document.querySelectorAll<HTMLElement>('body, body *')].map((element) => {
      const style = getComputedStyle(element);
      const lines = sides.map((side) => [side, colours[hex(style.getPropertyValue(side))]?.words] as const);
      const ground = /^rgba\(.*, 0\)$/.test(style.backgroundColor) ? undefined : colours[hex(style.backgroundColor)]?.ground;
      return { element, changes: [...lines, ['color', colours[hex(style.color)]?.words], ['background-color', ground]] as const };
    });
    for (const { element, changes } of now)
      for (const [property, value] of changes) if (value) element.style.setProperty(property, value, 'important');
  }, turned);
