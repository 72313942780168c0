import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetAccountCommand, PutAccountDetailsCommand } from '@aws-sdk/client-sesv2';
import { GetQueueAttributesCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { fakeNewsletter } from './fake-newsletter.ts';
import { ownSettings, periodical, type Run } from './run-periodical.ts';

type Newsletter = Awaited<ReturnType<typeof fakeNewsletter>>;
const settings = { ...ownSettings, terminationProtection: true };
const run = ({ account, fetch }: Newsletter, typed: string[], given: Partial<Run> = {}) =>
  periodical({ typed, account, fetch, settings, ...given });

/** SES in its sandbox, which keeps what it is asked for. */
async function inSandbox(review?: { Status: 'PENDING' | 'DENIED'; CaseId: string }) {
  const newsletter = await fakeNewsletter();
  newsletter.account.aws
    .on(GetAccountCommand, () => ({ ProductionAccessEnabled: false, ...(review && { Details: { ReviewDetails: review } }) }))
    .on(PutAccountDetailsCommand, () => ({}));
  const asked = () => newsletter.account.aws.inputsOf(PutAccountDetailsCommand);
  return { newsletter, asked };
}

test('production access: what SES gets to read is made of settings and facts, shown, and submitted on a yes', async () => {
  const { newsletter, asked } = await inSandbox();

  const { exit, said } = await run(newsletter, ['production-access'], { answers: ['20000', 'yes'] });

  const [request] = asked();
  expect(exit).toBe(0);
  expect(request).toMatchObject({
    MailType: 'MARKETING',
    WebsiteURL: 'https://brief.hafenblatt.de/',
    AdditionalContactEmailAddresses: ['redaktion@hafenblatt.de'],
    ProductionAccessEnabled: true,
  });
  for (const fact of [
    'Hafenblatt Verlag GmbH, Am Kai 1',
    'blatt@post.hafenblatt.de',
    '20000 readers',
    'about 4 times a month',
    'about 80000 mails',
    'RFC 8058',
  ])
    expect(request?.UseCaseDescription).toContain(fact);
  expect(request?.UseCaseDescription?.length).toBeLessThan(5_000);
  expect(said).toContain(request?.UseCaseDescription);
});

test('production access: nothing is submitted on a no, nor while SES decides, nor when it has decided well', async () => {
  const no = await inSandbox();
  const pending = await inSandbox({ Status: 'PENDING', CaseId: '1712' });
  const granted = await fakeNewsletter();

  await run(no.newsletter, ['production-access'], { answers: ['', 'no'] });
  const waiting = await run(pending.newsletter, ['production-access', '--json']);
  const done = await run(granted, ['production-access', '--json', '--yes']);

  expect([...no.asked(), ...pending.asked(), ...granted.account.aws.inputsOf(PutAccountDetailsCommand)]).toEqual([]);
  expect(waiting.json()).toEqual({ granted: false, state: 'PENDING', case: '1712' });
  expect(done.json()).toMatchObject({ granted: true });
});

test('production access: after a no of SES it can be asked again; nobody at a terminal says how many readers they expect', async () => {
  const denied = await inSandbox({ Status: 'DENIED', CaseId: '1712' });
  await denied.newsletter.table.delete({ pk: 'STATISTICS', sk: 'LATEST' });

  const unknown = await run(denied.newsletter, ['production-access', '--json', '--yes']);
  const again = await run(denied.newsletter, ['production-access', '--json', '--yes', '--readers', '500']);

  expect(unknown.json()).toMatchObject({ error: { code: 'readers_unknown' } });
  expect(again.json()).toMatchObject({ state: 'PENDING', text: expect.stringContaining('500 readers') });
  expect(await run(denied.newsletter, ['production-access', '--readers', 'many'])).toMatchObject({ exit: 2 });
});

test('status tells readers, slots, queues and mails, for people and for programs', async () => {
  const newsletter = await fakeNewsletter();
  newsletter.has.deadLetters.set('Work-dead', 3);

  const { json } = await run(newsletter, ['status', '--json']);
  const { said } = await run(newsletter, ['status']);

  expect(json()).toMatchObject({
    stack: 'Periodical',
    state: 'CREATE_COMPLETE',
    readers: { confirmed: 12_000 },
    nextSlot: '2026-12-11T08:00:00.000Z',
    ses: { max24HourSend: 50_000 },
  });
  expect((json() as { queues: object[] }).queues).toContainEqual({ worker: 'work', waiting: 0, dead: 3 });
  expect(said).toContain('Next slot: 11 Dec 2026, 09:00');
});

test('logs: the newest lines of all pages, only errors if wanted, and a name that is none is refused with those that are', async () => {
  const newsletter = await fakeNewsletter();
  const line = (n: number) => ({ timestamp: Date.UTC(2026, 11, 7, 8, n), message: `{"n":${n}}\n` });
  newsletter.account.aws.on(FilterLogEventsCommand, ({ nextToken }) =>
    nextToken ? { events: [line(2), line(3)] } : { events: [line(1)], nextToken: 'next' },
  );

  const { json } = await run(newsletter, ['logs', 'work', '--since', '3h', '--errors', '--limit', '2', '--json']);
  const unknown = await run(newsletter, ['logs', 'wrok']);

  expect(json()).toEqual({
    log: '/aws/vendedlogs/Periodical/Work',
    events: [
      { time: '2026-12-07T08:02:00.000Z', line: '{"n":2}' },
      { time: '2026-12-07T08:03:00.000Z', line: '{"n":3}' },
    ],
  });
  expect(newsletter.account.aws.inputsOf(FilterLogEventsCommand)[0]).toMatchObject({
    filterPattern: '{ $.level = "ERROR" }',
    startTime: Date.parse('2026-12-07T06:00:00Z'),
  });
  expect(unknown.err).toContain('send-confirmation');
  expect(await run(newsletter, ['logs', 'work', '--since', 'yesterday'])).toMatchObject({ exit: 2 });
});

test('redrive hands dead letters back on a yes, has nothing to do where there are none, and knows that a schedule’s have no queue', async () => {
  const newsletter = await fakeNewsletter();
  newsletter.has.deadLetters.set('Work-dead', 3);
  newsletter.account.aws
    .on(GetQueueAttributesCommand, ({ QueueUrl = '' }) => ({
      Attributes: {
        QueueArn: `arn:${QueueUrl.split('/').at(-1)}`,
        ApproximateNumberOfMessages: String(newsletter.has.deadLetters.get(QueueUrl.split('/').at(-1) ?? '') ?? 0),
      },
    }))
    .on(StartMessageMoveTaskCommand, () => ({ TaskHandle: 't' }));
  const moved = () => newsletter.account.aws.inputsOf(StartMessageMoveTaskCommand);

  await run(newsletter, ['redrive', 'work'], { answers: ['no'] });
  expect(moved()).toEqual([]);
  const unasked = await run(newsletter, ['redrive', 'work', '--json']);
  expect(unasked.json()).toMatchObject({ error: { code: 'needs_yes' } });

  const done = await run(newsletter, ['redrive', 'work', '--json', '--yes']);
  const none = await run(newsletter, ['redrive', 'send-confirmation', '--json', '--yes']);
  const schedule = await run(newsletter, ['redrive', 'watch-digests', '--json', '--yes']);

  expect(done.json()).toEqual({ worker: 'work', messages: 3, started: true });
  expect(none.json()).toEqual({ worker: 'send-confirmation', messages: 0, started: false });
  expect(schedule.json()).toMatchObject({ error: { code: 'no_such_function' } });
  expect(moved()).toEqual([{ SourceArn: 'arn:Work-dead' }]);
});

test('cost: last month as AWS booked it, or that AWS does not tell', async () => {
  const newsletter = await fakeNewsletter();
  const told = await run(newsletter, ['cost', '--json']);
  Object.assign(newsletter.has, { cost: 0, tagIsActive: false });
  const blind = await run(newsletter, ['cost']);

  expect(told.json()).toEqual({ month: '2026-11', dollars: 3.21, services: [{ service: 'Amazon Simple Email Service', dollars: 3.21 }] });
  expect(blind).toMatchObject({ exit: 0, said: expect.stringContaining('Cost allocation tags') });
});

async function destroyable() {
  const newsletter = await fakeNewsletter();
  newsletter.account.aws.on(GetSecretValueCommand, () => ({ SecretString: 'an identity key' }));
  const subscribers = new SubscriberStore(newsletter.table);
  await subscribers.addConfirmed({ id: `b${'0'.repeat(31)}`, address: 'bo@example.org', locale: 'en', topics: [] }, new Date('2026-11-01'));
  const file = join(mkdtempSync(join(tmpdir(), 'periodical-destroy-')), 'readers.jsonl');
  const ran: string[] = [];
  const cdk = async (words: readonly string[]) => ran.push(words.join(' ')) - 1;
  return { newsletter, file, ran, cdk };
}

test('destroy says what goes and stays, writes all readers into a file of their owner’s, and deletes when the name is typed', async () => {
  const { newsletter, file, ran, cdk } = await destroyable();

  const { exit, said, settings: after } = await run(newsletter, ['destroy', '--export', file], { answers: ['Periodical'], cdk });

  expect(exit).toBe(0);
  expect(said).toContain('Links in mails that were sent end with it');
  expect(said).toContain('Periodical-Table-1A2B');
  expect(ran).toEqual(['destroy Periodical --force']);
  expect(newsletter.account.stacks.get('Periodical')?.isProtected).toBe(false);
  expect(after.terminationProtection).toBe(false);
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows.map(({ email }) => email).sort()).toEqual(['ada@example.org', 'bo@example.org']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('destroy does nothing where the name is not that of the stack, or the export cannot be written', async () => {
  const { newsletter, file, ran, cdk } = await destroyable();
  writeFileSync(file, 'mine');

  const mistyped = await run(newsletter, ['destroy'], { answers: ['periodical'], cdk });
  const unasked = await run(newsletter, ['destroy', '--yes', '--json'], { cdk });
  const inTheWay = await run(newsletter, ['destroy', '--confirm', 'Periodical', '--export', file, '--json'], { cdk });

  expect([mistyped.exit, unasked.exit, inTheWay.exit]).toEqual([1, 1, 1]);
  expect(inTheWay.json()).toMatchObject({ error: { code: 'file_exists' } });
  expect(ran).toEqual([]);
  expect(newsletter.account.stacks.get('Periodical')?.isProtected).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('mine');
});
