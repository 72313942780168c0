import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestAnswer } from '../../functions/api/digests/digest-answer.ts';
import { type AssemblyServices, assembleDigest } from '../../functions/digests/assemble-digest.ts';
import type { Canary } from '../../functions/digests/canary.ts';
import type { PlanMessage, RunDigestMessage } from '../../functions/digests/digest-messages.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { lastFrozenAt } from '../../functions/digests/history/last-audience.ts';
import { stateOf } from '../../functions/digests/hold.ts';
import { NextDigestStore } from '../../functions/digests/next-digest.ts';
import type { IssueContent } from '../../functions/issues/issue.ts';
import { IssueStore } from '../../functions/issues/issue-store.ts';
import type { Table } from '../../functions/platform/table.ts';
import { FakeQueue } from '../support/delivery-services.ts';
import { startTable } from '../support/dynamodb.ts';
import { aPrincipal } from '../support/people.ts';
import { sameForEverybody } from './same-for-everybody.ts';
import { weeklyOn } from './weekly-on.ts';

let table: Table;
let stop: () => Promise<void>;
beforeEach(async () => {
  ({ table, stop } = await startTable());
});
afterEach(() => stop());

const friday = { kind: 'slot', scheduledTime: '2026-11-27T01:00:00Z' } as const;
const alone = { kind: 'issue', scheduledTime: '2026-11-27T01:00:00Z' } as const;
const now = () => new Date('2026-11-27T01:00:02Z');
const weekly = { schedule: weeklyOn('friday', '09:00'), timeZone: 'Asia/Shanghai' };
const settingsOf = (more: { holdMinutes: number }) => ({ ...weekly, ...more });

const anIssue = (slug: string, title = slug): IssueContent => ({
  slug,
  title,
  number: null,
  date: '2026-11-26',
  language: 'zh-CN',
  summary: '',
  cover: null,
  intro: [{ kind: 'paragraph', text: title, html: `<p>${title}</p>` }],
  sections: [],
  closing: [],
  images: [],
  warnings: [],
});

function assemblyServices() {
  const rendered: string[][] = [];
  const woken: string[] = [];
  return {
    rendered,
    digests: new DigestStore(table),
    issues: new IssueStore(table),
    nextDigest: new NextDigestStore(table),
    render: async (_digest: unknown, issues: readonly IssueContent[]) => {
      rendered.push(issues.map(({ slug }) => slug));
      return {
        subject: issues.map(({ title }) => title).join('、'),
        language: 'zh-CN',
        preheader: '',
        shortened: [],
        variants: sameForEverybody({ html: '<p></p>', text: '' }),
      };
    },
    plans: new FakeQueue<PlanMessage>(),
    runDigest: new FakeQueue<RunDigestMessage>(),
    settings: settingsOf({ holdMinutes: 0 }),
    canary: async () => undefined,
    wakeBatches: async (digest: { id: string }) => void woken.push(digest.id),
    tryIncidents: async () => undefined,
    woken,
    audience: async () => 1_000,
    now,
  } satisfies AssemblyServices & { rendered: string[][]; woken: string[] };
}

async function upload(issues: IssueStore, slug: string, { queued = true } = {}) {
  await issues.add({ content: anIssue(slug), sourceHash: slug, now: now() });
  if (queued) await issues.queue(slug, now());
}

test('the queued issues become one digest, named by its date where the newsletter is at home', async () => {
  const services = assemblyServices();
  await upload(services.issues, 'one');
  await upload(services.issues, 'two');
  await upload(services.issues, 'draft', { queued: false });

  expect(await assembleDigest({ kind: 'slot', scheduledTime: '2026-11-27T01:00:00Z' }, services)).toBe('assembled');

  const digest = await services.digests.find('2026-11-27T0100Z');
  expect(digest?.issues?.map(({ slug }) => slug)).toEqual(['one', 'two']);
  expect(stateOf(digest ?? { phase: 'done', holds: new Set() })).toBe('sending');
  expect((await services.issues.get('one'))?.state).toBe('sending');
  expect((await services.issues.get('draft'))?.state).toBe('draft');
  expect(await services.issues.marked()).toEqual([]);
});

test('with nothing queued the slot is recorded as skipped, and stays so', async () => {
  const services = assemblyServices();

  expect(await assembleDigest(friday, services)).toBe('skipped');
  await upload(services.issues, 'late');
  expect(await assembleDigest(friday, services)).toBe('over');

  expect((await services.digests.find('2026-11-27T0100Z'))?.phase).toBe('skipped');
  expect((await services.issues.get('late'))?.state).toBe('queued');
  expect(services.plans.messages).toEqual([]);
});

test('two runs at once make one digest with one list', async () => {
  const services = assemblyServices();
  for (const slug of ['one', 'two', 'three']) await upload(services.issues, slug);

  await Promise.all([assembleDigest(friday, services), assembleDigest(friday, services)]);

  expect((await services.digests.list(10)).map(({ id }) => id)).toEqual(['2026-11-27T0100Z']);
  expect(new Set(services.rendered.flat())).toEqual(new Set(['one', 'three', 'two']));
});

test('an issue queued after the list was frozen waits for the next digest', async () => {
  const services = assemblyServices();
  await upload(services.issues, 'one');
  await assembleDigest(friday, services);
  await upload(services.issues, 'two');

  await assembleDigest(friday, services);
  await assembleDigest({ ...friday, scheduledTime: '2026-12-04T01:00:00Z' }, services);

  expect((await services.digests.find('2026-11-27T0100Z'))?.issues?.map(({ slug }) => slug)).toEqual(['one']);
  expect((await services.digests.find('2026-12-04T0100Z'))?.issues?.map(({ slug }) => slug)).toEqual(['two']);
});

test('a run that died after taking the issues is taken up where it left off', async () => {
  const services = assemblyServices();
  await upload(services.issues, 'one');
  await services.digests.open({
    id: '2026-11-27T0100Z',
    kind: 'slot',
    scheduledFor: '2026-11-27T01:00:00.000Z',
    frozenAt: now().toISOString(),
  });
  await services.issues.takeForDigest('one', '2026-11-27T0100Z', ['queued']);

  await assembleDigest(friday, services);

  expect((await services.digests.find('2026-11-27T0100Z'))?.issues?.map(({ slug }) => slug)).toEqual(['one']);
});

test('an issue that a lost run took and no list froze goes into the next digest', async () => {
  const services = assemblyServices();
  await upload(services.issues, 'one');
  await assembleDigest(friday, services);
  await upload(services.issues, 'two');
  await services.issues.takeForDigest('two', '2026-11-27T0100Z', ['queued']);

  await assembleDigest({ ...friday, scheduledTime: '2026-12-04T01:00:00Z' }, services);

  expect((await services.digests.find('2026-12-04T0100Z'))?.issues?.map(({ slug }) => slug)).toEqual(['two']);
});

test('with a hold period the digest is ready at its time and sends when the period is over, if nobody cancels it', async () => {
  const services = { ...assemblyServices(), settings: settingsOf({ holdMinutes: 5 }) };
  await upload(services.issues, 'one');

  await assembleDigest(friday, services);

  const digest = await services.digests.find('2026-11-27T0100Z');
  expect([...(digest?.holds ?? [])]).toEqual(['hold period']);
  expect(digest?.holdUntil).toBe('2026-11-27T01:05:02.000Z');
  expect(services.runDigest.delays).toEqual([300]);
});

test('a hold period is over on time, and not only when the watch comes by', async () => {
  const services = { ...assemblyServices(), settings: settingsOf({ holdMinutes: 5 }) };
  await upload(services.issues, 'one');
  await assembleDigest(friday, services);

  const early = await assembleDigest(friday, { ...services, now: () => new Date('2026-11-27T01:05:01Z') });
  const then = await assembleDigest(friday, { ...services, now: () => new Date('2026-11-27T01:05:02Z') });
  const again = await assembleDigest(friday, { ...services, now: () => new Date('2026-11-27T01:05:03Z') });

  expect([early, then, again]).toEqual(['waiting', 'released', 'assembled']);
  expect(services.runDigest.delays).toEqual([300, 1]);
  expect(services.woken).toEqual(['2026-11-27T0100Z']);
  expect([...((await services.digests.find('2026-11-27T0100Z'))?.holds ?? [])]).toEqual([]);
});

test('a week without turn makes no digest', async () => {
  const schedule = { every: 'two weeks' as const, on: 'friday' as const, anchor: '2026-12-04', time: '09:00' };
  const services = { ...assemblyServices(), settings: { ...settingsOf({ holdMinutes: 0 }), schedule } };
  await upload(services.issues, 'one');

  const between = await assembleDigest(friday, services);
  const inTurn = await assembleDigest({ ...friday, scheduledTime: '2026-12-04T01:00:00Z' }, services);

  expect([between, inTurn]).toEqual(['no_turn', 'assembled']);
  expect((await services.digests.list(10)).map(({ id }) => id)).toEqual(['2026-12-04T0100Z']);
});

test('an issue sent on its own is a digest of its own, also from a draft', async () => {
  const services = assemblyServices();
  await upload(services.issues, 'special', { queued: false });
  await upload(services.issues, 'weekly');

  await assembleDigest({ ...alone, slug: 'special', digest: 'issue-special' }, services);

  expect((await services.digests.find('issue-special'))?.issues?.map(({ slug }) => slug)).toEqual(['special']);
  expect((await services.issues.get('weekly'))?.state).toBe('queued');
});

test('what was shortened is in the answer that editors see, however long the list is', async () => {
  const services = assemblyServices();
  await upload(services.issues, 'long');
  const titles = Array.from({ length: 150 }, (_, n) => `第 ${n + 1} 条`);
  const render: AssemblyServices['render'] = async (digest, issues) => ({ ...(await services.render(digest, issues)), shortened: titles });

  await assembleDigest(friday, { ...services, render });

  const digest = (await services.digests.find('2026-11-27T0100Z'))!;
  expect(digestAnswer(digest, { principal: aPrincipal('ada'), now: new Date() }).shortened).toEqual([...titles.slice(0, 100), '+50']);
  expect((await services.digests.rendered(digest)).shortened).toEqual(titles);
});

const picture = { url: 'https://a.example/1.png', alt: '' };

async function uploadWithPicture(issues: IssueStore) {
  await issues.add({ content: { ...anIssue('one'), images: [{ ...picture, state: 'pending' }] }, sourceHash: 'one', now: now() });
  await issues.queue('one', now());
}

test('a digest waits for the pictures of its issues, and mails them where they are by then', async () => {
  const services = assemblyServices();
  await uploadWithPicture(services.issues);

  const first = await assembleDigest(friday, services);
  const content = { ...anIssue('one'), images: [{ ...picture, state: 'kept' as const }] };
  await services.issues.setImages(content, (await services.issues.get('one'))?.contentHash ?? '');
  const second = await assembleDigest(friday, services);

  expect([first, second]).toEqual(['waiting', 'assembled']);
  expect(services.runDigest.messages).toEqual([friday]);
  const [frozen] = (await services.digests.find('2026-11-27T0100Z'))?.issues ?? [];
  expect((await services.issues.content('one', frozen?.contentHash ?? ''))?.images).toMatchObject([{ state: 'kept' }]);
});

test('after five minutes it goes out with what is there', async () => {
  const services = assemblyServices();
  await uploadWithPicture(services.issues);
  await assembleDigest(friday, services);

  const answer = await assembleDigest(friday, { ...services, now: () => new Date('2026-11-27T01:05:03Z') });

  expect(answer).toBe('assembled');
});

test('an issue on its own waits for its pictures too', async () => {
  const services = assemblyServices();
  await uploadWithPicture(services.issues);

  expect(await assembleDigest({ ...alone, slug: 'one', digest: 'issue-one' }, services)).toBe('waiting');
});

test('a digest with a canary is held for it from the moment it is made; making it again changes nothing', async () => {
  const canary = { batches: 1, readers: 50, why: 'first digest' } as const;
  const services = { ...assemblyServices(), canary: async (): Promise<Canary> => canary };
  await upload(services.issues, 'one');

  await assembleDigest(friday, services);
  const made = await services.digests.find('2026-11-27T0100Z');
  await services.digests.release('2026-11-27T0100Z', 'canary');
  const late = await services.digests.holdForCanary('2026-11-27T0100Z', { ...canary, batches: 9 });

  expect([...(made?.holds ?? [])]).toEqual(['canary']);
  expect(made?.canary).toEqual(canary);
  expect([late, (await services.digests.find('2026-11-27T0100Z'))?.holds.size]).toEqual([false, 0]);
});

test('the audience of the last digest that was done is remembered, whichever ended last', async () => {
  const { digests } = assemblyServices();
  for (const day of ['27', '20', '28']) {
    const at = `2026-11-${day}T01:00:00.000Z`;
    await digests.open({ id: `2026-11-${day}T0100Z`, kind: 'slot', scheduledFor: at, frozenAt: at });
    await digests.end(`2026-11-${day}T0100Z`, day === '28' ? 'cancelled' : 'done', now());
  }

  expect(await lastFrozenAt(table)).toBe('2026-11-27T01:00:00.000Z');
});

test('a digest has the order and the note that editors chose, once, and a crash behind the freeze keeps neither for the next', async () => {
  const services = assemblyServices();
  for (const slug of ['one', 'two', 'three']) await upload(services.issues, slug);
  const note = { text: 'Hello.', blocks: [{ kind: 'paragraph' as const, text: 'Hello.', html: '<p>Hello.</p>' }] };
  const by = { kind: 'person' as const, id: 'ada', name: 'ada' };
  await services.nextDigest.change({ order: ['two', 'three'], note, by, at: now() });
  const crash = {
    ...services,
    nextDigest: { find: () => services.nextDigest.find(), forget: async () => Promise.reject(new Error('crash')) },
  };

  await expect(assembleDigest(friday, crash)).rejects.toThrow('crash');
  await assembleDigest(friday, services);

  const digest = await services.digests.find('2026-11-27T0100Z');
  expect(digest?.issues?.map(({ slug }) => slug)).toEqual(['two', 'three', 'one']);
  expect(digest?.planned?.note).toEqual(note.blocks);
  expect(await services.nextDigest.find()).toBeUndefined();
});

test('a plan that editors make while a digest is being made is for the next one', async () => {
  const services = assemblyServices();
  const by = { kind: 'person' as const, id: 'ada', name: 'ada' };
  await upload(services.issues, 'one');
  await services.nextDigest.change({ order: ['one'], by, at: now() });
  const meanwhile = {
    ...services,
    audience: async () => {
      await services.nextDigest.change({ order: ['later'], by, at: now() });
      return 1_000;
    },
  };

  await assembleDigest(friday, meanwhile);

  expect((await services.nextDigest.find())?.order).toEqual(['later']);
});

test('nothing queued keeps the note for the digest after', async () => {
  const services = assemblyServices();
  await services.nextDigest.change({ note: { text: 'Hello.', blocks: [] }, by: { kind: 'person', id: 'ada', name: 'ada' }, at: now() });

  await assembleDigest(friday, services);

  expect((await services.nextDigest.find())?.note?.text).toBe('Hello.');
});
