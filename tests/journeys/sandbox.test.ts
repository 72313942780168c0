import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from './end-run.ts';

let run: LocalRun;
let visitor: NewsletterVisitor;
beforeAll(async () => {
  run = await startLocalRun({ show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
});
afterAll(() => endRun(run));

const sample = readFileSync(new URL('../../infra/local/demo/sample-issue.txt', import.meta.url), 'utf8');

// A new account: SES mails whom one has verified, one a second, and asks for permission to use their identities, too.
test('in SES’s sandbox verified people sign up, confirm and get an issue', async () => {
  await visitor.put('/_local/ses', { sandbox: true, verified: ['ada@example.com', 'example.net'] });

  for (const address of ['ada@example.com', 'grace@example.net']) await visitor.becomeReader(address);
  const { slug } = (await (await visitor.upload(sample, 'issue.txt')).json()) as { slug: string };
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/send-now`);
  await visitor.idle();
  const got = (await visitor.outbox({ digest: `issue-${slug}` })).flatMap(({ to }) => to);

  expect(got.toSorted()).toEqual(['ada@example.com', 'grace@example.net']);
  expect((await visitor.digest(`issue-${slug}`))?.report).toMatchObject({ audience: 2, submitted: 2, open: 0 });
});
