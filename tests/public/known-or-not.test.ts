import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Table } from '../../functions/platform/table.ts';
import { startTable } from '../support/dynamodb.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
/** What the table was asked, by the name of the request and the shape of its keys: nobody's address decides over it. */
const asked: string[] = [];

/** One address in each state a reader can be in, an hour after the last mail to any of them. */
const addresses = ['stranger', 'pending', 'confirmed', 'unsubscribed', 'bounced', 'complained', 'erased'].map(
  (state) => `${state}@example.org`,
);

beforeAll(async () => {
  database = await startTable();
  site = readerSite(listened(database.table));
  for (const address of addresses.slice(1)) {
    const link = await site.signUp(address);
    if (address.startsWith('pending')) continue;
    await site.ask('POST', link);
    if (address.startsWith('unsubscribed')) await site.unsubscribe(address);
    if (address.startsWith('bounced')) await site.suppress(address);
    if (address.startsWith('complained')) await site.suppress(address, 'complaint');
    if (address.startsWith('erased')) await site.erase(address);
  }
  site.afterMinutes(61);
});
afterAll(() => database.stop());

function listened({ client, name }: Table) {
  const send = (command: { constructor: { name: string }; input: { Key?: { pk?: { S?: string } } } }) => {
    asked.push(`${command.constructor.name} ${(command.input.Key?.pk?.S ?? '').replace(/#.*/, '')}`);
    return client.send(command as never);
  };
  return new Table({ send } as unknown as DynamoDBClient, name);
}

/** Each from a network of its own, so that all that differs is what is known of the address. */
async function answerTo(email: string, n: number, kind: 'json' | 'form' | 'page') {
  asked.length = 0;
  const from = `203.0.${n}.${kind.length}`;
  const own = kind === 'page' ? site.ownForm() : {};
  asked.length = 0;
  const answer = await site.ask('POST', '/subscribe', {
    from,
    accept: kind === 'json' ? '*/*' : 'text/html',
    type: kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
    body: kind === 'json' ? JSON.stringify({ email }) : new URLSearchParams({ email, ...own }).toString(),
  });
  return { answer: JSON.stringify(answer), work: asked.join(', ') };
}

test.each(['json', 'form', 'page'] as const)(
  'to a %s the answer is the same to the byte, and the work the same, for every state of a reader',
  async (kind) => {
    await answerTo('first@example.org', 99, kind);
    const answers = [];
    for (const [n, address] of addresses.entries()) answers.push(await answerTo(address, n, kind));

    expect(new Set(answers.map(({ answer }) => answer)).size).toBe(1);
    expect(new Set(answers.map(({ work }) => work)).size).toBe(1);
    expect(answers[0]?.answer).toContain('"status":202');
    expect(answers[0]?.work).toMatch(/UpdateItemCommand LIMIT/);
  },
);

test('the mails, too, are the same but for their link, and a reader who was suppressed within the month gets none', async () => {
  site.queued.length = 0;
  site.after(20);
  site.mails.length = 0;
  for (const [n, address] of addresses.entries()) await answerTo(address, 100 + n, 'json');
  await site.work();

  const mails = await Promise.all(site.mails.map(async ({ raw }) => PostalMime.parse(raw)));
  const bare = mails.map(({ subject, html, text, from, replyTo }) =>
    JSON.stringify({ subject, html, text, from, replyTo }).replaceAll(/t=[\w-]+/g, 't='),
  );
  expect(mails.map(({ to }) => to?.[0]?.address?.split('@')[0])).toEqual(['stranger', 'pending', 'confirmed', 'unsubscribed', 'erased']);
  expect(new Set(bare).size).toBe(1);
  expect(bare[0]).toContain('/confirm?t=');
});
