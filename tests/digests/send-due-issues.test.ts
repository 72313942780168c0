import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyReport } from '../../functions/digests/delivery-report.ts';
import type { RunDigestMessage } from '../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { resumableHolds } from '../../functions/digests/hold.ts';
import { nextIssueDigest } from '../../functions/digests/issue-digest-id.ts';
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
    settings: { undoMinutes: 1, catchUpHours: 6 },
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
  expect(messages).toEqual([{ kind: 'issue', digest: 'issue-extra', slug: 'extra', scheduledTime: moment.toISOString() }]);
  expect(await issues.get('extra')).toMatchObject({ state: 'sending', digestId: 'issue-extra' });
  expect(await services.digests.find('issue-extra')).toMatchObject({
    phase: 'open',
    slug: 'extra',
    scheduledFor: moment.toISOString(),
    holds: new Set(['assembly', 'hold period']),
    holdUntil: '2026-12-01T01:01:00.000Z',
  });
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

test('an issue whose moment passed more than six hours ago waits for an editor', async () => {
  const { services, time } = await scheduled();
  time.now = new Date(moment.getTime() + 6 * 3_600_000 + 1);

  await sendDueIssues(services);

  const digest = await services.digests.find('issue-extra');
  expect([...(digest?.holds ?? [])]).toContain('late');
  expect(digest && resumableHolds(digest, time.now)).toEqual(['late']);
});

test('after a digest that was cancelled before anybody got it, the issue goes out again under an id of its own', async () => {
  const { services, issues, messages, time } = await scheduled();
  await sendDueIssues(services);
  await services.digests.end('issue-extra', 'cancelled', time.now, {
    ...emptyReport(),
    audience: 3,
    skipped: { ...emptyReport().skipped, cancelled: 3 },
  });
  await issues.release('extra', 'issue-extra');
  const later = new Date(moment.getTime() + 3_600_000);
  await issues.schedule('extra', later, time.now);
  time.now = later;

  await sendDueIssues(services);

  expect(messages.map((message) => message.kind === 'issue' && message.digest)).toEqual(['issue-extra', 'issue-extra_2']);
  expect(await issues.get('extra')).toMatchObject({ state: 'sending', digestId: 'issue-extra_2' });
  expect(await services.digests.find('issue-extra_2')).toMatchObject({ slug: 'extra' });
});

test.each([
  ['some got it', { submitted: 1 }],
  ['of some it is not known', { unknown: 1 }],
  ['some are still open', { open: 1 }],
])('a digest that was cancelled when %s rules out another', async (_, numbers) => {
  const { services, time } = await scheduled();
  await sendDueIssues(services);
  await services.digests.end('issue-extra', 'cancelled', time.now, { ...emptyReport(), ...numbers });

  expect(await nextIssueDigest('extra', services.digests)).toEqual({ earlier: 'issue-extra' });
});
