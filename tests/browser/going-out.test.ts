import { expect } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { aNewsletterToVisit, faultsOf, openDesk, picture, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();

const file = (name: string, text: string) => ({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) });

withChromium(
  'what preflight refuses goes out with a reason only, which the report repeats; a digest is paused, resumed, cancelled',
  async () => {
    const visitor = new NewsletterVisitor(visit.run.origin);
    await fetch(`${visit.run.origin}/_local/readers`, {
      method: 'POST',
      body: '{"count":40}',
      headers: { 'content-type': 'application/json' },
    });
    await visitor.put('/_local/ses', { maxSendRate: 2 });
    const { page, context, faults, signIn } = await openDesk(visit, { width: 390, locale: 'zh-CN' });
    const found: string[] = [];
    const look = async (state: string) => {
      await picture(page, `out-${state}`);
      found.push(...(await faultsOf(page)).map((fault) => `${state}: ${fault}`));
    };
    const dialog = page.locator('dialog');
    await signIn();
    await page.setInputFiles(
      '#upload-file',
      file('a.md', '# 别人的退订链接\n\n正文在这里。[不想再收到](https://mail.example.com/unsubscribe?u=4711)\n'),
    );

    await page.locator('.findings.error').waitFor();
    await look('refused');
    await page.getByRole('button', { name: '立即发送…' }).click();
    await dialog.getByRole('button', { name: '发给全部读者' }).click();
    await dialog.getByText('请写明理由').waitFor();
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('name'));
    await look('reason-missing');
    await dialog.locator('textarea').fill('这是文中讨论的例子');
    await dialog.getByRole('button', { name: '发给全部读者' }).click();
    await page.locator('.overrides').waitFor();
    const reason = await page.locator('.overrides').innerText();
    await page.locator('.state.sending').waitFor();
    await look('sending');
    await page.getByRole('button', { name: '暂停' }).click();
    await page.locator('.state.paused').waitFor();
    await look('paused');
    await page.getByRole('button', { name: '继续' }).click();
    await page.locator('.state.sending').waitFor();
    await page.getByRole('button', { name: '停止发送…' }).click();
    await look('call-off');
    await dialog.getByRole('button', { name: '停止发送', exact: true }).click();
    await page.getByText('已停止发送。').waitFor();
    await visitor.idle();
    await visitor.fire('watch-digests', new Date().toISOString());
    await page.locator('.state.cancelled').waitFor();
    await look('cancelled');
    await page.getByRole('link', { name: '全部发送' }).click();
    await page.locator('.digests .row').waitFor();
    await look('digests');

    expect(focused).toBe('override');
    expect(reason).toContain('这是文中讨论的例子');
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  },
);

withChromium('of two editors at once, the slower one sees what the other did, and may look at it or go on', async () => {
  const visitor = new NewsletterVisitor(visit.run.origin);
  const { page, context, signIn } = await openDesk(visit, { width: 1280, locale: 'en', scheme: 'dark' });
  await signIn();
  await page.setInputFiles('#upload-file', file('b.md', '# Two of us\n\nOne paragraph.\n'));
  await page.locator('.issue-status.draft').waitFor();
  const slug = new URL(page.url()).hash.split('/').at(-1);

  await visitor.asEditor('POST', `/api/v1/issues/${slug}/unlist`);
  await page.getByRole('button', { name: 'Queue for the next digest' }).click();
  await page.locator('.conflict').waitFor();
  const told = await page.locator('.conflict').innerText();
  const focused = await page.evaluate(() => document.activeElement?.className);
  const found = await faultsOf(page);
  await picture(page, 'out-conflict');
  await page.getByRole('button', { name: 'Apply my change anyway' }).click();
  await page.locator('.issue-status.queued').waitFor();
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/list`);
  await page.getByRole('button', { name: 'Replace the file…' }).click();
  await page.setInputFiles('dialog input', file('b.md', '# Two of us\n\nAnother paragraph.\n'));
  await page.locator('dialog .conflict').waitFor();
  const toldAgain = await page.locator('dialog .conflict').innerText();
  await page.getByRole('button', { name: 'Apply my change anyway' }).click();
  await page.frameLocator('.stage iframe').getByText('Another paragraph.', { exact: true }).waitFor();

  expect(told).toContain('kept it out of the archive');
  expect(focused).toBe('conflict');
  expect(found).toEqual([]);
  expect(toldAgain).toContain('listed it in the archive');
  await context.close();
});
