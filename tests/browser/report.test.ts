import { expect } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { aNewsletterToVisit, faultsOf, openDesk, picture, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();
const digestId = '2026-10-09T0100Z';

/** A hundred readers at several providers, of whom some are blocked, some bounce, and three nobody knows about. */
async function aDigestWithUnknowns() {
  const visitor = new NewsletterVisitor(visit.run.origin);
  const at = (domain: string, count: number) => Array.from({ length: count }, (_, n) => `reader${n}@${domain}`);
  const addresses = [
    ...at('qq.com', 50),
    ...at('163.com', 20),
    ...at('gmail.com', 15),
    ...at('firm.example', 12),
    ...at('lost.example', 3),
  ];
  await fetch(`${visit.run.origin}/_local/readers`, {
    method: 'POST',
    body: JSON.stringify({ addresses }),
    headers: { 'content-type': 'application/json' },
  });
  const faults = [
    { action: 'block', to: '*@163.com', times: 2 },
    { action: 'bounce', to: '*@gmail.com', times: 1 },
    { action: 'reset-after', to: '*@lost.example' },
    { action: 'lose-event', to: '*@lost.example' },
  ];
  await visitor.put('/_local/ses', { maxSendRate: 25, faults });
  const { slug } = (await (await visitor.upload('# 回执\n\n正文。\n', 'a.md')).json()) as { slug: string };
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
  await visitor.fire('weekly-digest', '2026-10-09T01:00:00Z');
  await visitor.idle();
  await visitor.put('/_local/ses', { faults: [] });
  return visitor;
}

withChromium(
  'a report says whose mailboxes took what, how fast it went and what it cost, and the growth page how the list has grown, on every screen',
  async () => {
    await aDigestWithUnknowns();
    const found: string[] = [];
    const seen: string[] = [];
    const growth: string[] = [];
    for (const device of [
      { width: 1280, locale: 'en', scheme: 'light' },
      { width: 1280, locale: 'zh-CN', scheme: 'dark' },
      { width: 390, locale: 'zh-CN', scheme: 'light' },
      { width: 390, locale: 'en', scheme: 'dark' },
    ] as const) {
      const { page, context, faults, signIn } = await openDesk(visit, device);
      await signIn();
      await page.goto(`${visit.run.origin}/editors/#/digests/${digestId}`);
      await page.locator('.providers').waitFor();
      await picture(page, `report-${device.width}-${device.locale}-${device.scheme}`);
      found.push(...(await faultsOf(page)), ...faults);
      seen.push(await page.locator('.report').innerText());
      await page.locator('nav a[href="#/growth"]').click();
      await page.locator('.growth-shown .growth-chart').waitFor();
      await page.getByRole('slider').press('ArrowRight');
      await picture(page, `growth-${device.width}-${device.locale}-${device.scheme}`);
      found.push(...(await faultsOf(page)), ...faults);
      growth.push(await page.locator('.growth-view').innerText());
      await context.close();
    }

    expect(found).toEqual([]);
    // A hundred readers, of whom one has bounced, and the digest with what became of it.
    expect(growth[0]).toMatch(/99\s+readers/);
    expect(growth[0]).toMatch(/回执[\s\S]*100\s+97\s+94\s?96\.9%\s+1\s+2\s+0\s+0\s+3\s+0/);
    expect(growth[1]).toMatch(/99\s+位读者/);
    const [english = '', chinese = ''] = seen;
    expect(english).toMatch(/QQ Mail\s+50\s+50\s+0/);
    expect(english).toMatch(/NetEase\s+20\s+18\s+0\s+2/);
    expect(english).toMatch(/[\d.]+ mails a second of 25 granted/);
    expect(english).toContain('list prices in us-east-1');
    expect(chinese).toContain('网易邮箱');
  },
);

withChromium('whom SES never answered for is mailed again only after a warning, and only when an editor says yes', async () => {
  const visitor = new NewsletterVisitor(visit.run.origin);
  const { page, context, signIn } = await openDesk(visit, { width: 390, locale: 'en', scheme: 'light' });
  const dialog = page.locator('dialog');
  const mailsToLost = async () => (await visitor.outbox({ digest: digestId })).filter(({ to }) => to[0]?.endsWith('lost.example')).length;
  await signIn();
  await page.goto(`${visit.run.origin}/editors/#/digests/${digestId}`);

  await page.getByRole('button', { name: 'Plan again…' }).click();
  await dialog.getByText('get it twice, and the report counts them').waitFor();
  await picture(page, 'report-plan-again');
  const found = await faultsOf(page);
  await dialog.getByRole('button', { name: 'Back' }).click();
  const afterCancelling = await mailsToLost();
  await page.getByRole('button', { name: 'Plan again…' }).click();
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('go out within minutes').waitFor();
  // The lease of who may have sent them is over in five minutes.
  await visitor.put('/_local/clock', { offsetMs: 6 * 60_000 });
  await visitor.fire('watch-digests', new Date(Date.now() + 6 * 60_000).toISOString());
  await visitor.idle();
  await expect.poll(() => page.locator('.report .unknown .figure').first().innerText(), { timeout: 20_000 }).toBe('0');

  expect(found).toEqual([]);
  expect(afterCancelling).toBe(3);
  expect(await mailsToLost()).toBe(6);
  await context.close();
});
