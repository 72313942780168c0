import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { chromiumPath } from '../support/chromium.ts';
import { aNewsletterToVisit, faultsOf, openDesk, picture, sample, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();
let source: string;
beforeAll(async () => {
  if (chromiumPath) source = await readFile(sample, 'utf8');
});

/** The sample under a slug of its own, with a link that leads nowhere outside of its own site on a line we know. */
const withFault = (slug: string) =>
  source
    .replace('---\nlayout', `---\nslug: ${slug}\nlayout`)
    .replace('清晨六点', '<a href="../../last-week.html">上一期</a>之后，清晨六点');
const mended = (text: string) => text.replace('../../last-week.html', 'https://weekly.example.org/last-week.html');

/** Lets a file fall onto the drop zone, as a hand does. */
async function drop(page: Page, zone: string, name: string, text: string) {
  const data = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName, { type: 'text/plain' }));
      return transfer;
    },
    [name, text] as const,
  );
  await page.dispatchEvent(zone, 'drop', { dataTransfer: data });
}

const words = {
  'zh-CN': {
    relative: '有链接只在原网站内有效，已去掉',
    replace: '替换文件…',
    queue: '排进下一次发送',
    unqueue: '移出队列',
    schedule: '定时发送…',
    scheduleConfirm: '定时发送',
    past: '这个时间已经过去',
    unschedule: '撤回定时',
    test: '发送测试…',
    testConfirm: '发送测试',
    stranger: '测试邮件只能发给您自己',
    did: ['发送了测试', '撤回了定时', '设定了发送时间', '移出了队列', '排进了队列', '替换了内容', '上传了稿件'],
    phone: '手机',
    text: '纯文本',
  },
  en: {
    relative: 'A link leads nowhere outside of its own site',
    replace: 'Replace the file…',
    queue: 'Queue for the next digest',
    unqueue: 'Take out of the queue',
    schedule: 'Schedule…',
    scheduleConfirm: 'Schedule',
    past: 'This time has passed',
    unschedule: 'Take the schedule back',
    test: 'Send a test…',
    testConfirm: 'Send the test',
    stranger: 'Test mails go only to your own address',
    did: [
      'sent a test',
      'took the schedule back',
      'scheduled it',
      'took it out of the queue',
      'queued it',
      'replaced the text',
      'uploaded it',
    ],
    phone: 'Phone',
    text: 'Text part',
  },
} as const;

withChromium.each([
  { locale: 'zh-CN', width: 1280, scheme: 'light' },
  { locale: 'en', width: 390, scheme: 'dark' },
] as const)(
  'an editor drops a file, mends what was found, queues, takes it out, schedules, takes it back and sends a test: $locale, $width px',
  async (device) => {
    const says = words[device.locale];
    const slug = `ride-${device.locale.toLowerCase()}`;
    const { page, context, faults, signIn } = await openDesk(visit, device);
    const found: Record<string, string[]> = {};
    const look = async (state: string) => {
      await picture(page, `desk-${device.locale}-${device.width}-${state}`);
      const here = await faultsOf(page);
      if (here.length > 0) found[state] = here;
    };
    const dialog = page.locator('dialog');
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await look('signed-out');
    await signIn();
    await look('home');

    await drop(page, '.drop', '周刊.txt', withFault(slug));
    await page.locator('.outline').waitFor();
    await page.frameLocator('.stage iframe').getByText('临江大桥两侧加装三米宽自行车道').first().waitFor();
    const sections = await page.locator('.tree > details > summary strong').allTextContents();
    const warned = await page.locator('.findings.warning').innerText();
    await look('issue');
    await page.getByText(says.phone, { exact: true }).click();
    await page.getByText(says.text, { exact: true }).click();
    await page.locator('.text-part').waitFor();
    await look('text-part');

    await button(says.replace).click();
    await look('replace');
    await drop(page, 'dialog .drop', '周刊.txt', mended(withFault(slug)));
    await dialog.waitFor({ state: 'detached' });
    await page.waitForFunction((text) => !document.querySelector('.found')?.textContent?.includes(text), says.relative);

    await button(says.queue).click();
    await page.locator('.issue-status.queued').waitFor();
    const focused = await page.evaluate(() => document.activeElement?.className);
    await look('queued');
    await button(says.unqueue).click();
    await page.locator('.issue-status.draft').waitFor();

    await button(says.schedule).click();
    await dialog.locator('input[name=at]').fill('2020-01-01T09:00');
    await dialog.getByRole('button', { name: says.scheduleConfirm, exact: true }).click();
    await dialog.getByText(says.past).waitFor();
    await look('moment-past');
    await dialog.locator('input[name=at]').fill('2030-12-01T09:00');
    const told = await dialog.locator('.told').innerText();
    await dialog.getByRole('button', { name: says.scheduleConfirm, exact: true }).click();
    await page.locator('.issue-status.scheduled').waitFor();
    const moment = await page.locator('.issue-status time').getAttribute('datetime');
    await look('scheduled');
    await button(says.unschedule).click();
    await page.locator('.issue-status.draft').waitFor();

    await button(says.test).click();
    await dialog.locator('input').fill('stranger@example.org');
    await dialog.getByRole('button', { name: says.testConfirm, exact: true }).click();
    await dialog.getByText(says.stranger).waitFor();
    await look('test-refused');
    await dialog.locator('input').fill('');
    await dialog.getByRole('button', { name: says.testConfirm, exact: true }).click();
    await page.locator('.history li').filter({ hasText: says.did[0] }).waitFor();
    const did = await page.locator('.history li').allInnerTexts();
    await look('history');

    expect(sections).toEqual(['路上的变化', '修车铺', '带在路上的书']);
    expect(warned).toContain(says.relative);
    expect(focused).toContain('issue-status');
    expect(told).toContain('01:00 UTC');
    expect(moment).toBe('2030-12-01T01:00:00.000Z');
    expect(did.map((line) => says.did.find((deed) => line.includes(deed)))).toEqual(says.did);
    expect((await new NewsletterVisitor(visit.run.origin).outbox()).at(-1)?.subject).toMatch(/^【测试】|^\[Test\]/);
    expect(found).toEqual({});
    expect(faults).toEqual([]);
    await context.close();
  },
);
