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

/** A digest of one issue whose canary is out, and of which twelve mails come back. */
async function digestThatBounces(visitor: NewsletterVisitor): Promise<string> {
  await fetch(`${visitor.origin}/_local/readers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ count: 120 }),
  });
  const { slug } = (await (await visitor.upload(readFileSync(sample), 'issue.txt')).json()) as { slug: string };
  await visitor.put('/_local/ses', { faults: [{ action: 'bounce', digest: `issue-${slug}`, times: 12 }] });
  await visitor.asEditor('POST', `/editors/issues/${slug}/send-now`);
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
  await desk.page.getByText(/too much went wrong/).waitFor();
  const state = await desk.page.locator('.digest-state').innerText();
  await picture(desk.page, 'digest-brake-390');
  const faults = await faultsOf(desk.page);
  await desk.page.getByRole('button', { name: 'Resume' }).click();
  await desk.page.getByRole('button', { name: 'Pause' }).waitFor();
  await watch(visitor);
  await desk.page.getByText(/what their mailboxes say is watched until/).waitFor();
  await desk.page.setViewportSize({ width: 1280, height: 900 });
  await picture(desk.page, 'digest-canary-watched-1280');

  expect(state).toMatch(/12 of \d+ submitted bounced/);
  expect([...faults, ...desk.faults]).toEqual([]);
  expect((await visitor.digest(id))?.receipt).toMatchObject({ audience: 120, bounced: 12 });
  expect((await visitor.outbox({ digest: id })).length).toBeLessThan(100);
  await desk.context.close();
});
