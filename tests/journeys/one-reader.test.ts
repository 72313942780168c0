import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkIn, NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from './end-run.ts';

let run: LocalRun;
let visitor: NewsletterVisitor;
beforeAll(async () => {
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
});
afterAll(() => endRun(run));

const sample = readFileSync(new URL('../../infra/local/demo/sample-issue.txt', import.meta.url), 'utf8');
let issues = 0;

/** An issue goes out now: who got it. */
async function mailedTo(): Promise<string[]> {
  const title = `第${++issues}号试刊`;
  const { slug } = (await (await visitor.upload(sample.replaceAll('城市骑行周刊第十二期', title), 'issue.txt')).json()) as { slug: string };
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/send-now`);
  await visitor.idle();
  const addresses = (await visitor.outbox({ digest: `issue-${slug}` })).map(({ to }) => to[0] ?? '');
  return addresses.filter((address) => !full.includes(address)).toSorted();
}

/** Two whose mailboxes are full through all of this; one of them has room for a while. */
const full = ['full@example.com', 'mending@example.com'];
let alsoFull = [...full];

/** What goes wrong from now on, beside the mailboxes that are full. */
const misbehave = (...faults: { action: string; to: string }[]) =>
  visitor.put('/_local/ses', { faults: [...faults, ...alsoFull.map((to) => ({ action: 'soft-bounce', to }))] });

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
type Answer = { status: number; json: any };

async function readerSearch(address: string): Promise<Answer> {
  const response = await visitor.asEditor('GET', `/api/v1/subscribers?email=${encodeURIComponent(address)}`);
  return { status: response.status, json: await response.json() };
}

/** Looks the reader up and does what they asked for, as an editor at the telephone. */
async function act(address: string, what: string, more: object = {}): Promise<Answer> {
  const { id } = (await readerSearch(address)).json;
  const body = { text: JSON.stringify({ email: address, ...more }), type: 'application/json' };
  const response = await visitor.asEditor('POST', `/api/v1/subscribers/${id}/${what}`, body);
  return { status: response.status, json: await response.json() };
}

/** Moves every clock. An editor's session lasts an hour, so they sign in again. */
async function moveClock(hours: number) {
  await visitor.put('/_local/clock', { offsetMs: hours * 3_600_000 });
  visitor = new NewsletterVisitor(run.origin);
}

const mailsTo = async (address: string) => (await visitor.outbox({ to: address })).length;

/** What the page says to somebody who signs up, and how many mails come of it. */
async function signUp(address: string) {
  const known = await mailsTo(address);
  const answer = await visitor.signUp(address);
  await visitor.idle();
  return { status: answer.status, page: (await answer.text()).replaceAll(address, '…'), mails: (await mailsTo(address)) - known };
}

test('“please take me off”, by telephone: the editor finds the reader, sees their digests, and the next one does not come', async () => {
  await visitor.asEditor('POST', '/_local/readers', { text: JSON.stringify({ addresses: full }), type: 'application/json' });
  await misbehave();
  await visitor.becomeReader('ada@example.com');
  await visitor.becomeReader('lin@example.com');
  const before = await mailedTo();

  const found = await readerSearch('ADA@example.com');
  const left = await act('ada@example.com', 'unsubscribe');
  const after = await mailedTo();

  expect(before).toEqual(['ada@example.com', 'lin@example.com']);
  expect(found.json).toMatchObject({ state: 'confirmed', deliveries: [{ outcome: 'delivered' }], events: [] });
  expect(left.json).toMatchObject({ state: 'unsubscribed' });
  expect(left.json.consent.map(({ event }: { event: string }) => event)).toEqual(['asked', 'confirmed', 'left']);
  expect(left.json.accesses.map(({ act: what }: { act: string }) => what)).toEqual(['unsubscribed', 'looked up', 'looked up']);
  expect(after).toEqual(['lin@example.com']);
});

test('a mailbox that bounced is reinstated with a reason, and its reader gets the next digest', async () => {
  await misbehave({ action: 'bounce', to: 'lin@example.com' });
  await mailedTo();
  await misbehave();
  const suppressed = await readerSearch('lin@example.com');
  const missed = await mailedTo();

  const unsaid = await act('lin@example.com', 'reinstate', { reason: '' });
  const reinstated = await act('lin@example.com', 'reinstate', { reason: '对方来电：邮箱已恢复' });
  const next = await mailedTo();

  expect(suppressed.json).toMatchObject({
    state: 'suppressed',
    reason: 'bounce',
    address: null,
    events: [{ kind: 'dead', status: '5.1.1' }],
  });
  expect(suppressed.json.deliveries[0]).toMatchObject({ outcome: 'bounced' });
  expect(missed).toEqual([]);
  expect(unsaid).toMatchObject({ status: 400, json: { code: 'reason_needed', values: { least: 3, most: 500 } } });
  expect(reinstated.json).toMatchObject({ state: 'confirmed', address: 'lin@example.com' });
  expect(reinstated.json.consent.at(-1)).toMatchObject({ event: 'reinstated', reason: '对方来电：邮箱已恢复' });
  expect(next).toEqual(['lin@example.com']);
});

test('a refusal for policy costs nobody their digest', async () => {
  await misbehave({ action: 'block', to: 'lin@example.com' });
  await mailedTo();
  await misbehave();

  expect((await readerSearch('lin@example.com')).json).toMatchObject({ state: 'confirmed' });
  expect((await readerSearch('lin@example.com')).json.deliveries[0]).toMatchObject({ outcome: 'blocked' });
  expect(await mailedTo()).toEqual(['lin@example.com']);
});

test('a reader who complained, one who bounced and a new one see the same page; only an editor reinstates one who complained', async () => {
  await visitor.becomeReader('zoe@example.com');
  await misbehave({ action: 'complain', to: 'zoe@example.com' });
  await mailedTo();
  await misbehave();

  const [complained, fresh] = [await signUp('zoe@example.com'), await signUp('new@example.com')];
  const reinstated = await act('zoe@example.com', 'reinstate', { reason: '误点了举报' });

  expect(complained).toEqual({ ...fresh, mails: 0 });
  expect(fresh.mails).toBe(1);
  expect(reinstated.json).toMatchObject({ state: 'confirmed', sesList: { list: 'account' } });
  expect(await mailedTo()).toContain('zoe@example.com');
});

test('a mailbox that is full costs nobody their subscription for the moment', async () => {
  alsoFull = ['full@example.com'];
  await misbehave();
  await mailedTo();
  alsoFull = [...full];
  await misbehave();

  for (const address of full) expect((await readerSearch(address)).json, address).toMatchObject({ state: 'confirmed' });
  expect((await readerSearch('mending@example.com')).json.deliveries.map(({ outcome }: { outcome: string }) => outcome)).toContain(
    'delivered',
  );
  expect((await readerSearch('full@example.com')).json.events.length).toBeGreaterThan(4);
});

test('an erased reader is gone but for an id; their old link still answers 200, and their own sign-up is a new one', async () => {
  const digest = (await visitor.outbox({ to: 'zoe@example.com' })).findLast(({ tags }) => tags.digest);
  const { mail } = await visitor.mailTo('zoe@example.com', { digest: digest?.tags.digest ?? '' });

  const erased = await act('zoe@example.com', 'erase');
  const clicked = await visitor.oneClick(linkIn(mail, '/unsubscribe?'));
  const gone = await mailedTo();
  await moveClock(2);
  await visitor.becomeReader('zoe@example.com');

  expect(erased.json).toMatchObject({ state: 'erased', address: null, events: [] });
  expect(clicked.status).toBe(200);
  expect(gone).not.toContain('zoe@example.com');
  expect(await mailedTo()).toContain('zoe@example.com');
});

test('a mailbox that was dead a month ago is tried by one mail when its owner signs up, and not before', async () => {
  await misbehave({ action: 'bounce', to: 'lin@example.com' });
  await mailedTo();
  await misbehave();

  const atOnce = await signUp('lin@example.com');
  await moveClock(33 * 24);
  const later = await signUp('lin@example.com');
  await moveClock(33 * 24 + 3);
  const again = await signUp('lin@example.com');
  const { mail } = await visitor.mailTo('lin@example.com');
  await visitor.pressButton(linkIn(mail, '/confirm?'));

  expect([atOnce, later, again].map(({ mails }) => mails)).toEqual([0, 1, 0]);
  expect(new Set([atOnce, later, again].map(({ page }) => page)).size).toBe(1);
  expect((await readerSearch('lin@example.com')).json).toMatchObject({ state: 'confirmed' });
});

test('a month later the one that was full all the time is given up; for the other a delivery started the count again', async () => {
  await mailedTo();

  const [never, mended] = [await readerSearch('full@example.com'), await readerSearch('mending@example.com')];

  expect(never.json).toMatchObject({ state: 'suppressed', reason: 'bounce', address: null });
  expect(never.json.consent.at(-1)).toMatchObject({ event: 'suppressed', page: 'feedback' });
  expect(mended.json).toMatchObject({ state: 'confirmed' });
  expect(mended.json.events.length).toBeGreaterThan(4);
});
