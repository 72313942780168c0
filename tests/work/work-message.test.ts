import { expect, test } from 'vitest';
import { planMessage } from '../../functions/digests/digest-messages.ts';
import { exportMessage } from '../../functions/exports/reader-export.ts';
import { askMessage } from '../../functions/imports/ask-unconfirmed.ts';
import { importMessage } from '../../functions/imports/reader-import.ts';
import { keepImagesMessage } from '../../functions/issues/images/keep-images-message.ts';
import { countMessage } from '../../functions/statistics/count-readers.ts';
import { webhooksMessage } from '../../functions/webhooks/deliver-webhooks.ts';
import { turnOf } from '../../functions/work/turn.ts';
import { WorkMessage } from '../../functions/work/work-message.ts';

test('whatever asks for work is understood on the other side of the queue, and keeps what it says', () => {
  const at = '2026-11-27T01:00:00.000Z';
  const messages = [
    { kind: 'slot', scheduledTime: at },
    { kind: 'issue', digest: 'issue-one_2', slug: 'one', scheduledTime: at },
    planMessage('2026-11-27', 'a'),
    keepImagesMessage('one', ['https://a.example/1.png']),
    importMessage('i'),
    { kind: 'watch-imports' },
    askMessage('i'),
    exportMessage('x'),
    countMessage(at),
    webhooksMessage(),
  ];

  const understood = messages.map((message) => WorkMessage.parse(JSON.parse(JSON.stringify(message))));

  expect(understood).toEqual(messages);
  expect(new Set(understood.map(({ kind }) => kind)).size).toBe(10);
});

test('a turn is over after five seconds, or when its invocation is', () => {
  let now = 1_000;
  const long = turnOf({ remainingMilliseconds: () => 120_000 }, () => now);
  const short = turnOf({ remainingMilliseconds: () => 2_000 }, () => now);

  const left = [long.remainingMilliseconds(), short.remainingMilliseconds()];
  now += 4_800;

  expect(left).toEqual([5_000, 2_000]);
  expect(long.remainingMilliseconds()).toBe(200);
});
