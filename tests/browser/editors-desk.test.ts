import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';

const sample = new URL('../../infra/local/demo/sample-issue.txt', import.meta.url).pathname;
const withChromium = test.skipIf(!chromiumPath);

let run: LocalRun;
let browser: Browser;
beforeAll(async () => {
  if (!chromiumPath) return;
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
});
afterAll(async () => {
  await browser?.close();
  await run?.stop();
});

type Device = { width: number; locale: string; scheme?: 'light' | 'dark' };

/** A browser that notes what must never happen: faults of the page, broken policies, calls to anybody else. */
async function openDesk({ width, locale, scheme = 'light' }: Device) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale, colorScheme: scheme });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => /Content Security Policy|Refused/.test(message.text()) && faults.push(message.text()));
  page.on(
    'request',
    (request) => new URL(request.url()).origin !== run.origin && !request.url().startsWith('data:') && faults.push(request.url()),
  );
  await page.goto(`${run.origin}/editors/`);
  return { context, page, faults };
}

async function signIn(page: Page) {
  await page.locator('.welcome button').click();
  await page.waitForURL(/\/oauth2\/authorize/);
  await page.locator('button').click();
  await page.locator('.drop').waitFor();
}

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).exclude('iframe').analyze()).violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`,
  );

const stored = (page: Page, context: BrowserContext) =>
  Promise.all([page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])), context.cookies()]);

withChromium('an editor signs in, drops the file, sees its structure and its mail, queues it and watches the receipt', async () => {
  const visitor = new NewsletterVisitor(run.origin);
  await visitor.becomeReader('ada@example.com');
  const { page, faults, context } = await openDesk({ width: 1280, locale: 'zh-CN' });
  await signIn(page);

  await page.setInputFiles('#upload-file', sample);
  await page.locator('.outline').waitFor();
  const mail = page.frameLocator('.stage iframe');
  await mail.getByText('临江大桥两侧加装三米宽自行车道').first().waitFor();
  const sections = await page.locator('.tree > details > summary strong').allTextContents();
  const paper = await mail.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);

  await page.getByText('排进下一次发送').click();
  await page.locator('.state.queued').waitFor();
  await page.locator('.masthead').click();
  const carried = await page.locator('.next .carried').textContent();
  await visitor.fire('weekly-digest', '2026-11-27T01:00:00Z');
  await visitor.idle();
  await page.getByRole('link', { name: '发送', exact: true }).click();
  await page.getByText('2026-11-27 的发送').click();
  await page.locator('.state.done').waitFor();

  expect(sections).toEqual(['路上的变化', '修车铺', '带在路上的书']);
  expect(paper).not.toBe('rgba(0, 0, 0, 0)');
  expect(carried).toContain('城市骑行周刊第十二期');
  expect((await page.locator('.outcomes .submitted .figure').textContent())?.trim()).toBe('1');
  expect(faults.filter((fault) => !/^https:\/\/[^ ]+\.(png|jpe?g|gif)/.test(fault))).toEqual([]);
  await context.close();
});

withChromium('the token is in memory only: not in the address, in storage or in a cookie, and a reload asks again', async () => {
  const { page, context } = await openDesk({ width: 1280, locale: 'en' });
  await signIn(page);

  const address = page.url();
  const [storage, cookies] = await stored(page, context);
  await page.reload();

  expect(address).toBe(`${run.origin}/editors/`);
  expect(storage).toBe('[{},{}]');
  expect(cookies).toEqual([]);
  await page.locator('.welcome button').waitFor();
  await context.close();
});

withChromium('before sending at once the desk asks, and the harmless answer has the focus', async () => {
  const { page, context } = await openDesk({ width: 390, locale: 'en' });
  await signIn(page);
  await page.setInputFiles('#upload-file', {
    name: 'a.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from('# A short note\n\nOne paragraph.\n'),
  });
  await page.locator('.outline').waitFor();

  await page.getByText('Send now…').click();
  const focused = await page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press('Escape');

  expect(focused).toBe('Cancel');
  await page.locator('.state.draft').waitFor();
  await context.close();
});

withChromium.each([
  { width: 390, locale: 'zh-CN', scheme: 'dark' },
  { width: 1280, locale: 'en', scheme: 'light' },
] as const)('axe finds nothing, and nothing runs over the edge, at $width px in $locale, $scheme', async (device) => {
  const { page, context } = await openDesk(device);
  const found = [...(await violations(page))];
  await signIn(page);
  await page.locator('.next time').waitFor();
  found.push(...(await violations(page)));

  await page.setInputFiles('#upload-file', sample);
  await page.locator('.outline').waitFor();
  await page.frameLocator('.stage iframe').locator('h1, h2, p').first().waitFor();
  found.push(...(await violations(page)));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.evaluate(() => location.assign('#/digests'));
  await page.locator('.digests h1').waitFor();
  found.push(...(await violations(page)));

  expect(found).toEqual([]);
  expect(overflow).toBeLessThanOrEqual(0);
  await context.close();
});
