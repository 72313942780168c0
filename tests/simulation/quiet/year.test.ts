import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { takeReport } from '../../../functions/deliveries/report/current-report.ts';
import { slotId } from '../../../functions/digests/slot.ts';
import type { OutageKind } from '../outages.ts';
import { contentOf } from '../scenario.ts';
import { start } from '../world.ts';
import { quietNewsletter } from './quiet-newsletter.ts';

const minute = 60_000;
const hour = 60 * minute;
const week = 7 * 24 * hour;
const slots = 52;

/** By week: what fails in the first minutes of its digest. */
const outages: Readonly<Record<number, { kind: OutageKind; minutes: number }>> = {
  5: { kind: 'SES answers 503', minutes: 0.7 },
  12: { kind: 'SES refuses connections', minutes: 7 },
  20: { kind: 'pace', minutes: 7 },
  33: { kind: 'table', minutes: 20 },
  41: { kind: 'SES refuses credentials', minutes: 8 },
  47: { kind: 'SES hangs', minutes: 120 },
};

test('in a year of 52 digests with outages and an update in the middle everybody is mailed once each week, every report adds up, and a look of the watch reads no more', async () => {
  const { world, newsletter, readers, parts, within } = await quietNewsletter({ readers: 150, rate: 50, canary: 'never' });
  const { scheduler, database } = world;
  const read = { requests: 0 };
  const execute = database.execute.bind(database);
  database.execute = (command) => {
    read.requests += 1;
    return execute(command);
  };
  const look = () =>
    newsletter.watch.invoke(
      [],
      () => undefined,
      () => undefined,
    );
  const perLook: number[] = [];
  const perWeek: number[] = [];

  for (let n = 0; n < slots; n += 1) {
    const [slot, before] = [start + n * week, read.requests];
    if (n > 0) await queue(n, slot);
    const outage = outages[n];
    world.outage = outage && { kind: outage.kind, from: slot + 1_000, until: slot + outage.minutes * minute };
    if (n === slots / 2) scheduler.at(slot + 2_000, () => newsletter.update());
    // Positions that are unknown after an outage are settled half an hour later.
    const over = slot + (outage ? outage.minutes + 60 : 15) * minute;
    if (n > 0) for (let at = slot + minute; at < over; at += minute) scheduler.at(at, look);
    await scheduler.runUntil(over + minute);
    perWeek.push(read.requests - before);
    perLook.push(await requestsOfALook());
    await scheduler.runUntil(slot + week - hour);
  }

  const ids = Array.from({ length: slots }, (_, n) => slotId(new Date(start + n * week)));
  const digests = await within(Promise.all(ids.map((id) => parts.digests.find(id))));
  expect(digests.map((digest) => digest?.phase)).toEqual(ids.map(() => 'done'));
  for (const id of ids)
    expect((await within(takeReport(id, parts))).report).toMatchObject({
      audience: 150,
      submitted: 150,
      unknown: 0,
      open: 0,
      duplicated: 0,
      addsUp: true,
    });
  const mails = newsletter.ses.accepted.filter(({ tags }) => tags.kind === 'digest');
  for (const id of ids) {
    const to = mails.filter(({ tags }) => tags.digest === id).map((mail) => mail.to);
    expect([new Set(to).size, to.length]).toEqual([readers.first.length, readers.first.length]);
  }
  for (const fault of ['stack updated', 'outage of SES', 'outage of the table', 'outage of the pace'] as const)
    expect(world.faults.counts.get(fault)).toBeGreaterThan(0);
  expect(perLook[0]).toBeGreaterThan(0);
  expect(Math.max(...perLook.slice(-10))).toBeLessThanOrEqual(Math.max(...perLook.slice(0, 10)));
  expect(perWeek[slots - 1]).toBeLessThanOrEqual((perWeek[1] ?? 0) * 1.05);

  /** While nothing is under way. */
  async function requestsOfALook() {
    const before = read.requests;
    look();
    await scheduler.runUntil(scheduler.now + 30_000);
    return read.requests - before;
  }

  async function queue(n: number, slot: number) {
    const { issues, now } = parts;
    const content = contentOf(`week-${n}`);
    await within(issues.add({ content, sourceHash: createHash('sha256').update(content.slug).digest('hex'), now: now() }));
    await within(issues.queue(content.slug, now()));
    await scheduler.runUntil(slot);
    newsletter.work.put(JSON.stringify({ kind: 'slot', scheduledTime: new Date(slot).toISOString() }));
  }
}, 120_000);
