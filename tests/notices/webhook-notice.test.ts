import { expect, test } from 'vitest';
import { tellOfDigest } from '../../functions/notices/digest-notices.ts';
import { tellGivenUp } from '../../functions/notices/webhook-notice.ts';
import { startTable } from '../support/dynamodb.ts';
import { actor } from '../support/people.ts';
import { noticeDesk } from './notice-desk.ts';

const at = '2026-11-27T01:00:00.000Z';

test('the editors hear once that a receiver is given up, and again when it fails another time', async () => {
  const { table, stop } = await startTable();
  const { services, mails } = noticeDesk(table, at);
  const webhook = {
    id: 'crm',
    name: 'CRM',
    url: 'https://crm.example.org/hook?key=secret',
    events: [],
    withAddresses: false,
    active: true,
  };
  const failing = { ...webhook, failures: 12, by: actor('ada'), createdAt: at };

  await tellGivenUp({ ...failing, failingSince: at }, services);
  await tellGivenUp({ ...failing, failingSince: at }, services);
  const once = await mails();
  await tellGivenUp({ ...failing, failingSince: '2026-12-24T01:00:00.000Z' }, services);

  expect(once.map(({ subject }) => subject)).toEqual(['The webhook “CRM” gives events up']);
  expect(once[0]?.text).toContain('crm.example.org');
  expect(once[0]?.text).not.toContain('secret');
  expect(await mails()).toHaveLength(2);
  await stop();
});

test('a hold that the editors are told of is announced, once', async () => {
  const { table, stop } = await startTable();
  const { services, digests, announced } = noticeDesk(table, at);
  const id = '2026-11-27T0100Z';
  await digests.open({ id, kind: 'slot', scheduledFor: at, frozenAt: at });
  await digests.hold(id, 'fault', 'Account paused');

  await tellOfDigest(id, services);
  await tellOfDigest(id, services);

  expect(announced).toEqual([{ type: 'digest.held', digest: id, hold: 'fault', reason: 'Account paused' }]);
  await stop();
});
