import { expect, test } from 'vitest';
import { keys } from '../../functions/platform/keys.ts';
import { aboutDigest, ada, complaint, day, feedbackDesk, fullMailbox, noMailbox, weeks } from './feedback-desk.ts';

/** Ada's new address, from day 5 on; a digest frozen before, and mailed after, has her under the old one. */
const moved = `b${'0'.repeat(31)}`;

/** The same event, of a mail that went to the new address. */
function toNewAddress(event: ReturnType<typeof aboutDigest>) {
  return { ...event, mail: { ...event.mail, tags: { ...event.mail.tags, reader: [moved] } } };
}

async function movedDesk(digestDays: readonly number[], { joined = false } = {}) {
  const desk = await feedbackDesk(digestDays);
  const at = day(5).toISOString();
  await desk.table.put({ ...keys.subscriber(ada), state: 'moved', movedTo: moved, movedAt: at, confirmedAt: day(1).toISOString(), joined });
  await desk.subscribers.addConfirmed({ id: moved, address: 'ada@example.net', locale: 'en', topics: [] }, day(joined ? 1 : 5));
  await desk.consents.record(ada, { event: 'moved', at, page: '/confirm', movedTo: moved });
  await desk.consents.record(moved, { event: 'moved', at, page: '/confirm', movedFrom: ada });
  return { ...desk, reader: () => desk.subscribers.find(moved) };
}

test('who has changed their address is judged by the mailbox they have now, also while a mail to the old one was on its way', async () => {
  const { tell, reader } = await movedDesk([2, 9]);

  await tell(...[2, 9].map((n) => aboutDigest(n, 'Bounce', noMailbox())));
  const before = await reader();
  await tell(toNewAddress(aboutDigest(9, 'Bounce', noMailbox())));

  expect(before).toMatchObject({ state: 'confirmed' });
  expect(await reader()).toMatchObject({ state: 'suppressed', reason: 'bounce' });
});

test.each([false, true])(
  'who complains of a mail to an address they have left is written to at none (joined another’s: %s)',
  async (joined) => {
    const { tell, reader } = await movedDesk([2], { joined });

    await tell(aboutDigest(2, 'Complaint', complaint(3, 'not-spam')));
    const before = await reader();
    await tell(aboutDigest(2, 'Complaint', complaint(3)));

    expect(before).toMatchObject({ state: 'confirmed' });
    expect(await reader()).toMatchObject({ state: 'suppressed', reason: 'complaint' });
  },
);

test('what the old mailbox says is not held against a reader who joined another reader’s address', async () => {
  const { tell, reader } = await movedDesk([2, 9], { joined: true });

  await tell(...[2, 9].map((n) => aboutDigest(n, 'Bounce', noMailbox())));

  expect(await reader()).toMatchObject({ state: 'confirmed' });
});

test('a delivery of a digest that has its reader under the old address makes soft bounces of the new one good', async () => {
  const softly = weeks(5, 9);
  const told = softly.map((n) => toNewAddress(aboutDigest(n, 'Bounce', fullMailbox())));
  const [before, after] = [await movedDesk(weeks(6, 9)), await movedDesk(weeks(6, 9))];

  await before.tell(toNewAddress(aboutDigest(44, 'Delivery')), ...told);
  await after.tell(...told);
  const suppressed = await after.reader();
  await after.tell(aboutDigest(44, 'Delivery'));
  const afterOld = await after.reader();
  await after.tell(toNewAddress(aboutDigest(44, 'Delivery')));

  expect(await before.reader()).toMatchObject({ state: 'confirmed' });
  expect([suppressed, afterOld]).toMatchObject([{ state: 'suppressed' }, { state: 'suppressed' }]);
  expect(await after.reader()).toMatchObject({ state: 'confirmed', address: 'ada@example.org' });
});
