import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keys } from '../../functions/platform/keys.ts';
import {
  aboutDigest,
  aboutMail,
  ada,
  bounce,
  complaint,
  day,
  feedbackDesk,
  fullMailbox,
  noMailbox,
  unexplained,
  weeks,
} from './feedback-desk.ts';

describe('soft bounces', () => {
  test('five digests over two weeks or more end it; four do not', async () => {
    const four = await feedbackDesk(weeks(5));
    const five = await feedbackDesk(weeks(5));

    await four.tell(...weeks(4).map((n) => aboutDigest(n, 'Bounce', fullMailbox())));
    await five.tell(...weeks(5).map((n) => aboutDigest(n, 'Bounce', fullMailbox())));

    expect(await four.reader()).toMatchObject({ state: 'confirmed' });
    expect(await five.reader()).toMatchObject({ state: 'suppressed', reason: 'bounce', suppressedAt: day(30, 9).toISOString() });
  });

  test('five within less than two weeks say only that the mailbox was full for a while', async () => {
    const days = [2, 4, 6, 8, 15];
    const { tell, reader } = await feedbackDesk(days);

    await tell(...days.map((n) => aboutDigest(n, 'Bounce', fullMailbox())));

    expect(await reader()).toMatchObject({ state: 'confirmed' });
  });

  test('attempts of one digest count as one', async () => {
    const { tell, reader } = await feedbackDesk(weeks(3));
    const again = (n: number, copy: number) => {
      const event = aboutDigest(n, 'Bounce', fullMailbox());
      return { ...event, mail: { ...event.mail, messageId: `copy-${n}-${copy}` } };
    };

    await tell(...weeks(3).flatMap((n) => [again(n, 1), again(n, 2), again(n, 3)]));

    expect(await reader()).toMatchObject({ state: 'confirmed' });
  });

  test('a delivery starts the count again', async () => {
    const { tell, reader, sentDigest } = await feedbackDesk(weeks(8));
    const softly = [...weeks(4), ...weeks(3, 37)];

    await tell(aboutDigest(30, 'Delivery'), ...softly.map((n) => aboutDigest(n, 'Bounce', fullMailbox())));
    const before = await reader();
    await sentDigest(58);
    await sentDigest(65);
    await tell(...[58, 65].map((n) => aboutDigest(n, 'Bounce', fullMailbox())));

    expect(before).toMatchObject({ state: 'confirmed' });
    expect(await reader()).toMatchObject({ state: 'suppressed' });
  });

  test('a holiday notice, which comes as a soft bounce of a mail that was delivered, counts as nothing', async () => {
    const { tell, reader } = await feedbackDesk(weeks(8));

    await tell(...weeks(8).flatMap((n) => [aboutDigest(n, 'Bounce', bounce('Transient')), aboutDigest(n, 'Delivery')]));

    expect(await reader()).toMatchObject({ state: 'confirmed' });
  });

  test('a message at fault is not held against its readers', async () => {
    const { tell, reader } = await feedbackDesk(weeks(8));
    const kinds = ['ContentRejected', 'MessageTooLarge', 'AttachmentRejected'];

    await tell(...weeks(8).map((n) => aboutDigest(n, 'Bounce', bounce('Transient', kinds[n % 3]))));

    expect(await reader()).toMatchObject({ state: 'confirmed' });
  });

  test('a delivery that is told after the fifth bounce leaves who is dead all the same suppressed, since they were dead', async () => {
    const { tell, reader } = await feedbackDesk(weeks(5));

    await tell(aboutDigest(2, 'Bounce', noMailbox()), ...weeks(5).map((n) => aboutDigest(n, 'Bounce', fullMailbox())));
    const before = await reader();
    await tell(aboutDigest(2, 'Delivery'));

    expect(before).toMatchObject({ state: 'suppressed', suppressedAt: day(30, 9).toISOString() });
    expect(await reader()).toMatchObject({ state: 'suppressed', suppressedAt: day(2, 9).toISOString() });
  });

  test('a delivery that is told after the fifth bounce brings the reader back as they were', async () => {
    const { tell, reader } = await feedbackDesk(weeks(6));
    const before = await reader();
    const softly = weeks(6).filter((n) => n !== 16);

    await tell(...softly.map((n) => aboutDigest(n, 'Bounce', fullMailbox())));
    const suppressed = await reader();
    await tell(aboutDigest(16, 'Delivery'));

    expect(suppressed).toMatchObject({ state: 'suppressed' });
    expect(await reader()).toEqual(before);
  });

  test('nor is one lost that is told at the very moment the fifth bounce is judged', async () => {
    const { tell, reader, services, subscribers } = await feedbackDesk(weeks(6));
    const before = await reader();
    services.subscribers = {
      find: (id) => subscribers.find(id),
      suppress: async (...asked) => {
        await tell(aboutDigest(16, 'Delivery'));
        return subscribers.suppress(...asked);
      },
    };

    await tell(
      ...weeks(6)
        .filter((n) => n !== 16)
        .map((n) => aboutDigest(n, 'Bounce', fullMailbox())),
    );

    expect(await reader()).toEqual(before);
  });

  test('deliveries cause no write about a reader', async () => {
    const { tell, table } = await feedbackDesk(weeks(2));
    const before = await table.get(keys.subscriber(ada));

    await tell(...weeks(2).map((n) => aboutDigest(n, 'Delivery')));

    const { pk } = keys.feedback(ada, '');
    expect(await Array.fromAsync(table.query({ pk }))).toEqual([]);
    expect(await table.get(keys.subscriber(ada))).toEqual(before);
  });
});

test('a permanent bounce that names no reason counts at its second digest', async () => {
  const { tell, reader } = await feedbackDesk([2, 9]);

  await tell(aboutDigest(2, 'Bounce', unexplained()), aboutDigest(2, 'Bounce', unexplained()));
  const once = await reader();
  await tell(aboutDigest(9, 'Bounce', unexplained()));

  expect(once).toMatchObject({ state: 'confirmed' });
  expect(await reader()).toMatchObject({ state: 'suppressed', reason: 'bounce' });
});

test('the bounce of a mail from before a newer sign-up suppresses nobody', async () => {
  const { tell, reader, subscribers } = await feedbackDesk([2]);
  await subscribers.unsubscribe(ada, day(5), 'page');
  const back = await subscribers.signUp({ id: ada, address: 'ada@example.org', locale: 'en', topics: [] }, day(6));
  await subscribers.confirm(ada, back.state === 'pending' ? back.nonce : '', day(7));

  await tell(aboutDigest(2, 'Bounce', noMailbox()));

  expect(await reader()).toMatchObject({ state: 'confirmed', confirmedAt: day(7).toISOString() });
});

test('the confirmation that bounced before the reader confirmed another one is forgotten; one that bounces later is not', async () => {
  const { tell, reader } = await feedbackDesk();

  await tell(aboutMail(0, 'Bounce', noMailbox()));
  const before = await reader();
  await tell(aboutMail(3, 'Bounce', noMailbox()));

  expect(before).toMatchObject({ state: 'confirmed' });
  expect(await reader()).toMatchObject({ state: 'suppressed', reason: 'bounce' });
});

test('a complaint is for ever, also when it comes about a mail from before a newer sign-up', async () => {
  const { tell, reader, subscribers } = await feedbackDesk([2]);
  await subscribers.unsubscribe(ada, day(5), 'page');
  await subscribers.signUp({ id: ada, address: 'ada@example.org', locale: 'en', topics: [] }, day(6));

  await tell(aboutDigest(2, 'Complaint', complaint(3)));

  expect(await reader()).toMatchObject({ state: 'suppressed', reason: 'complaint' });
});

describe('the evidence of consent', () => {
  const eventsOf = async ({ consents }: Awaited<ReturnType<typeof feedbackDesk>>) => (await consents.of(ada)).map(({ event }) => event);

  test('of a suppressed reader says so once, also where a worker died before it could', async () => {
    const desk = await feedbackDesk([2]);
    const { services, consents } = desk;
    services.consents = {
      ...consents,
      of: (id) => consents.of(id),
      idsBefore: (id) => consents.idsBefore(id),
      record: () => Promise.reject(new Error('died')),
    };

    const { failed } = await desk.tell(aboutDigest(2, 'Bounce', noMailbox()));
    const unsaid = await eventsOf(desk);
    services.consents = consents;
    for (const _ of [1, 2]) await desk.tell(aboutDigest(2, 'Bounce', noMailbox()));

    expect([failed.length, unsaid]).toEqual([1, []]);
    expect(await consents.of(ada)).toMatchObject([{ event: 'suppressed', reason: 'bounce', at: day(2, 9).toISOString() }]);
  });

  test('says that a delivery which was told late has brought the reader back', async () => {
    const desk = await feedbackDesk(weeks(6));

    await desk.tell(...weeks(5).map((n) => aboutDigest(n, 'Bounce', fullMailbox())));
    await desk.tell(aboutDigest(37, 'Delivery'));

    expect(await eventsOf(desk)).toEqual(['suppressed', 'restored']);
  });

  test('says nothing where a bounce suppresses nobody', async () => {
    const desk = await feedbackDesk([2]);

    await desk.tell(aboutDigest(2, 'Bounce', fullMailbox()), aboutDigest(2, 'Bounce', bounce('Permanent', 'General', { status: '5.7.1' })));

    expect(await eventsOf(desk)).toEqual([]);
  });
});

test('of a reader whom we know nothing of, or were asked to forget, a bounce leaves no trace', async () => {
  const { tell, table, services } = await feedbackDesk([2]);
  const stranger = 'b'.repeat(32);
  const about = { ...aboutMail(3, 'Bounce', noMailbox()) };
  about.mail = { ...about.mail, tags: { kind: ['confirmation'], reader: [stranger] } };

  await tell(about);

  expect(await services.subscribers.find(stranger)).toBeUndefined();
  expect(await Array.fromAsync(table.query({ pk: keys.feedback(stranger, '').pk }))).toEqual([]);
});

/** Everything that SES may say of six weekly digests and a mail or two. */
const anyEvent = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...weeks(7)),
      fc.constantFrom('soft', 'soft', 'soft', 'delivered', 'unexplained', 'blocked', 'dead', 'complaint', 'not-spam'),
    )
    .map(([n, said]) => {
      if (said === 'delivered') return aboutDigest(n, 'Delivery');
      if (said === 'complaint') return aboutDigest(n, 'Complaint', complaint(n));
      if (said === 'not-spam') return aboutDigest(n, 'Complaint', complaint(n, 'not-spam'));
      const bounces = {
        soft: fullMailbox(),
        unexplained: unexplained(),
        dead: noMailbox(),
        blocked: bounce('Permanent', 'General', { status: '5.7.1' }),
      };
      return aboutDigest(n, 'Bounce', bounces[said as keyof typeof bounces]);
    }),
  fc.constantFrom(3, 40).map((n) => aboutMail(n, 'Bounce', fullMailbox())),
);
/** Mostly what a mailbox does that is full, since that is where batch could matter. */
const mostlySoft = fc
  .tuple(
    fc.array(
      fc.constantFrom(...weeks(7)).map((n) => aboutDigest(n, 'Bounce', fullMailbox())),
      { minLength: 4, maxLength: 9 },
    ),
  )
  .chain(([soft]) =>
    fc
      .array(
        fc.constantFrom(...weeks(7)).map((n) => aboutDigest(n, 'Delivery')),
        { maxLength: 2 },
      )
      .map((more) => [...soft, ...more]),
  );

/** The same events, some of them twice, in another batch, cut into batches at other places. */
const retold = (events: object[]) =>
  fc.tuple(
    fc
      .shuffledSubarray([...events, ...events], { minLength: events.length })
      .filter((told) => events.every((event) => told.includes(event))),
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }),
  );

/** Two workers take batches at a time, as Lambda's do. */
async function stateAfter(told: readonly object[], sizes: readonly number[]) {
  const { tell, reader } = await feedbackDesk(weeks(7));
  const batches: object[][] = [];
  for (let at = 0; at < told.length; at += batches.at(-1)?.length ?? 1) {
    const size = sizes[batches.length % sizes.length] ?? 1;
    batches.push(told.slice(at, at + size));
  }
  for (let n = 0; n < batches.length; n += 2) await Promise.all(batches.slice(n, n + 2).map((batch) => tell(...batch)));
  // Each desk draws a nonce of its own.
  return { ...(await reader()), nonce: undefined };
}

test.each([
  ['of every kind', fc.array(anyEvent, { minLength: 1, maxLength: 8 })],
  ['of a mailbox that is mostly full', mostlySoft],
])(
  'events %s give the same reader in any order, repeated, and late',
  async (_, events) => {
    const asked = events.chain((list) => {
      const different = [...new Map(list.map((event) => [JSON.stringify(event), event])).values()];
      return fc.tuple(fc.constant(different), retold(different));
    });

    await fc.assert(
      fc.asyncProperty(asked, async ([inBatch, [told, sizes]]) => {
        expect(await stateAfter(told, sizes)).toEqual(await stateAfter(inBatch, [1]));
      }),
      { numRuns: 250 },
    );
  },
  120_000,
);
