import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { aNewsletterToVisit, faultsOf, openDesk, picture, sample, withChromium } from './visiting.ts';

const folder = mkdtempSync(join(tmpdir(), 'periodical-held-'));
beforeAll(() => {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as { context: { settings: object } };
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify({ ...context.settings, canary: 'always' }));
  process.env.PERIODICAL_SETTINGS = file;
});
afterAll(() => {
  delete process.env.PERIODICAL_SETTINGS;
  rmSync(folder, { recursive: true });
});

const visit = aNewsletterToVisit();

const addReaders = (visitor: NewsletterVisitor, readers: { count: number } | { addresses: string[] }) =>
  fetch(`${visitor.origin}/_local/readers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(readers),
  });

/** A digest of one issue whose canary is out, and of which twelve mails come back. */
async function digestThatBounces(visitor: NewsletterVisitor): Promise<string> {
  await addReaders(visitor, { count: 120 });
  const { slug } = (await (await visitor.upload(readFileSync(sample), 'issue.txt')).json()) as { slug: string };
  await visitor.put('/_local/ses', { faults: [{ action: 'bounce', digest: `issue-${slug}`, times: 12 }] });
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/send-now`);
  await visitor.idle();
  return `issue-${slug}`;
}

async function watch(visitor: NewsletterVisitor) {
  await visitor.fire('watch-digests', new Date().toISOString());
  await visitor.idle();
}

withChromium('a digest that holds itself says why and until when, and is resumed on its page', async () => {
  const visitor = new NewsletterVisitor(visit.run.origin);
  const id = await digestThatBounces(visitor);
  const desk = await openDesk(visit, { width: 390, locale: 'en' });
  await desk.signIn();

  await desk.page.goto(`${visit.run.origin}/editors/#/digests/${id}`);
  await desk.page.getByText('some 50 readers get it first').waitFor();
  await picture(desk.page, 'digest-canary-390');
  await watch(visitor);
  await desk.page.getByText(/Too much went wrong/).waitFor();
  const state = await desk.page.locator('.digest-state').innerText();
  await picture(desk.page, 'digest-brake-390');
  const faults = await faultsOf(desk.page);
  await desk.page.getByRole('button', { name: 'Resume' }).click();
  await desk.page.getByRole('button', { name: 'Pause' }).waitFor();
  await watch(visitor);
  await desk.page.getByText(/their mailboxes’ answers are watched until/).waitFor();
  await desk.page.setViewportSize({ width: 1280, height: 900 });
  await picture(desk.page, 'digest-canary-watched-1280');

  expect(state).toMatch(/12 of \d+ submitted bounced/);
  expect([...faults, ...desk.faults]).toEqual([]);
  expect((await visitor.digest(id))?.report).toMatchObject({ audience: 120, bounced: 12 });
  expect((await visitor.outbox({ digest: id })).length).toBeLessThan(100);
  await desk.context.close();
});

/** Most readers are at one provider, which refuses the canary. */
async function digestThatIsRefused(visitor: NewsletterVisitor): Promise<string> {
  await addReaders(visitor, { addresses: Array.from({ length: 120 }, (_, n) => `reader${n}@qq.com`) });
  const { slug } = (await (await visitor.upload('# 第二期\n\n正文。\n', 'second.md')).json()) as { slug: string };
  await visitor.put('/_local/ses', { faults: [{ action: 'block', to: '*@qq.com' }] });
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/send-now`);
  await visitor.idle();
  await watch(visitor);
  await visitor.put('/_local/ses', { faults: [] });
  return `issue-${slug}`;
}

withChromium('readers of a provider that refuses wait for an editor, who is told by mail; the others have theirs', async () => {
  const visitor = new NewsletterVisitor(visit.run.origin);
  const id = await digestThatIsRefused(visitor);
  const atQq = async () => (await visitor.outbox({ digest: id })).filter(({ to }) => to[0]?.endsWith('@qq.com')).length;
  const desk = await openDesk(visit, { width: 390, locale: 'en' });
  await desk.signIn();
  await desk.page.goto(`${visit.run.origin}/editors/#/digests/${id}`);
  await desk.page.getByText('Readers at QQ Mail are postponed.').waitFor();
  const refused = await atQq();
  // The canary's ten minutes.
  for (const offsetMs of [0, 11 * 60_000]) {
    await visitor.put('/_local/clock', { offsetMs });
    await watch(visitor);
  }
  await desk.page.getByText('of them wait for your decision').waitFor();
  const [waiting, others] = [await visitor.digest(id), (await visitor.outbox({ digest: id })).length - refused];
  await picture(desk.page, 'digest-postponed-390-en');
  const faults = await faultsOf(desk.page);
  const chinese = await openDesk(visit, { width: 1280, locale: 'zh-CN', scheme: 'dark' });
  await chinese.signIn();
  await chinese.page.goto(`${visit.run.origin}/editors/#/digests/${id}`);
  await chinese.page.getByText('QQ 邮箱的读者暂缓发送。').waitFor();
  await picture(chinese.page, 'digest-postponed-1280-zh');
  faults.push(...(await faultsOf(chinese.page)));
  await chinese.page.goto(`${visit.run.origin}/editors/#/digests`);
  await chinese.page.getByText('位读者暂缓发送').waitFor();
  await picture(chinese.page, 'digests-postponed-1280-zh');
  const [notice] = (await visitor.outbox({})).filter(({ subject }) => subject.includes('qq.com'));
  await desk.page.getByRole('button', { name: 'Send to them now' }).click();
  await desk.page.getByText('Readers at QQ Mail are mailed now.').waitFor();
  await visitor.idle();
  await desk.page.locator('.digest-state', { hasText: 'Done' }).waitFor();

  expect([...faults, ...desk.faults, ...chinese.faults]).toEqual([]);
  expect(notice?.subject).toMatch(/qq\.com 的读者暂缓发送/);
  expect(waiting).toMatchObject({ state: 'held', postponed: [{ provider: 'qq', blocked: refused, waiting: 120 - refused }] });
  expect(waiting?.report).toMatchObject({ submitted: refused + others, open: 120 - refused, addsUp: true });
  expect(await atQq()).toBe(120);
  await Promise.all([desk.context.close(), chinese.context.close()]);
});
