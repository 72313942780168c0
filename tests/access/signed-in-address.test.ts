import { afterEach, expect, test, vi } from 'vitest';
import { signedInAddress } from '../../functions/access/signed-in-address.ts';

afterEach(() => vi.unstubAllGlobals());

const ask = (answer: Response, sub = 's-1') => {
  const fetched = vi.fn(async () => answer);
  vi.stubGlobal('fetch', fetched);
  return { fetched, address: signedInAddress('token', sub, 'https://sign-in.example.org') };
};
const person = { sub: 's-1', email: 'ada@example.org', email_verified: 'true' };

test('the address is what the user pool tells to the person’s own token', async () => {
  const { fetched, address } = ask(Response.json(person));

  expect(await address).toBe('ada@example.org');
  expect(fetched).toHaveBeenCalledWith(
    new URL('https://sign-in.example.org/oauth2/userInfo'),
    expect.objectContaining({ headers: { authorization: 'Bearer token' } }),
  );
});

test.each([
  ['of somebody else', Response.json({ ...person, sub: 's-2' })],
  ['that was never verified', Response.json({ ...person, email_verified: 'false' })],
  ['that is missing', Response.json({ sub: 's-1' })],
  ['in an answer that is no JSON', new Response('<html>', { status: 401 })],
])('an address %s is none', async (_what, answer) => {
  expect(await ask(answer).address).toBeUndefined();
});

test('a pool in trouble is an error, not an answer', async () => {
  await expect(ask(new Response('', { status: 503 })).address).rejects.toThrow('503');
});
