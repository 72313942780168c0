import { expect, test } from 'vitest';
import { aboutDigest, aboutMail, bounce, digestOf, feedbackDesk, noMailbox } from './feedback-desk.ts';

const wrapped = (event: object) => ({ Type: 'Notification', MessageId: 'n-1', TopicArn: 'arn', Message: JSON.stringify(event) });
const batch = { digest: digestOf(2), shard: 'a', batch: 0 };
const inAttempt = (n: number, event: ReturnType<typeof aboutDigest>) => ({
  ...event,
  mail: { ...event.mail, tags: { ...event.mail.tags, attempt: [String(n)] } },
});

test('what SES says of a batch is evidence, wrapped by SNS or raw', async () => {
  const { tell, ledger } = await feedbackDesk();

  const { failed } = await tell(wrapped(aboutDigest(2, 'Send')), aboutDigest(2, 'Delivery'), aboutDigest(2, 'DeliveryDelay'));

  const evidence = await ledger.evidence(batch);
  expect(failed).toEqual([]);
  expect((['sent', 'delivered', 'delayed', 'bounced'] as const).map((kind) => evidence.has(kind, 0))).toEqual([true, true, true, false]);
});

test('events of one reader batch and attempt that come together is one write', async () => {
  const { tell, services, ledger } = await feedbackDesk();
  let writes = 0;
  services.ledger = {
    read: (message) => ledger.read(message),
    lastBatch: (digest, shard) => ledger.lastBatch(digest, shard),
    watch: (message, position) => ledger.watch(message, position),
    addEvidence: (...asked) => {
      writes += 1;
      return ledger.addEvidence(...asked);
    },
  };

  await tell(aboutDigest(2, 'Send'), aboutDigest(2, 'Delivery'), aboutDigest(2, 'Delivery'));

  expect(writes).toBe(1);
});

test('attempts are kept apart, so that two acceptances of one position can be told', async () => {
  const { tell, ledger } = await feedbackDesk();

  await tell(inAttempt(1, aboutDigest(2, 'Send')), inAttempt(2, aboutDigest(2, 'Send')));

  expect((await ledger.evidence(batch)).isDuplicated(0)).toBe(true);
});

test('whatever SES says of a mail but that it could not make it proves that it took the mail', async () => {
  const proves = async (eventType: string, more: object = {}) => {
    const { tell, ledger } = await feedbackDesk();
    await tell({ ...aboutDigest(2, eventType), ...more });
    return (await ledger.evidence(batch)).isAccepted(0);
  };
  const feedback: [string, object?][] = [
    ['Delivery'],
    ['DeliveryDelay'],
    ['Bounce', { bounce: noMailbox }],
    ['Complaint', { complaint: {} }],
  ];

  const answers = await Promise.all([...feedback, ['Reject'] as const].map(([eventType, more]) => proves(eventType, more)));

  expect(answers).toEqual([true, true, true, true, true]);
  expect(await proves('Rendering Failure', { failure: { templateName: 't', errorMessage: 'm' } })).toBe(false);
});

test('what is about no digest does no harm: the plain line SES sends first, and events of other mail', async () => {
  const { tell, ledger, reader } = await feedbackDesk();
  const before = await reader();
  const greeting = 'Successfully validated SNS topic for Amazon SES event publishing.' as unknown as object;

  const { failed } = await tell(greeting, { eventType: 'Open', mail: { messageId: 'm' } }, aboutMail(2, 'Send'));

  expect(failed).toEqual([]);
  expect((await ledger.evidence(batch)).has('sent', 0)).toBe(false);
  expect(await reader()).toEqual(before);
});

test('a refusal for policy is evidence of a block, not of a bounce', async () => {
  const { tell, ledger } = await feedbackDesk();

  await tell(aboutDigest(2, 'Bounce', bounce('Permanent', 'General', { status: '5.7.1' })));

  const evidence = await ledger.evidence(batch);
  expect([evidence.has('blocked', 0), evidence.has('bounced', 0)]).toEqual([true, false]);
});

test('the brake hears of each digest what came back, what SES itself dropped included', async () => {
  const { services, tell } = await feedbackDesk([2, 9]);
  const heard: unknown[] = [];
  services.judge = async (digest, answers) => void heard.push([digest, answers]);

  await tell(aboutDigest(2, 'Reject'), aboutDigest(9, 'Delivery'), aboutDigest(9, 'Complaint', { complaint: {} }));

  const of = { shard: 'a', batch: 0 };
  expect(heard).toEqual([
    [digestOf(2), [{ ...of, answered: 1, bounced: 1, complained: 0 }]],
    [digestOf(9), [{ ...of, answered: 1, bounced: 0, complained: 1 }]],
  ]);
});

test('a bounce of a confirmation mail finds its reader by the tag', async () => {
  const { tell, reader } = await feedbackDesk();

  await tell(aboutMail(3, 'Bounce', noMailbox()));

  expect(await reader()).toMatchObject({ state: 'suppressed', reason: 'bounce' });
});

test('what was said is kept without the address, also where a server names the reader by half of it', async () => {
  const { tell, feedback } = await feedbackDesk();
  const text = 'smtp; 550 5.2.2 <ada@example.org> mailbox of ada is full (ada=example.org@bounce.example)';

  await tell(aboutDigest(2, 'Bounce', bounce('Transient', 'BrandNewSubType', { text })));

  const [said] = await feedback.of(`a${'0'.repeat(30)}1`, new Date('2026-12-01'));
  expect(said).toMatchObject({ kind: 'soft', digest: digestOf(2), type: 'Transient', subType: 'BrandNewSubType', status: '5.2.2' });
  expect(JSON.stringify(said)).not.toMatch(/ada/);
});

test('the send event of a probe is taken down as its return; its delivery is not', async () => {
  const { tell, probes } = await feedbackDesk();
  const probe = (eventType: string, id: string) => ({ eventType, mail: { messageId: 'm', tags: { kind: ['probe'], probe: [id] } } });

  await tell(probe('Send', 'p-1'), probe('Delivery', 'p-2'));

  expect(probes).toEqual(['p-1']);
});

test('a write that fails brings back the messages it was made of, and only them', async () => {
  const { tell, services } = await feedbackDesk();
  services.ledger = { ...services.ledger, addEvidence: () => Promise.reject(new Error('throttled')) };

  const { failed } = await tell(aboutDigest(2, 'Send'), aboutMail(2, 'Send'), aboutDigest(2, 'Delivery'));

  expect(failed.map(({ id }) => id)).toEqual(['r-0', 'r-2']);
});

test('a reader whose state could not be written comes back with the event', async () => {
  const { tell, services, reader } = await feedbackDesk();
  const working = services.subscribers;
  services.subscribers = { find: (id) => working.find(id), suppress: () => Promise.reject(new Error('throttled')) };

  const { failed } = await tell(aboutDigest(2, 'Bounce', noMailbox()), aboutMail(2, 'Send'));
  services.subscribers = working;
  await tell(aboutDigest(2, 'Bounce', noMailbox()));

  expect(failed.map(({ id }) => id)).toEqual(['r-0']);
  expect(await reader()).toMatchObject({ state: 'suppressed' });
});
