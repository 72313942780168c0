import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkIn, NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from '../journeys/end-run.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';

const sample = readFileSync(new URL('../../infra/local/demo/sample-issue.txt', import.meta.url), 'utf8');
const english = `# Gears & chains

One paragraph to begin with, and a [link](https://example.org/).

## Numbers

| part | teeth |
| --- | --- |
| chainring | 46 |

\`\`\`
const ratio = chainring / cog; // a line that is longer than the column of a telephone is wide, so that it scrolls
\`\`\`

> What stands still, rusts.
`;

const withChromium = test.skipIf(!chromiumPath);

let run: LocalRun;
let browser: Browser;
/** Paths of every page that a reader can come to. */
let pages: string[];
beforeAll(async () => {
  if (!chromiumPath) return;
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
  pages = await everyPage(new NewsletterVisitor(run.origin));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await endRun(run);
});

async function everyPage(visitor: NewsletterVisitor): Promise<string[]> {
  await visitor.signUp('unsure@example.com');
  const confirm = linkIn((await visitor.mailTo('unsure@example.com')).mail, '/confirm?');
  await visitor.becomeReader('ada@example.com');
  const first = await send(visitor, '2026-10-09', [sample]);
  await send(visitor, '2026-10-16', [english, sample.replaceAll('第十二期', '第十三期')]);
  const { mail } = await visitor.mailTo('ada@example.com', { digest: '2026-10-09T0100Z' });
  const fromMail = ['/unsubscribe?', '/preferences?'].map((part) => linkIn(mail, part));
  return [
    ...['/', '/archive', '/archive?q=骑行', '/archive?q=没有', `/archive/${first}`, '/archive/digests/2026-10-16T0100Z', '/archive/none'],
    ...[confirm, ...fromMail].map((link) => link.replace(run.origin, '')),
    ...['/confirm?t=wrong', '/unsubscribe?t=wrong'],
  ];
}

async function send(visitor: NewsletterVisitor, date: string, files: string[]) {
  const slugs: string[] = [];
  for (const file of files) {
    const { slug } = (await (await visitor.upload(file, file === english ? 'issue.md' : 'issue.txt')).json()) as { slug: string };
    await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
    slugs.push(slug);
  }
  await visitor.fire('weekly-digest', `${date}T01:00:00Z`);
  await visitor.idle();
  return slugs[0] ?? '';
}

type Device = { width: number; scheme: 'light' | 'dark' };

/** A browser that notes broken policies and calls to anybody but us and the issue's own pictures. */
async function open({ width, scheme }: Device) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en', colorScheme: scheme });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => /Content Security Policy|Refused/.test(message.text()) && faults.push(message.text()));
  page.on('request', (request) => {
    const ours = new URL(request.url()).origin === run.origin;
    if (!ours && !(request.resourceType() === 'image' && request.url().startsWith('https:'))) faults.push(request.url());
  });
  await context.route(/^https:/, (route) => route.abort());
  return { context, page, faults };
}

const inLanguage = (path: string, locale: string) => `${run.origin}${path}${path.includes('?') ? '&' : '?'}lang=${locale}`;

/** Legacy mode: none of the pages has a frame, and the other one opens another window each time. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(', ')}`),
    ...(wide > 0 ? [`${wide} pixels over the edge`] : []),
  ];
}

withChromium.each([390, 1280].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme }))))(
  'axe finds nothing on any page in any language, and nothing runs over the edge, at $width px, $scheme',
  { timeout: 300_000 },
  async (device) => {
    const { context, page, faults } = await open(device);
    const found: string[] = [];

    for (const locale of ['zh-CN', 'zh-TW', 'en'])
      for (const path of pages) {
        await page.goto(inLanguage(path, locale));
        expect(await page.locator('html').getAttribute('lang')).toBe(locale);
        for (const fault of await faultsOf(page)) found.push(`${path} in ${locale}: ${fault}`);
      }

    expect(pages).toHaveLength(12);
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  },
);

withChromium('without JavaScript and with the keyboard alone a reader searches, opens an issue and goes on to the next', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${run.origin}/archive`);

  await page.keyboard.press('Tab');
  const first = await focused(page);
  await page.locator('#q').focus();
  await page.keyboard.type('第十二期');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=/);
  const titles = await page.locator('.issues h2').allTextContents();
  await page.locator('.issues a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/archive\/[a-z0-9-]+\?/);
  await page.locator('a[rel=next], a[rel=prev]').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.issue h1').waitFor();

  expect(first).toBe('跳到正文');
  expect(titles).toHaveLength(1);
  expect(titles[0]).toContain('第十二期');
  await context.close();
});

withChromium('on paper an issue is what its editors wrote: no navigation, no form, dark ink also at night', async () => {
  const { page, context } = await open({ width: 1280, scheme: 'dark' });
  await page.goto(`${run.origin}${pages[4]}`);

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });

  const shown = await Promise.all(['.invitation', '.neighbours', '.languages', '.skip'].map((part) => page.locator(part).isVisible()));
  const ink = await page.locator('.issue').evaluate((issue) => getComputedStyle(issue).color);
  expect(shown).toEqual([false, false, false, false]);
  expect(ink).toBe('rgb(0, 0, 0)');
  await context.close();
});

const focused = async (page: Page) => (await page.locator(':focus').textContent())?.trim();
