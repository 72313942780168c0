import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from '../journeys/end-run.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';

export const sample = new URL('../../infra/local/demo/sample-issue.txt', import.meta.url).pathname;

export const withChromium = test.skipIf(!chromiumPath);

export type Device = { width: number; locale: string; scheme?: 'light' | 'dark' };

/** A whole newsletter and a browser to visit it with, for as long as the tests of one file run. */
export function aNewsletterToVisit() {
  const visit = {} as { run: LocalRun; browser: Browser };
  beforeAll(async () => {
    if (!chromiumPath) return;
    visit.run = await startLocalRun({ sesRate: 100, show: () => undefined });
    visit.browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
  });
  afterAll(async () => {
    await visit.browser?.close();
    await endRun(visit.run);
  });
  return visit;
}

export type Visit = ReturnType<typeof aNewsletterToVisit>;

/** A browser that notes what must never happen: faults of the page, broken policies, calls to anybody else. */
export async function openPage({ run, browser }: Visit, { width, locale, scheme = 'light' }: Device, path: string) {
  const height = width < 600 ? 844 : 900;
  const context = await browser.newContext({
    viewport: { width, height },
    locale,
    colorScheme: scheme,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => /Content Security Policy|Refused/.test(message.text()) && faults.push(message.text()));
  page.on('request', (request) => /^https?:/.test(request.url()) && !request.url().startsWith(run.origin) && faults.push(request.url()));
  await page.goto(`${run.origin}${path}`);
  return { context, page, faults };
}

/** The editors' desk with an editor at it. */
export async function openDesk(visit: Visit, device: Device) {
  const opened = await openPage(visit, device, '/editors/');
  return { ...opened, signIn: () => signIn(opened.page) };
}

async function signIn(page: Page) {
  await page.locator('.welcome button').click();
  await page.waitForURL(/\/oauth2\/authorize/);
  // The first is the owner, who may do everything.
  await page.locator('button').first().click();
  await page.locator('.next time').waitFor();
}

/**
 * What axe finds, and what runs over the edge of the window. The mail in the frame is not one of the pages and is left out; in one
 * document ("legacy mode") axe needs no second page to put frames together and is three times as fast.
 */
export async function faultsOf(page: Page, onlyRules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).exclude('iframe').setLegacyMode();
  const { violations } = await (onlyRules ? axe.withRules(onlyRules) : axe).analyze();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`),
    ...(overflow > 0 ? [`${overflow} px over the edge`] : []),
  ];
}

export const stored = (page: Page, context: BrowserContext) =>
  Promise.all([page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])), context.cookies()]);

/** Keeps a picture of the page, where somebody wants to look at what the tests saw (`SCREENSHOTS=<folder>`). */
export async function picture(page: Page, name: string) {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
