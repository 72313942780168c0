import { expect, test } from 'vitest';
import { shareForPersons } from '../../functions/mail/send-quota.ts';
import { LaunchDay } from './launch-day.ts';

/** A tenth of a launch, with a tenth of all limits and times: 2,000 people in six minutes. `npm run bench -- launch` has the whole of it. */
const limits = { overall: 100, perNetwork: 10, proofFromOverall: 20, proofFromNetwork: 3 };
const tenth = { people: 2_000, seconds: 360, clickSeconds: 60, rate: 14, limits };

test.each([{ bots: 0 }, { bots: 10 }])('on launch day everybody who confirms gets in, beside $bots networks of bots', async ({ bots }) => {
  const launch = new LaunchDay({ ...tenth, bots });

  await launch.run(3);

  const willing = launch.people.filter(({ confirms }) => confirms);
  expect(willing.filter(({ isIn }) => isIn).length / willing.length).toBeGreaterThanOrEqual(0.99);
  expect(launch.lastMailMs / 1_000).toBeLessThanOrEqual(tenth.people / (0.9 * shareForPersons(tenth.rate)));
  // What the page says, holds.
  expect([...launch.refused, ...launch.late]).toEqual([]);
});
