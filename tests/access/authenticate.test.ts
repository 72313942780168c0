import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ApiKeyStore } from '../../functions/access/api-key-store.ts';
import { authenticate } from '../../functions/access/authenticate.ts';
import { PrincipalStore } from '../../functions/access/principal-store.ts';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
let principals: PrincipalStore;
beforeAll(async () => {
  ({ table, stop } = await startTable());
  principals = new PrincipalStore(table);
});
afterAll(() => stop());

let people = 0;
let sub: string;
let signedInAt: Date;
let address: () => Promise<string | undefined>;
const asked: string[] = [];
beforeEach(() => {
  sub = `s-${++people}`;
  signedInAt = new Date('2026-11-30T08:00:00Z');
  address = async () => 'ada@example.org';
  asked.length = 0;
});

const arrive = (authorization: string | undefined = 'Bearer token') =>
  authenticate(authorization, {
    principals,
    verifyToken: async () => ({ sub, signedInAt }),
    signedInAddress: (_token, who) => {
      asked.push(who);
      return address();
    },
    apiKeys: new ApiKeyStore(table),
    now: () => signedInAt,
  });

test('a colleague is known by their id, their address and their role', async () => {
  await principals.giveRole(sub, 'writer');

  expect(await arrive()).toEqual({ kind: 'person', id: sub, name: 'ada@example.org', address: 'ada@example.org', role: 'writer' });
});

test.each([undefined, '', 'Bearer', 'Bearer ', 'token', 'Basic dXNlcg==', 'Bearer one two'])(
  '“%s” is no token: sign in first',
  async (header) => {
    await principals.giveRole(sub, 'owner');

    await expect(arrive(header ?? '')).rejects.toMatchObject({
      code: 'not_signed_in',
      extras: { headers: { 'www-authenticate': 'Bearer' } },
    });
  },
);

test('who can sign in and has no role is no colleague, and the pool is not asked about them', async () => {
  await expect(arrive()).rejects.toMatchObject({ code: 'not_a_colleague' });

  expect(asked).toEqual([]);
  expect(await table.get(keys.principal(sub))).toBeUndefined();
});

test('a role that is changed or taken away counts with the next request', async () => {
  await principals.giveRole(sub, 'owner');
  await arrive();

  await principals.giveRole(sub, 'analyst');
  expect(await arrive()).toMatchObject({ role: 'analyst' });
  await table.delete(keys.principal(sub));
  await expect(arrive()).rejects.toMatchObject({ code: 'not_a_colleague' });
});

test('a sign-in before `notBefore`, or in its second, is over, also with a token that was renewed since; a later one holds', async () => {
  await principals.giveRole(sub, 'owner');
  const endAt = (notBefore: string) => table.update(keys.principal(sub), { set: 'SET notBefore = :at', values: { ':at': notBefore } });

  await endAt('2026-11-30T07:59:59Z');
  expect(await arrive()).toMatchObject({ role: 'owner' });
  await endAt('2026-11-30T08:00:00Z');
  await expect(arrive()).rejects.toMatchObject({ code: 'sign_in_ended' });
  signedInAt = new Date('2026-11-30T08:00:01Z');
  expect(await arrive()).toMatchObject({ role: 'owner' });
});

test('the user pool is asked for an address once per sign-in, and a new address is known after the next one', async () => {
  await principals.giveRole(sub, 'editor');
  await arrive();
  address = async () => 'ada@new.example.org';

  expect(await arrive()).toMatchObject({ name: 'ada@example.org' });
  signedInAt = new Date('2026-12-01T08:00:00Z');
  expect(await arrive()).toMatchObject({ name: 'ada@new.example.org' });
  expect(asked).toHaveLength(2);
});

test('a user pool that does not answer keeps nobody from their work, and is not waited for with every request', async () => {
  await principals.giveRole(sub, 'editor');
  address = async () => Promise.reject(new Error('timed out'));

  expect(await arrive()).toMatchObject({ name: sub, address: undefined, role: 'editor' });
  expect(await arrive()).toMatchObject({ name: sub });
  expect(asked).toHaveLength(1);
});

test('who is removed while their address is asked for does not come back as somebody without a role', async () => {
  await principals.giveRole(sub, 'editor');
  address = async () => {
    await table.delete(keys.principal(sub));
    return 'ada@example.org';
  };

  await arrive();

  expect(await principals.find(sub)).toBeUndefined();
});
