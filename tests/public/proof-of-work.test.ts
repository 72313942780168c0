import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTable } from '../support/dynamodb.ts';
import { filledIn, formOf } from './form-of.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table, { limits: { proofFromNetwork: 2, proofFromOverall: 4, perNetwork: 5, overall: 8 } });
});
afterEach(() => database.stop());

const ask = (email: string, { from = '203.0.113.7', proof = '' } = {}) =>
  site.ask('POST', '/subscribe', {
    from,
    accept: '*/*',
    type: 'application/json',
    body: JSON.stringify({ email, ...(proof && { proof }) }),
  });
const send = (fields: Record<string, string>, from = '203.0.113.7') =>
  site.ask('POST', '/subscribe', {
    from,
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(fields).toString(),
  });
const own = (email: string) => ({ email, ...site.ownForm() });

async function press(times: number, from: string) {
  for (let n = 0; n < times; n += 1) await ask(`crowd-${n}@${from}.example.org`, { from });
}

async function solved(challenge: Challenge) {
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

test('nobody needs a proof while few come', async () => {
  const answers = [await ask('ada@example.org'), await ask('bob@example.org')];

  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
});

test('from the second unconfirmed address of a network a program gets a challenge, and with its solution is taken', async () => {
  await press(2, '203.0.113.7');

  const refused = await ask('ada@example.org');
  const elsewhere = await ask('ada@example.org', { from: '192.0.2.1' });
  const { code, challenge } = JSON.parse(refused.text);
  const taken = await ask('ada@example.org', { proof: await solved(challenge) });

  expect([refused.status, code]).toEqual([428, 'proof_required']);
  expect(challenge.parameters).toMatchObject({ algorithm: 'PBKDF2/SHA-256', cost: expect.any(Number), keyPrefix: expect.any(String) });
  expect([elsewhere.status, taken.status]).toEqual([202, 202]);
});

test('from four altogether everybody does', async () => {
  await press(2, '203.0.113.7');
  await press(2, '198.51.100.7');

  expect((await ask('ada@example.org', { from: '192.0.2.1' })).status).toBe(428);
});

test('a solution is good once, for a quarter of an hour, and only as it was made', async () => {
  await press(2, '203.0.113.7');
  const challengeOf = async () => JSON.parse((await ask('ada@example.org')).text).challenge as Challenge;
  const proof = await solved(await challengeOf());
  const easier = await challengeOf();
  easier.parameters.cost = 1;
  const ownMaking = { ...(await challengeOf()), signature: 'ab'.repeat(32) };

  const once = await ask('ada@example.org', { proof });
  const replayed = await ask('bob@example.org', { proof });
  const late = await solved(await challengeOf());
  const answers = [replayed, await ask('cy@example.org', { proof: 'nonsense' })];
  for (const challenge of [easier, ownMaking])
    answers.push(
      await ask('cy@example.org', {
        proof: Buffer.from(JSON.stringify({ challenge, solution: { counter: 1, derivedKey: '00' } })).toString('base64'),
      }),
    );
  site.afterMinutes(16);
  answers.push(await ask('cy@example.org', { proof: late }));

  expect(once.status).toBe(202);
  expect(answers.map(({ status }) => status)).toEqual([428, 428, 428, 428, 428]);
});

test('of two who use one solution at once, one is taken', async () => {
  await press(2, '203.0.113.7');
  const proof = await solved(JSON.parse((await ask('ada@example.org')).text).challenge);

  const answers = await Promise.all([ask('ada@example.org', { proof }), ask('bob@example.org', { proof })]);

  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 428]);
});

test('a browser gets a page that goes on by itself, or by its button after a wait; neither reloads nor sends anything', async () => {
  await press(2, '203.0.113.7');

  const page = await send(own('ada@example.org'));
  const early = await send(filledIn(page.text));
  site.afterMinutes(0.5);
  const ripe = await send(filledIn(early.text));

  expect(page.status).toBe(428);
  expect(page.text).not.toMatch(/http-equiv/i);
  expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  expect(formOf(page.text).fields).toMatchObject({ email: 'ada@example.org', locale: 'en' });
  expect(early.status).toBe(428);
  expect(early.text).toContain('Please wait 20 more seconds');
  expect(formOf(early.text).fields.place).toBe(formOf(page.text).fields.place);
  expect(ripe.status).toBe(202);
});

test('a place in the queue is good once, for a while, for its address at its network, and only if we gave it', async () => {
  await press(2, '203.0.113.7');
  await press(2, '198.51.100.7');
  const page = filledIn((await send(own('ada@example.org'))).text);
  const other = filledIn((await send(own('ada@example.org'))).text);
  const third = filledIn((await send(own('cy@example.org'))).text);
  site.afterMinutes(0.5);

  const answers = [
    await send({ ...other, email: 'bob@example.org' }),
    await send(other, '198.51.100.7'),
    await send(page),
    await send(page),
    await send({ ...third, place: `${third.place?.slice(0, -4)}AAAA` }),
    await send({ ...third, place: site.ownForm().stamp }),
  ];
  site.afterMinutes(20);
  answers.push(await send({ ...third, stamp: site.ownForm().stamp }));

  expect(answers.map(({ status }) => status)).toEqual([428, 428, 202, 428, 428, 428, 428]);
});

test('places cannot be collected: those of a network come due one after the other, and after five minutes’ worth there are none', async () => {
  await press(2, '203.0.113.7');
  await press(2, '198.51.100.7');

  const pages = [];
  for (let n = 0; n < 310; n += 1) pages.push(await send(own(`bot-${n}@example.org`)));
  const elsewhere = await send(own('ada@example.org'), '192.0.2.9');
  site.afterMinutes(21 / 60);
  const ripe = [];
  for (const page of pages.slice(0, 20)) ripe.push((await send(filledIn(page.text))).status);

  expect(pages.map(({ text }) => 'place' in formOf(text).fields).lastIndexOf(true)).toBe(300);
  expect(pages.at(-1)?.text).toContain('too many people on your network are waiting');
  expect(elsewhere.text).toContain('wait 20 seconds');
  // A second later than the first, one more of them.
  expect(ripe.filter((status) => status !== 428)).toHaveLength(2);
});

test('with a proof, too, a network that confirms nothing is refused in the end, and keeps nobody else out', async () => {
  await press(2, '203.0.113.7');
  const answers = [];
  for (let n = 0; n < 60; n += 1) {
    const { challenge } = JSON.parse((await ask(`solver-${n}@example.org`)).text);
    if (!challenge) break;
    answers.push((await ask(`solver-${n}@example.org`, { proof: await solved(challenge) })).status);
  }
  const refused = await ask('one-more@example.org');
  const elsewhere = await ask('ada@example.org', { from: '192.0.2.1' });

  // Two came before; three go straight to their mail, and fifty wait in the line.
  expect(answers).toEqual(Array.from({ length: 53 }, () => 202));
  expect([refused.status, elsewhere.status]).toEqual([429, 428]);
});
