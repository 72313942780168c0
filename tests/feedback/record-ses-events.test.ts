import { expect, test } from 'vitest';
import type { EvidenceKind } from '../../functions/deliveries/evidence.ts';
import type { OrderMessage } from '../../functions/deliveries/order.ts';
import { recordSesEvents } from '../../functions/feedback/record-ses-events.ts';

const at = { digest: ['2026-11-27'], shard: ['a'], order: ['3'] };

const event = (eventType: string, tags: Record<string, string[]>, more: object = {}) =>
  JSON.stringify({
    eventType,
    mail: { messageId: 'm-1', tags: { 'ses:configuration-set': ['set'], ...tags }, destination: ['ada@example.org'] },
    ...more,
  });

const wrapped = (body: string) => JSON.stringify({ Type: 'Notification', MessageId: 'n-1', TopicArn: 'arn', Message: body });

function feedbackServices({ failing = false } = {}) {
  const written: { order: OrderMessage; attempt: number; seen: Record<string, number[]> }[] = [];
  const suppressed: string[] = [];
  const probes: string[] = [];
  return {
    written,
    suppressed,
    ledger: {
      addEvidence: async (order: OrderMessage, attempt: number, seen: ReadonlyMap<EvidenceKind, readonly number[]>) => {
        if (failing) throw new Error('throttled');
        written.push({ order, attempt, seen: Object.fromEntries([...seen].map(([kind, positions]) => [kind, [...positions]])) });
      },
      read: async () => ({ readers: ['id-0', 'id-1', 'id-2'] }) as never,
    },
    subscribers: { suppress: async (id: string, reason: string) => void suppressed.push(`${id} ${reason}`) },
    recordProbe: async (id: string) => void probes.push(id),
    probes,
    now: () => new Date('2026-11-27T01:00:00Z'),
  };
}

const received = (...bodies: string[]) => bodies.map((body, n) => ({ id: `r-${n}`, body }));

test('a batch of events of one order and attempt is one write', async () => {
  const services = feedbackServices();
  const bodies = [
    wrapped(event('Send', { ...at, position: ['0'], attempt: ['1'] })),
    event('Send', { ...at, position: ['1'], attempt: ['1'] }),
    wrapped(event('Delivery', { ...at, position: ['0'], attempt: ['1'] })),
  ];

  const { failed } = await recordSesEvents(received(...bodies), services);

  expect(failed).toEqual([]);
  expect(services.written).toEqual([
    { order: { digest: '2026-11-27', shard: 'a', order: 3 }, attempt: 1, seen: { sent: [0, 1], delivered: [0] } },
  ]);
});

test('attempts are kept apart, so that two acceptances of one position can be told', async () => {
  const services = feedbackServices();
  const bodies = ['1', '2'].map((attempt) => event('Send', { ...at, position: ['0'], attempt: [attempt] }));

  await recordSesEvents(received(...bodies), services);

  expect(services.written.map(({ attempt }) => attempt)).toEqual([1, 2]);
});

test('what is no event does no harm: the plain line SES sends first, other JSON, events of other mail', async () => {
  const services = feedbackServices();

  const { failed } = await recordSesEvents(
    received(
      'Successfully validated SNS topic for Amazon SES event publishing.',
      '{"hello":1}',
      event('Open', {}),
      event('Send', { kind: ['confirmation'] }),
    ),
    services,
  );

  expect(failed).toEqual([]);
  expect(services.written).toEqual([]);
});

const bounce = (bounceType: string, bounceSubType: string, status?: string) => ({
  bounce: { bounceType, bounceSubType, bouncedRecipients: [{ emailAddress: 'ada@example.org', ...(status && { status }) }] },
});

test.each([
  ['a mailbox that does not exist', 'Bounce', bounce('Permanent', 'NoEmail'), ['id-1 bounce']],
  ['status 5.1.1', 'Bounce', bounce('Permanent', 'General', '5.1.1'), ['id-1 bounce']],
  ['a refusal for policy', 'Bounce', bounce('Permanent', 'General', '5.7.1'), []],
  ['a full mailbox', 'Bounce', bounce('Transient', 'MailboxFull', '4.2.2'), []],
  ['a complaint', 'Complaint', { complaint: { complaintFeedbackType: 'abuse' } }, ['id-1 complaint']],
  ['a complaint taken back', 'Complaint', { complaint: { complaintFeedbackType: 'not-spam' } }, []],
])('after %s the reader is written to again only if the mailbox works and they want it', async (_, type, more, suppressed) => {
  const services = feedbackServices();

  await recordSesEvents(received(event(type, { ...at, position: ['1'], attempt: ['1'] }, more)), services);

  expect(services.suppressed).toEqual(suppressed);
});

test('a refusal for policy is evidence of a block, not of a bounce', async () => {
  const services = feedbackServices();
  const events = [bounce('Permanent', 'General', '5.7.1'), bounce('Transient', 'ContentRejected'), bounce('Permanent', 'NoEmail')];

  await recordSesEvents(
    received(...events.map((more, n) => event('Bounce', { ...at, position: [String(n)], attempt: ['1'] }, more))),
    services,
  );

  expect(services.written.map(({ seen }) => seen)).toEqual([{ blocked: [0, 1], bounced: [2] }]);
});

test('a bounce of a confirmation mail finds its reader by the tag', async () => {
  const services = feedbackServices();

  await recordSesEvents(received(event('Bounce', { kind: ['confirmation'], reader: ['id-9'] }, bounce('Permanent', 'NoEmail'))), services);

  expect(services.suppressed).toEqual(['id-9 bounce']);
});

test('the send event of a probe is taken down as its return; its delivery is not', async () => {
  const services = feedbackServices();

  await recordSesEvents(
    received(event('Send', { kind: ['probe'], probe: ['p-1'] }), event('Delivery', { kind: ['probe'], probe: ['p-2'] })),
    services,
  );

  expect(services.probes).toEqual(['p-1']);
});

test('a write that fails brings back the messages it was made of, and only them', async () => {
  const services = feedbackServices({ failing: true });

  const { failed } = await recordSesEvents(received(event('Send', { ...at, position: ['0'], attempt: ['1'] }), 'plain text'), services);

  expect(failed.map(({ id }) => id)).toEqual(['r-0']);
});
