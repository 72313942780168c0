import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { publishDigest } from '../../functions/digests/publish-digest.ts';
import type { Announcement } from '../../functions/platform/announcement.ts';
import { confirmSubscription } from '../../functions/subscribers/confirm-subscription.ts';
import { leave } from '../../functions/subscribers/leave.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { eraseReader } from '../../functions/subscribers/tombstones/erase-reader.ts';
import { secretOf } from '../../functions/webhooks/webhook.ts';
import { WebhookStore } from '../../functions/webhooks/webhook-store.ts';
import { startTable } from '../support/dynamodb.ts';
import { withoutPython } from '../support/outside-judges.ts';
import { actor } from '../support/people.ts';
import { receivers } from './receivers.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let world: ReturnType<typeof receivers>;
beforeEach(async () => {
  database = await startTable();
  world = receivers(database.table);
});
afterEach(() => database.stop());

test('each event comes once it is true, with what it is about and no address of a reader', async () => {
  await world.hook('crm');
  const id = await world.reader(1);
  const digest = await world.aDigest();
  const found = await world.digests.find(digest);
  if (found)
    await publishDigest(found, {
      digests: world.digests,
      issues: { archive: async () => undefined },
      announce: world.announce,
      now: world.now,
    });
  await world.announce({ type: 'digest.held', digest, hold: 'brake', reason: '3 of 20 bounced' });
  await world.endDigest(digest);
  await world.afterMinutes(1);
  await leave(id, 'one-click', { page: 'one-click' }, world.consent);
  await world.afterMinutes(1);

  const types = world.bodies().map(({ type }) => type);
  expect(types.toSorted()).toEqual(['digest.finished', 'digest.held', 'issue.published', 'reader.confirmed', 'reader.left']);
  expect(types.at(-1)).toBe('reader.left');
  const of = (type: string) => world.bodies().find((body) => body.type === type);
  expect(of('reader.confirmed')).toEqual({
    type: 'reader.confirmed',
    timestamp: '2026-11-27T01:00:00.000Z',
    data: { reader: { id, locale: 'en', topics: ['ships'] } },
  });
  expect(of('reader.left')?.data).toMatchObject({ by: 'one-click', reader: { id } });
  expect(of('issue.published')?.data).toEqual({
    issue: { slug: 'one', title: 'One', url: 'https://news.example.org/archive/one' },
    digest,
  });
  expect(of('digest.finished')?.data).toMatchObject({ digest: { id: digest, state: 'done', issues: ['one'] }, report: { submitted: 3 } });
  expect(of('digest.held')?.data).toMatchObject({ hold: 'brake', reason: '3 of 20 bounced' });
  expect(world.came.map(({ body }) => body).join()).not.toContain('@example.org');
});

test('an issue is published a moment after that is announced, and the event comes', async () => {
  await world.hook('crm');
  const digest = await world.digests.find(await world.aDigest());
  let millisecond = world.now().getTime();
  const now = () => new Date(millisecond++);

  const announce = (what: Announcement) => world.announcements.announce(what, now());
  if (digest) await publishDigest(digest, { digests: world.digests, issues: { archive: async () => undefined }, announce, now });
  await world.afterMinutes(1);

  expect(world.bodies().map(({ type }) => type)).toEqual(['issue.published']);
});

test('what was announced and never came true is told nobody, and is forgotten', async () => {
  await world.hook('crm');
  await world.announce({ type: 'reader.confirmed', reader: '0'.repeat(32) });
  await world.announce({ type: 'digest.finished', digest: 'none' });
  await world.afterMinutes(1);
  const waiting = (await world.announcements.oldest(10)).length;
  await world.afterMinutes(15);

  expect([waiting, (await world.announcements.oldest(10)).length, world.came.length]).toEqual([2, 0, 0]);
});

test('clicks that are repeated keep nobody’s event waiting', async () => {
  await world.hook('crm');
  const id = await world.reader(1);
  await world.afterMinutes(1);
  for (let n = 1; n <= 60; n += 1) await world.announce({ type: 'reader.confirmed', reader: id });
  await world.reader(2);
  await world.afterMinutes(1);

  expect(world.bodies().map(({ type }) => type)).toEqual(['reader.confirmed', 'reader.confirmed']);
});

test('a click that is repeated, and an announcement that is, are one event', async () => {
  await world.hook('crm');
  const id = await world.reader(1);
  await world.announce({ type: 'reader.confirmed', reader: id });
  await world.afterMinutes(1);
  await world.announce({ type: 'reader.confirmed', reader: id });
  await world.afterMinutes(1);
  await world.afterMinutes(15);

  expect(world.came).toHaveLength(1);
});

test('who leaves and complains, or asks to come back, within the minute has left; so has who is erased after a complaint', async () => {
  await world.hook('crm', { events: ['reader.left'] });
  const [one, two, three] = [await world.reader(1), await world.reader(2), await world.reader(3)];
  const { subscribers } = world.consent;
  await subscribers.suppress(three, 'complaint', world.now());
  await world.afterMinutes(60);
  for (const id of [one, two]) await leave(id, 'one-click', { page: 'one-click' }, world.consent);
  await subscribers.suppress(one, 'complaint', world.now());
  await subscribers.signUp({ id: two, address: 'r2@example.org', locale: 'en', topics: [] }, new Date(world.now().getTime() + 30_000));
  await eraseReader(three, { page: 'editor' }, world.consent);
  await world.afterMinutes(1);

  expect(world.bodies().map(({ data }) => data.reader.id)).toEqual(expect.arrayContaining([one, two, three]));
  expect(world.came).toHaveLength(3);
});

test('addresses come only where the webhook may have them, and of readers who are erased nobody has one', async () => {
  await world.hook('with', { withAddresses: true });
  await world.hook('without');
  const id = await world.reader(1);
  await world.afterMinutes(1);
  await eraseReader(id, { page: '/preferences' }, world.consent);
  await world.afterMinutes(1);

  const shown = (host: string) =>
    world.came.filter(({ url }) => url.includes(`//${host}.`)).map(({ body }) => JSON.parse(body).data.reader.address);
  expect(shown('with')).toEqual(['r1@example.org', null]);
  expect(shown('without')).toEqual([undefined, undefined]);
});

test('a receiver that is down loses nothing: tries further and further apart, then all that waited', async () => {
  await world.hook('crm');
  world.behaviours.set('crm.example.org', ['down']);
  for (let n = 1; n <= 12; n += 1) await world.reader(n);
  const tries: number[] = [];
  for (let minute = 1; minute <= 240; minute += 1) {
    const before = world.came.length;
    await world.afterMinutes(1);
    if (world.came.length > before) tries.push(minute);
  }
  world.behaviours.set('crm.example.org', [200]);
  for (let n = 0; n < 9; n += 1) await world.afterMinutes(480);

  expect(tries.slice(0, 6)).toEqual([1, 2, 4, 9, 24, 54]);
  const delivered = (await world.log('crm')).map(({ id, outcome }) => `${id} ${outcome}`);
  expect(new Set(delivered).size).toBe(12);
  expect(delivered.every((line) => line.endsWith(' delivered'))).toBe(true);
  expect(await world.webhooks.find('crm')).toMatchObject({ failures: 0 });
});

test('a slow receiver is left within a turn, and keeps no other waiting', async () => {
  await world.hook('slow');
  await world.hook('quick');
  world.behaviours.set('slow.example.org', ['hangs']);
  world.state.remaining = 3_700;
  await world.reader(1);
  const began = performance.now();
  await world.afterMinutes(1);

  expect(performance.now() - began).toBeLessThan(5_000);
  expect((await world.log('quick')).map(({ outcome }) => outcome)).toEqual(['delivered']);
  expect(await Array.fromAsync(world.webhooks.waiting('slow'))).toMatchObject([{ attempts: 1, last: { fault: 'timed_out' } }]);
});

test('a receiver that refuses one event gets the others', async () => {
  await world.hook('crm');
  world.behaviours.set('crm.example.org', [422, 200]);
  for (let n = 1; n <= 4; n += 1) await world.reader(n);
  await world.afterMinutes(1);
  const first = await world.log('crm');
  await world.afterMinutes(2);

  expect(first).toHaveLength(3);
  expect(await world.log('crm')).toHaveLength(4);
  expect(new Set((await world.log('crm')).map(({ id }) => id)).size).toBe(4);
});

test('a redirect is not followed, and neither is a name that leads inside', async () => {
  await world.hook('moved');
  world.behaviours.set('moved.example.org', [{ status: 302, location: 'http://169.254.169.254/latest/meta-data/' }]);
  await world.hook('inside');
  world.addresses.set('inside.example.org', ['93.184.215.14', '10.0.0.7']);
  await world.hook('literal', { url: 'https://127.0.0.1/' });
  await world.reader(1);
  await world.afterMinutes(1);

  expect(world.came.map(({ url }) => url)).toEqual(['https://moved.example.org/hook']);
  const last = async (id: string) =>
    (await Array.fromAsync(world.webhooks.waiting(id))).map((delivery) => delivery.last?.status ?? delivery.last?.fault);
  expect([await last('moved'), await last('inside'), await last('literal')]).toEqual([[302], ['private_address'], ['private_address']]);
});

test('a webhook that is changed is tried at once, however long it would have waited', async () => {
  await world.hook('crm');
  world.behaviours.set('crm.example.org', ['down']);
  await world.reader(1);
  for (let minute = 1; minute <= 60; minute += 1) await world.afterMinutes(1);
  const known = await world.webhooks.find('crm');
  if (known) await world.webhooks.change('crm', { ...known, url: 'https://new.example.org/hook' }, actor('ada'), world.now());
  await world.afterMinutes(1);

  expect(world.came.at(-1)?.url).toBe('https://new.example.org/hook');
  expect(await world.log('crm')).toMatchObject([{ outcome: 'delivered' }]);
});

test('after three days an event is given up, the editors are told, and it can be sent again', async () => {
  await world.hook('crm');
  world.behaviours.set('crm.example.org', [500]);
  for (let n = 1; n <= 8; n += 1) await world.reader(n);
  for (let hour = 0; hour < 90; hour += 1) await world.afterMinutes(60);
  const givenUp = await world.webhooks.ended('crm', 100);
  world.behaviours.set('crm.example.org', [200]);
  const [first] = givenUp;
  await world.webhooks.replay('crm', first?.name ?? '', world.now());
  await world.afterMinutes(1);

  expect(givenUp.map(({ delivery }) => delivery.outcome)).toEqual(Array.from({ length: 8 }, () => 'given_up'));
  expect(new Set(world.gaveUp)).toEqual(new Set(['crm']));
  const [newest] = await world.log('crm');
  expect(newest).toMatchObject({ id: first?.delivery.id, outcome: 'delivered' });
  expect(world.came.at(-1)?.headers['webhook-id']).toBe(first?.delivery.id);
});

class DyingStore extends WebhookStore {
  override end = () => Promise.reject(new Error('killed'));
}

test('a worker that dies after the receiver has answered sends the same event again, under the same id', async () => {
  await world.hook('crm');
  await world.reader(1);
  await world.deliver({ webhooks: new DyingStore(database.table) }).catch(() => undefined);
  const meanwhile = world.came.length;
  await world.deliver();
  const whileClaimed = world.came.length;
  await world.afterMinutes(1);
  await world.afterMinutes(1);

  expect([meanwhile, whileClaimed, world.came.length]).toEqual([1, 1, 2]);
  expect(new Set(world.came.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

/** The process ends as soon as the reader is stored. */
class DyingSubscribers extends SubscriberStore {
  override async confirm(...said: Parameters<SubscriberStore['confirm']>): Promise<never> {
    await super.confirm(...said);
    throw new Error('killed');
  }
  override async unsubscribe(...said: Parameters<SubscriberStore['unsubscribe']>): Promise<never> {
    await super.unsubscribe(...said);
    throw new Error('killed');
  }
}

test('a process that dies right after it has confirmed or taken off a reader has told it already', async () => {
  await world.hook('crm');
  const id = '1'.padStart(32, '0');
  const { nonce } = (await world.consent.subscribers.signUp({ id, address: 'r1@example.org', locale: 'en', topics: [] }, world.now())) as {
    nonce: string;
  };
  const others = { limits: {} as never, line: {} as never, hosts: {} as never };
  const dying = { ...world.consent, ...others, subscribers: new DyingSubscribers(database.table) };
  const context = { page: '/confirm', sourceAddress: '198.51.100.7' };
  await confirmSubscription({ id, nonce }, context, dying).catch(() => undefined);
  await world.afterMinutes(1);
  await leave(id, 'page', { page: '/unsubscribe' }, dying).catch(() => undefined);
  await world.afterMinutes(1);

  expect(world.bodies().map(({ type }) => type)).toEqual(['reader.confirmed', 'reader.left']);
});

test('two workers at once send nothing twice', async () => {
  await world.hook('crm');
  for (let n = 1; n <= 6; n += 1) await world.reader(n);
  await Promise.all([world.deliver(), world.deliver(), world.deliver()]);
  await world.afterMinutes(1);

  expect(new Set(world.came.map(({ headers }) => headers['webhook-id'])).size).toBe(6);
  expect(world.came).toHaveLength(6);
});

test('turns of no time postpone and lose nothing', async () => {
  await world.hook('crm');
  for (let n = 1; n <= 30; n += 1) await world.reader(n);
  world.state.remaining = 100;
  const first = await world.deliver();
  world.state.remaining = 5_000;
  await world.afterMinutes(1);

  expect(first).toBe('postponed');
  expect(await world.log('crm')).toHaveLength(30);
});

test('a webhook that is off, or made later, hears nothing of what was before; without any nothing is written', async () => {
  await world.reader(1);
  const nothing = await world.announcements.oldest(10);
  await world.hook('off', { active: false });
  await world.hook('other', { events: ['digest.held'] });
  await world.reader(2);
  await world.afterMinutes(1);

  expect(nothing).toEqual([]);
  expect(world.came).toEqual([]);
});

/** Python's own library judges what was sent, as its receivers would. */
const verify = `
import base64, hashlib, hmac, json, sys
for line in sys.stdin:
    secret, id, time, signature, body = json.loads(line)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, f"{id}.{time}.{body}".encode(), hashlib.sha256).digest()).decode()
    print(any(hmac.compare_digest(wanted, each.removeprefix("v1,")) for each in signature.split(" ")), len(key))
`;

test.skipIf(withoutPython)('the standard library of Python finds the signatures right, and those of changed bodies wrong', async () => {
  await world.hook('crm');
  for (let n = 1; n <= 3; n += 1) await world.reader(n);
  await world.afterMinutes(1);
  const lines = world.came.flatMap(({ headers, body }) => {
    const signed = [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']];
    return [
      [secretOf('identity', 'crm'), ...signed, body],
      [secretOf('identity', 'crm'), ...signed, body.replace('confirmed', 'left')],
      [secretOf('identity', 'other'), ...signed, body],
    ];
  });

  const { stdout, stderr } = spawnSync('python3', ['-c', verify], {
    input: lines.map((line) => JSON.stringify(line)).join('\n'),
    encoding: 'utf8',
  });

  expect(stderr).toBe('');
  expect(stdout.trim().split('\n')).toEqual(Array.from({ length: 3 }, () => ['True 32', 'False 32', 'False 32']).flat());
});
