import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkIn, NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from './end-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'periodical-welcome-'));
const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as { context: { settings: object } };

let run: LocalRun;
let visitor: NewsletterVisitor;
beforeAll(async () => {
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify({ ...context.settings, welcomeMail: true }));
  process.env.PERIODICAL_SETTINGS = file;
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
});
afterAll(async () => {
  delete process.env.PERIODICAL_SETTINGS;
  await endRun(run);
  rmSync(folder, { recursive: true });
});

test('who confirms finds a welcome in the post, in their language, and leaves by a link in it', async () => {
  await visitor.signUp('lin@example.com', 'zh-TW');
  const confirmation = await visitor.mailTo('lin@example.com');
  const link = linkIn(confirmation.mail, '/confirm?');
  await visitor.pressButton(link);
  const { message, mail } = await visitor.mailTo('lin@example.com', { known: 1 });

  await fetch(link, { method: 'POST' });
  await visitor.pressButton(linkIn(mail, '/unsubscribe?'));
  await visitor.idle();

  expect(message).toMatchObject({ from: expect.stringContaining('<weekly@news.example.org>'), tags: { kind: 'welcome' } });
  expect(mail.subject).toBe('歡迎訂閱《产业区块链周报》');
  expect(await visitor.outbox({ to: 'lin@example.com' })).toHaveLength(2);
});
