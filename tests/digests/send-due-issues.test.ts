import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunDigestMessage } from '../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { sendDueIssues } from '../../functions/digests/send-due-issues.ts';
import { IssueStore } from '../../functions/issues/issue-store.ts';
import type { Table } from '../../functions/platform/table.ts';
import { anIssue } from '../issues/an-issue.ts';
import { startTable } from '../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const moment = new Date('2026-12-01T01:00:00Z');
const before = new Date('2026-11-30T12:00:00Z');

async function scheduled() {
  const issues = new IssueStore(table);
  const messages: RunDigestMessage[] = [];
  const time = { now: moment };
  await issues.add({ content: anIssue({ slug: 'extra' }), sourceHash: 'x', now: before });
  await issues.schedule('extra', moment, before);
  const services = {
    issues,
    digests: new DigestStore(table),
    runDigest: { send: async (message: RunDigestMessage) => void messages.push(message) },
    now: () => time.now,
  };
  return { services, issues, messages, time };
}

test('an issue goes out at its moment and not before, in a digest of its own, once', async () => {
  const { services, issues, messages, time } = await scheduled();
  time.now = new Date(moment.getTime() - 1);
  const early = await sendDueIssues(services);
  time.now = moment;

  const due = await sendDueIssues(services);
  const again = await sendDueIssues(services);

  expect([early, due, again]).toEqual([[], ['extra'], []]);
  expect(messages).toEqual([{ kind: 'issue', slug: 'extra', scheduledTime: moment.toISOString() }]);
  expect(await issues.get('extra')).toMatchObject({ state: 'sending', digestId: 'issue-extra' });
  expect(await services.digests.find('issue-extra')).toMatchObject({ phase: 'open', scheduledFor: moment.toISOString() });
});

test('a watch that died half-way is taken up by the next', async () => {
  const { services, messages } = await scheduled();
  const dying = { ...services, runDigest: { send: () => Promise.reject(new Error('gone')) } };
  await expect(sendDueIssues(dying)).rejects.toThrow('gone');

  await sendDueIssues(services);

  expect(messages).toHaveLength(1);
});

test('a schedule that was taken back or moved sends nothing, and its marker goes', async () => {
  const { services, issues, messages, time } = await scheduled();
  await issues.schedule('extra', new Date('2026-12-02T01:00:00Z'), before);
  await table.put({ pk: 'SCHEDULED', sk: `${moment.toISOString()}#extra` });

  await sendDueIssues(services);
  const young = await issues.due(time.now);
  time.now = new Date(moment.getTime() + 6 * 60_000);
  await sendDueIssues(services);

  expect(messages).toEqual([]);
  expect(young).toHaveLength(1);
  expect(await issues.due(time.now)).toEqual([]);
  expect(await issues.get('extra')).toMatchObject({ state: 'scheduled' });
});
