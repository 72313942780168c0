import { expect } from 'vitest';
import { aNewsletterToVisit, faultsOf, openDesk, picture, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();

withChromium.each([
  {
    locale: 'zh-CN',
    width: 390,
    says: { nav: 'API 密钥', name: '名称', made: '请现在复制密钥', revoke: '撤销…', yes: '撤销', over: '已撤销' },
  },
  {
    locale: 'en',
    width: 1280,
    says: { nav: 'API keys', name: 'Name', made: 'Copy this key', revoke: 'Revoke…', yes: 'Revoke it', over: 'revoked' },
  },
] as const)('an owner makes a key, sees it once and revokes it, by keyboard: $locale', async ({ locale, width, says }) => {
  const { page, context, faults, signIn } = await openDesk(visit, { locale, width });
  await signIn();
  await page.getByRole('link', { name: says.nav }).focus();
  await page.keyboard.press('Enter');
  const name = `Git ${locale}`;

  await page.getByLabel(says.name).focus();
  await page.keyboard.press('Enter');
  await page.locator('[aria-invalid]').waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  const shown = page.locator('input.key');
  await shown.waitFor();
  const key = await shown.inputValue();
  await picture(page, `api-keys-${locale}-${width}`);
  const found = await faultsOf(page);
  const asKey = () => fetch(`${visit.run.origin}/api/v1/issues`, { headers: { authorization: `Bearer ${key}` } });
  const before = await asKey();

  const row = page.getByRole('listitem').filter({ hasText: name });
  await row.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: says.yes, exact: true }).focus();
  await page.keyboard.press('Enter');
  await row.getByText(says.over, { exact: true }).waitFor();
  const after = await asKey();
  await page.reload();

  expect(key).toMatch(/^per_/);
  expect(await shown.count()).toBe(0);
  expect([before.status, after.status]).toEqual([200, 401]);
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
