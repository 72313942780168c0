import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { aNewsletterToVisit, faultsOf, openDesk, picture, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();

const words = {
  en: {
    up: 'Move up: Tides',
    down: 'Move down: Tides',
    note: 'Opening note',
    save: 'Save the note',
    saved: 'The note is saved',
    whole: 'Preview the whole mail',
    phone: 'Phone',
    text: 'Text part',
    nothing: 'Nothing is queued, so',
  },
  'zh-CN': {
    up: '上移：Tides',
    down: '下移：Tides',
    note: '卷首语',
    save: '保存卷首语',
    saved: '卷首语已保存',
    whole: '预览整封邮件',
    phone: '手机',
    text: '纯文本',
    nothing: '还没有排队的稿件，下一次发送没有邮件可看',
  },
} as const;

const titles = ['Bridges', 'Ferries', 'Tides'];

async function queue(visitor: NewsletterVisitor) {
  await visitor.asEditor('PUT', '/api/v1/digests/next', { text: JSON.stringify({ order: [], note: '' }), type: 'application/json' });
  for (const [n, title] of titles.entries()) {
    const slug = title.toLowerCase();
    const text = `---\nslug: ${slug}\ndate: 2026-11-0${n + 1}\nlang: en\nsummary: About ${slug}.\n---\n# ${title}\n\nWords on ${slug} and nothing else.\n`;
    await visitor.upload(text, `${slug}.md`);
    await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
  }
}

const focusedLabel = (within: Locator) => within.page().evaluate(() => document.activeElement?.getAttribute('aria-label'));

withChromium.each([
  { locale: 'en', width: 1280, scheme: 'dark' },
  { locale: 'zh-CN', width: 390, scheme: 'light' },
] as const)('an editor moves an issue by keyboard, writes the note, and looks at the whole mail: $locale, $width px', async (device) => {
  const says = words[device.locale];
  const visitor = new NewsletterVisitor(visit.run.origin);
  await queue(visitor);
  const { page, context, faults, signIn } = await openDesk(visit, device);
  const found: string[] = [];
  const look = async (state: string) => {
    await picture(page, `next-digest-${device.locale}-${device.width}-${state}`);
    found.push(...(await faultsOf(page)).map((fault) => `${state}: ${fault}`));
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const order = () => page.locator('.carried a').allTextContents();
  const moves = async (name: string, expected: string[]) => {
    await button(name).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (all) => [...document.querySelectorAll('.carried a')].map((link) => link.textContent).join() === all,
      expected.join(),
    );
  };
  await signIn();
  const before = await order();
  const ends = [await button(says.down).count(), await button(says.up).count()];

  // What is being written outlives a change of the order.
  await page.locator('.note summary').click();
  await page.getByLabel(says.note).fill('Dear readers, **three** pieces.');
  await moves(says.up, ['Bridges', 'Tides', 'Ferries']);
  const afterOne = await focusedLabel(page.locator('.carried'));
  await moves(says.up, ['Tides', 'Bridges', 'Ferries']);
  const atTheTop = await focusedLabel(page.locator('.carried'));
  await look('order');
  await button(says.save).click();
  await page.getByText(says.saved).waitFor();
  await page.reload();
  await signIn();
  const kept = [(await order()).join(), await page.locator('#digest-note').inputValue()];

  await page.getByRole('link', { name: says.whole }).click();
  const mail = page.frameLocator('.stage iframe');
  await mail.getByText('Words on ferries').waitFor();
  const shown = await mail.locator('body').innerText();
  const subject = await page.locator('.subject').innerText();
  await look('whole');
  await page.getByText(says.phone, { exact: true }).click();
  await look('phone');
  await page.getByText(says.text, { exact: true }).click();
  const plain = await page.locator('.text-part').innerText();

  for (const title of titles) await visitor.asEditor('POST', `/api/v1/issues/${title.toLowerCase()}/unqueue`);
  await page.locator('.masthead').click();
  await page.locator('.note').waitFor();
  const linked = await page.getByRole('link', { name: says.whole }).count();
  await page.evaluate(() => {
    location.hash = '#/next';
  });
  await page.getByText(says.nothing).waitFor();
  await look('nothing');

  expect(before).toEqual(titles);
  expect(ends).toEqual([0, 1]);
  expect([afterOne, atTheTop]).toEqual([says.up, says.down]);
  expect(kept).toEqual(['Tides,Bridges,Ferries', 'Dear readers, **three** pieces.']);
  expect(subject).toContain('Tides');
  const places = ['Tides · Bridges · Ferries', 'Dear readers, three pieces.', 'About bridges.', 'Words on tides', 'Words on ferries'];
  expect(places.map((piece) => shown.indexOf(piece)).toSorted((a, b) => a - b)).toEqual(places.map((piece) => shown.indexOf(piece)));
  for (const piece of places) expect(shown).toContain(piece);
  expect(plain).toMatch(/1\. Tides\s+2\. Bridges\s+3\. Ferries/);
  expect(linked).toBe(0);
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
