import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ApiKey, newApiKey } from '../../functions/access/api-key.ts';
import { ApiKeyStore } from '../../functions/access/api-key-store.ts';
import { authenticate } from '../../functions/access/authenticate.ts';
import { PrincipalStore } from '../../functions/access/principal-store.ts';
import { keys } from '../../functions/platform/keys.ts';
import type { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { actor } from '../support/people.ts';

let table: Table;
let stop: () => Promise<void>;
let apiKeys: ApiKeyStore;
let now: Date;
beforeAll(async () => {
  ({ table, stop } = await startTable());
  apiKeys = new ApiKeyStore(table);
});
afterAll(() => stop());
beforeEach(() => {
  now = new Date('2026-11-30T08:00:00Z');
});

async function aKey(own: Partial<ApiKey> = {}) {
  const { key, ...made } = newApiKey();
  await apiKeys.create({
    ...made,
    name: 'Git push',
    scopes: ['issues:write'],
    by: actor('ada'),
    createdAt: '2026-11-01T00:00:00.000Z',
    ...own,
  });
  return { key, id: made.id };
}

const arrive = (key: string) =>
  authenticate(`Bearer ${key}`, {
    principals: new PrincipalStore(table),
    verifyToken: async () => {
      throw new Error('a key is no token of the user pool');
    },
    signedInAddress: async () => undefined,
    apiKeys,
    now: () => now,
  });

test('a program is known by its key: by id, name and scopes', async () => {
  const { key, id } = await aKey();

  expect(key).toMatch(/^per_[0-9a-f]{16}_[\w-]{43}$/);
  expect(await arrive(key)).toEqual({ kind: 'key', id, name: 'Git push', scopes: ['issues:write'] });
});

test('the table has neither the key nor its secret', async () => {
  const { key, id } = await aKey();

  const stored = JSON.stringify(await table.get(keys.apiKey(id)));

  expect(stored).toContain('Git push');
  expect(stored).not.toContain(key.split('_').slice(2).join('_'));
});

test.each([
  ['with another secret', (key: string) => `${key.slice(0, -4)}${key.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`],
  ['with a secret of another key', (key: string) => key.slice(0, 21) + newApiKey().key.slice(21)],
  ['of an id that nobody made', () => newApiKey().key],
  ['cut short', (key: string) => key.slice(0, -1)],
  ['with something behind it', (key: string) => `${key}A`],
  ['that is the stored hash', async (key: string) => `${key.slice(0, 21)}${(await apiKeys.find(key.slice(4, 20)))?.hash.slice(0, 43)}`],
  ['that is all prefix', () => 'per_'],
])('a key %s does not pass', async (_what, changed) => {
  const { key } = await aKey();

  await expect(arrive(await changed(key))).rejects.toMatchObject({
    code: 'key_unknown',
    status: 401,
    extras: { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
  });
});

test('a key that is revoked is refused with the next request, and says who revoked it first', async () => {
  const { key, id } = await aKey();
  await arrive(key);

  await apiKeys.revoke(id, actor('bob'), now);
  await expect(arrive(key)).rejects.toMatchObject({ code: 'key_revoked', status: 401 });
  expect(await apiKeys.revoke(id, actor('eve'), new Date('2026-12-01T00:00:00Z'))).toMatchObject({
    revokedAt: now.toISOString(),
    revokedBy: actor('bob'),
  });
  expect(await apiKeys.revoke('0000000000000000', actor('bob'), now)).toBeUndefined();
  expect(await table.get(keys.apiKey('0000000000000000'))).toBeUndefined();
});

test('a key works until the moment of its expiry', async () => {
  const { key } = await aKey({ endsAt: '2026-11-30T08:00:01.000Z' });

  expect(await arrive(key)).toMatchObject({ kind: 'key' });
  now = new Date('2026-11-30T08:00:01Z');
  await expect(arrive(key)).rejects.toMatchObject({ code: 'key_expired', status: 401 });
});

test('its last use is written once an hour, however many requests come', async () => {
  const { key, id } = await aKey();
  const lastUse = async () => (await apiKeys.find(id))?.lastUsedAt;

  await arrive(key);
  now = new Date('2026-11-30T08:59:59Z');
  await Promise.all(Array.from({ length: 20 }, () => arrive(key)));
  expect(await lastUse()).toBe('2026-11-30T08:00:00.000Z');

  now = new Date('2026-11-30T09:00:00Z');
  await arrive(key);
  expect(await lastUse()).toBe('2026-11-30T09:00:00.000Z');
});

test('what a refused key tried is no use', async () => {
  const { key, id } = await aKey();
  await apiKeys.revoke(id, actor('ada'), now);

  await arrive(key).catch(() => undefined);

  expect(await apiKeys.find(id)).not.toHaveProperty('lastUsedAt');
});
