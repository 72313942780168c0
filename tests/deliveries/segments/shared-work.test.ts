import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SharedWork } from '../../../functions/deliveries/segments/shared-work.ts';

test('a caller is served by work that began after it asked, and many who ask at once share it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), fc.scheduler(), async (fails, s) => {
      const shared = new SharedWork();
      const began: number[] = [];
      let [time, served] = [0, 0];
      const ask = async (n: number) => {
        await s.schedule(Promise.resolve());
        const askedAt = ++time;
        let own: number | undefined;
        const work = async () => {
          own = ++time;
          began.push(own);
          await s.schedule(Promise.resolve());
          if (fails[n]) throw new Error('lost');
        };
        const ended = await shared.once('segment', work).then(
          () => 'well',
          () => 'lost',
        );
        if (ended === 'well') served += 1;
        // By one's own work, or by another one's that began later.
        expect(began.some((at) => at > askedAt)).toBe(true);
      };

      await s.waitFor(Promise.all(fails.map((_, n) => ask(n))));

      expect(began.length).toBeLessThanOrEqual(fails.length);
      if (!fails.includes(true)) expect(served).toBe(fails.length);
    }),
  );
});

test('of a hundred who ask while one is under way, all wait for one more', async () => {
  const shared = new SharedWork();
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  const work = () => gates[runs++]?.promise ?? Promise.reject(new Error('a third one'));
  const first = shared.once('segment', work);
  const others = Promise.all(Array.from({ length: 100 }, () => shared.once('segment', work)));

  gates[0]?.resolve();
  await first;
  gates[1]?.resolve();
  await others;

  expect(runs).toBe(2);
});
