import { expect } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { aNewsletterToVisit, openDesk, sample, stored, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();

withChromium('an editor signs in, drops the file, sees its structure and its mail, queues it and watches the report', async () => {
  const visitor = new NewsletterVisitor(visit.run.origin);
  await visitor.becomeReader('ada@example.com');
  const { page, faults, context, signIn } = await openDesk(visit, { width: 1280, locale: 'zh-CN' });
  await signIn();

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
  await page.getByText('2026年11月27日的发送').click();
  await page.locator('.state.done').waitFor();

  expect(sections).toEqual(['路上的变化', '修车铺', '带在路上的书']);
  expect(paper).not.toBe('rgba(0, 0, 0, 0)');
  expect(carried).toContain('城市骑行周刊第十二期');
  expect((await page.locator('.outcomes .submitted .figure').textContent())?.trim()).toBe('1');
  expect(faults).toEqual([]);
  await context.close();
});

withChromium('the token is in memory only: not in the address, in storage or in a cookie, and a reload asks again', async () => {
  const { page, context, signIn } = await openDesk(visit, { width: 1280, locale: 'en' });
  await signIn();

  const address = page.url();
  const [storage, cookies] = await stored(page, context);
  await page.reload();

  expect(address).toBe(`${visit.run.origin}/editors/`);
  expect(storage).toBe('[{},{}]');
  expect(cookies).toEqual([]);
  await page.locator('.welcome button').waitFor();
  await context.close();
});

withChromium('before sending at once the desk asks, and the harmless answer has the focus', async () => {
  const { page, context, signIn } = await openDesk(visit, { width: 390, locale: 'en' });
  await signIn();
  await page.setInputFiles('#upload-file', {
    name: 'a.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from('# A short note\n\nOne paragraph.\n'),
  });
  await page.locator('.outline').waitFor();

  await page.getByText('Send now…').click();
  const focused = await page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press('Escape');

  expect(focused).toBe('Back');
  await page.locator('.state.draft').waitFor();
  await context.close();
});
