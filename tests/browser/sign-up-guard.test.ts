import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { tooManyPage } from '../../functions/public/guard/too-many-page.ts';
import { TooManySignUps } from '../../functions/public/guard/too-many-sign-ups.ts';
import { pageResponse } from '../../functions/public/page-layout.ts';
import type { TooMany } from '../../functions/subscribers/request-subscription.ts';
import type { ReaderLocale } from '../../functions/words/locale.ts';
import { someSettings } from '../public/reader-site.ts';
import { aNewsletterToVisit, type Device, faultsOf, openPage, picture, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();

/** Everything in the light; in the dark only what a colour can do. */
async function inBothSchemes(page: Page, name: string) {
  const light = await faultsOf(page);
  await picture(page, `${name}-light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await faultsOf(page, ['color-contrast', 'link-in-text-block']);
  await picture(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark];
}

/** Sign-ups that nobody confirms, from one network. */
async function crowd(network: string, from: number, to: number) {
  for (let n = from; n < to; n += 1)
    await fetch(`${visit.run.origin}/subscribe`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': network },
      body: `email=crowd-${n}%40${network}.example.com`,
    });
}

/** The answer to a sign-up beyond the limits, as the readers' face makes it; to get there for real takes a hundred solved proofs. */
async function refuseSignUps(page: Page, locale: ReaderLocale, where: TooMany) {
  const site = { origin: visit.run.origin, settings: someSettings(), region: 'eu-west-1', formStamp: () => '' };
  const { status, headers = {}, body = '' } = pageResponse(site, tooManyPage(new TooManySignUps(where), locale));
  await page.route('**/subscribe', (route) => route.fulfill({ status, headers, body: Buffer.from(body) }));
}

async function signUp(page: Page, email: string) {
  await page.goto(`${visit.run.origin}/`);
  await page.fill('#email', email);
  for (const box of await page.locator('input[type=checkbox]').all()) await box.check();
  await page.locator('form [type=submit]').click();
}

const devices: (Device & { locale: ReaderLocale; network: string; full: TooMany })[] = [
  { locale: 'zh-CN', width: 390, network: '203.0.113.7', full: 'network_full' },
  { locale: 'zh-TW', width: 390, network: '198.51.100.7', full: 'full' },
  { locale: 'en', width: 1280, network: '192.0.2.7', full: 'network_full' },
];

withChromium.each(devices)('what a sign-up is asked back in $locale, $width px wide, is without a fault for axe', async (device) => {
  const { page, context, faults } = await openPage(visit, device, '/');
  await context.setExtraHTTPHeaders({ 'x-forwarded-for': device.network });
  const name = (page: string) => `guard-${device.locale}-${device.width}-${page}`;
  const found: string[] = [];

  await signUp(page, 'ada@gmial.com');
  await page.locator('.meant').waitFor();
  found.push(...(await inBothSchemes(page, name('correction'))));
  await page.locator('.meant button').first().click();
  await page.locator('h1:not(.cover *)').waitFor();
  found.push(...(await inBothSchemes(page, name('check-your-mail'))));

  await page.goto(`${visit.run.origin}/`);
  await page.evaluate(() => document.querySelector<HTMLInputElement>('#homepage')?.setAttribute('value', 'filled in'));
  await page.fill('#email', 'grace@example.com');
  for (const box of await page.locator('input[type=checkbox]').all()) await box.check();
  await page.locator('form [type=submit]').click();
  await page.locator('.wrong[role=status]').waitFor();
  found.push(...(await inBothSchemes(page, name('ask-again'))));

  await crowd(device.network, 0, 30);
  await page.route('**/proof.js', (route) => route.abort());
  await signUp(page, 'joan@example.com');
  await page.locator('#progress').waitFor();
  found.push(...(await inBothSchemes(page, name('waiting'))));
  await page.unroute('**/proof.js');
  await signUp(page, 'joan@example.com');
  await page.locator('h1:not(.cover *)', { hasText: /请查收|請查收|Check your inbox/ }).waitFor();

  await refuseSignUps(page, device.locale, device.full);
  await signUp(page, 'hedy@example.com');
  await page.getByText(/60/).waitFor();
  found.push(...(await inBothSchemes(page, name('too-many'))));

  expect([...found, ...faults.filter((fault) => !fault.includes('proof.js'))]).toEqual([]);
  await context.close();
});

withChromium('where no script runs the waiting page sends nothing by itself, and its button works after the wait', async () => {
  const network = '203.0.114.7';
  await crowd(network, 0, 30);
  const context = await visit.browser.newContext({
    javaScriptEnabled: false,
    locale: 'en',
    extraHTTPHeaders: { 'x-forwarded-for': network },
  });
  const page = await context.newPage();
  await signUp(page, 'noscript@example.com');
  await page.locator('#progress').waitFor();
  const posts: string[] = [];
  page.on('request', (request) => posts.push(request.method()));

  await page.waitForTimeout(1_500);
  const byItself = [...posts];
  await page.locator('form button').click();
  const early = await page.locator('#progress').textContent();
  await fetch(`${visit.run.origin}/_local/clock`, {
    method: 'PUT',
    body: '{"offsetMs":30000}',
    headers: { 'content-type': 'application/json' },
  });
  await page.locator('form button').click();
  const title = await page.locator('h1').textContent();
  await fetch(`${visit.run.origin}/_local/clock`, {
    method: 'PUT',
    body: '{"offsetMs":0}',
    headers: { 'content-type': 'application/json' },
  });

  expect(byItself).toEqual([]);
  expect(early).toMatch(/Please wait \d+ more seconds/);
  expect(title).toBe('Check your inbox');
  await context.close();
});
