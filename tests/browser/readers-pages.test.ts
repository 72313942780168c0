import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect } from 'vitest';
import { linkIn, NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { chromiumPath } from '../support/chromium.ts';
import { aNewsletterToVisit, faultsOf, openPage, picture, sample, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();
let links: { confirm: string; unsubscribe: string; preferences: string; manage: string };

/** A newsletter that has sent one issue, a reader who got it, and a link of a sign-up that waits. */
beforeAll(async () => {
  if (!chromiumPath) return;
  const visitor = new NewsletterVisitor(visit.run.origin);
  await visitor.becomeReader('ada@example.com');
  await visitor.upload(await readFile(sample), 'sample.txt');
  await visitor.asEditor('POST', '/api/v1/issues/issue-12/queue');
  await visitor.fire('weekly-digest', '2026-11-27T01:00:00Z');
  await visitor.idle();
  const { mail } = await visitor.mailTo('ada@example.com', { digest: '2026-11-27T0100Z' });
  await visitor.signUp('grace@example.com');
  const asked = await visitor.mailTo('grace@example.com');
  const known = (await visitor.outbox({ to: 'ada@example.com' })).length;
  await fetch(linkIn(mail, '/preferences?'), { method: 'POST', body: new URLSearchParams({ link: 'yes' }) });
  const second = await visitor.mailTo('ada@example.com', { known });
  const pathOf = (link: string) => link.slice(new URL(link).origin.length);
  links = {
    confirm: pathOf(linkIn(asked.mail, '/confirm?')),
    unsubscribe: pathOf(linkIn(mail, '/unsubscribe?')),
    preferences: pathOf(linkIn(mail, '/preferences?')),
    manage: pathOf(linkIn(second.mail, '/preferences?')),
  };
});

const pages = (): Record<string, string> => ({
  'sign-up': '/',
  confirm: links.confirm,
  unsubscribe: links.unsubscribe,
  preferences: links.preferences,
  'second link': links.manage,
  'forged link': '/confirm?t=forged',
  'not found': '/nothing-here',
  archive: '/archive',
  issue: '/archive/issue-12',
  'digest page': '/archive/digests/2026-11-27T0100Z',
});

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

withChromium.each([
  { locale: 'zh-CN', width: 390 },
  { locale: 'en', width: 1280 },
] as const)('axe finds nothing on the readers’ pages in $locale, $width px wide, light and dark', async (device) => {
  const { page, context } = await openPage(visit, device, '/');
  const found: Record<string, string[]> = {};

  for (const [name, path] of Object.entries(pages())) {
    await page.goto(`${visit.run.origin}${path}`);
    const faults = await inBothSchemes(page, `readers-${device.locale}-${device.width}-${name.replaceAll(' ', '-')}`);
    if (faults.length > 0) found[name] = faults;
  }

  expect(found).toEqual({});
  await context.close();
});

withChromium('a sign-up with a slip is told beside its field, and one without is answered, both without a fault for axe', async () => {
  const { page, context, faults } = await openPage(visit, { locale: 'zh-CN', width: 390 }, '/');

  await page.locator('form').evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await page.fill('input[type=email]', 'ada＠example');
  await page.locator('form button').click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  const slip = await inBothSchemes(page, 'readers-slip');
  await page.fill('input[type=email]', 'lovelace@example.com');
  for (const box of await page.locator('input[type=checkbox]').all()) await box.check();
  await page.locator('form button').click();
  await page.waitForLoadState();
  const answered = await inBothSchemes(page, 'readers-answered');

  expect([...slip, ...answered, ...faults]).toEqual([]);
  await context.close();
});
