import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { aNewsletterToVisit, faultsOf, openDesk, picture, sample, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();

const words = {
  'zh-CN': {
    readers: '读者',
    readerSearch: '查找',
    noAddress: '这不是邮箱地址',
    nobody: '没有使用这个地址的读者。',
    states: ['停止投递', '已订阅', '已退订', '已删除'],
    reinstate: ['解除…', '解除', '请写明理由'],
    unsubscribe: ['退订…', '退订'],
    erase: ['删除…', '永久删除'],
    bounced: '退信',
  },
  en: {
    readers: 'Readers',
    readerSearch: 'Look up',
    noAddress: 'This is not an address',
    nobody: 'There is no reader with this address.',
    states: ['Suppressed', 'Subscribed', 'Unsubscribed', 'Erased'],
    reinstate: ['Reinstate…', 'Reinstate', 'Give a reason'],
    unsubscribe: ['Unsubscribe…', 'Unsubscribe'],
    erase: ['Erase…', 'Erase for good'],
    bounced: 'Bounced',
  },
} as const;

/** A reader who has had one digest, and whose mailbox sent the next one back. */
async function someoneWhoBounced(address: string) {
  const visitor = new NewsletterVisitor(visit.run.origin);
  await visitor.becomeReader(address);
  const source = await readFile(sample, 'utf8');
  const sendNow = async (title: string) => {
    const { slug } = (await (await visitor.upload(source.replaceAll('城市骑行周刊第十二期', title), 'issue.txt')).json()) as {
      slug: string;
    };
    await visitor.asEditor('POST', `/api/v1/issues/${slug}/send-now`);
    await visitor.idle();
  };
  await sendNow(`先寄的一刊 ${address}`);
  await visitor.put('/_local/ses', { faults: [{ action: 'bounce', to: address }] });
  await sendNow(`后寄的一刊 ${address}`);
  await visitor.put('/_local/ses', { faults: [] });
}

withChromium.each([
  { locale: 'zh-CN', width: 1280, scheme: 'light' },
  { locale: 'en', width: 390, scheme: 'dark' },
] as const)(
  'an editor looks a reader up, reinstates a bounce with a reason, takes them off and erases them, by keyboard: $locale, $width px',
  async (device) => {
    const says = words[device.locale];
    const email = `reader-${device.width}@example.com`;
    const { page, context, faults, signIn } = await openDesk(visit, device);
    const found: Record<string, string[]> = {};
    const look = async (state: string) => {
      await picture(page, `reader-${device.locale}-${device.width}-${state}`);
      const here = await faultsOf(page);
      if (here.length > 0) found[state] = here;
    };
    const dialog = page.locator('dialog');
    const state = () => page.locator('.reader .state').innerText();
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    const answer = async (name: string) => {
      await dialog.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await someoneWhoBounced(email);
    await signIn();
    await page.getByRole('link', { name: says.readers, exact: true }).click();

    await page.locator('input[name=email]').fill('reader');
    await page.keyboard.press('Enter');
    const fault = page.locator('#field-email-fault').filter({ hasText: says.noAddress });
    await fault.waitFor();
    const focused = await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name);
    await look('no-address');
    await page.locator('input[name=email]').fill('nobody@example.com');
    await page.keyboard.press('Enter');
    await page.getByText(says.nobody).waitFor();
    await look('nobody');

    await page.locator('input[name=email]').fill(email.toUpperCase());
    await page.keyboard.press('Enter');
    await page.locator('.reader').waitFor();
    const states = [await state()];
    const digests = await page.locator('.reader .history').first().innerText();
    const address = page.url();
    await look('suppressed');
    await press(says.reinstate[0]);
    await answer(says.reinstate[1]);
    await dialog.getByText(says.reinstate[2]).waitFor();
    await look('reinstate-without-reason');
    await dialog.locator('textarea').fill('来电说邮箱恢复了');
    await answer(says.reinstate[1]);
    await dialog.waitFor({ state: 'detached' });
    states.push(await state());
    await look('reinstated');
    await press(says.unsubscribe[0]);
    await answer(says.unsubscribe[1]);
    await dialog.waitFor({ state: 'detached' });
    states.push(await state());
    await press(says.erase[0]);
    await look('erase');
    await answer(says.erase[1]);
    await dialog.waitFor({ state: 'detached' });
    states.push(await state());
    await look('erased');

    expect(focused).toBe('email');
    expect(states).toEqual([...says.states]);
    expect(digests).toContain(says.bounced);
    expect(address).not.toContain('example.com');
    expect(await page.getByRole('button', { name: says.erase[0] }).count()).toBe(0);
    expect(found).toEqual({});
    expect(faults).toEqual([]);
    await context.close();
  },
  120_000,
);
