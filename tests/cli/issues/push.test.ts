import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTable } from '../../support/dynamodb.ts';
import { newsletterDesk } from './newsletter-desk.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let desk: Awaited<ReturnType<typeof newsletterDesk>>;
beforeEach(async () => {
  database = await startTable();
  desk = await newsletterDesk(database.table);
});
afterEach(async () => {
  rmSync(desk.folder, { recursive: true });
  await database.stop();
});

const issue = (slug: string, { status, text = 'Words.' }: { status?: string; text?: string } = {}) =>
  `---\ntitle: About ${slug}\nslug: ${slug}\ndate: 2026-11-20\n${status ? `${status}\n` : ''}---\n\n${text}\n`;

test('a folder becomes drafts; a second push of the same changes nothing and says so', async () => {
  desk.write('issues/one.md', issue('one'));
  desk.write('issues/2026/two.md', issue('two'));
  desk.write('issues/README.md', '# How we write');
  desk.write('issues/.draft.md', issue('hidden'));

  const first = await desk.run(['issues', 'push', 'issues']);
  const sent = desk.changes().length;
  const second = await desk.run(['issues', 'push', 'issues', '--json']);

  expect(first.exit).toBe(0);
  expect(first.said).toContain('✓ issues/one.md: is the new issue one (draft)');
  expect(first.said).toContain('2 new, 0 replaced, 0 unchanged, 0 failed.');
  expect([sent, desk.changes()]).toEqual([2, []]);
  expect(second.said).toContain('Nothing has changed: all 2 files are there already.');
  expect(second.json()).toMatchObject({ created: 0, unchanged: 2, files: [{ did: 'unchanged', slug: 'two' }, { slug: 'one' }] });
});

test('a file whose title and slug change stays the same issue', async () => {
  desk.write('issues/one.md', '---\ntitle: First thoughts\ndate: 2026-11-20\n---\n\nWords.\n');
  await desk.run(['issues', 'push', 'issues']);
  desk.write('issues/one.md', '---\ntitle: Second thoughts\ndate: 2026-11-20\n---\n\nOther words.\n');

  const { json } = await desk.run(['issues', 'push', 'issues', '--json']);

  const { issues } = await desk.issues.list({ limit: 10 });
  expect(issues.map(({ title }) => title)).toEqual(['Second thoughts']);
  expect(json()).toMatchObject({ replaced: 1, files: [{ did: 'replaced', slug: issues[0]?.slug }] });
});

test('a dry run shows what would become of each file and where to look at it, and writes nothing', async () => {
  desk.write('issues/one.md', issue('one'));
  await desk.run(['issues', 'push', 'issues']);
  const before = await desk.issues.list({ limit: 10 });
  desk.write('issues/one.md', issue('one', { text: 'Other words.' }));
  desk.write('issues/two.md', issue('two', { status: 'status: queued' }));

  const { said, exit } = await desk.run(['issues', 'push', 'issues', '--dry-run']);

  expect(exit).toBe(0);
  expect(said).toContain('issues/one.md: would replace the text of one (draft)');
  expect(said).toContain(
    'issues/two.md: would be the new issue two (asks to be queued)\n    https://news.example.org/archive/two?preview=',
  );
  expect(said).toContain('nothing was written');
  expect(await desk.issues.list({ limit: 10 })).toEqual(before);
});

test('warnings are said at their lines, in the language of the person', async () => {
  desk.write('issues/one.md', `${issue('one')}\n[a private page](http://10.0.0.1/)\n`);

  const english = await desk.run(['issues', 'push', 'issues', '--dry-run']);
  const chinese = await desk.run(['issues', 'push', 'issues', '--dry-run'], { locale: 'zh-CN' });

  expect(english.said).toMatch(/[✗·] issues\/one\.md:9: A link leads to a private network/);
  expect(chinese.said).toMatch(/[✗·] issues\/one\.md:9: .*[\u4e00-\u9fff]/);
});

test('files are queued as they say, when they first say so, and taken back when they do not say it any more', async () => {
  desk.write('issues/one.md', issue('one', { status: 'status: draft' }));
  await desk.run(['issues', 'push', 'issues']);
  const states: string[] = [];
  const say = async (status: string, text: string) => {
    desk.write('issues/one.md', issue('one', { status, text }));
    const ran = await desk.run(['issues', 'push', 'issues', '--json']);
    const { files } = ran.json() as { files: { state: string }[] };
    states.push(files[0]?.state ?? '');
  };

  await say('status: queued', 'Words.');
  await say('status: queued', 'Words, corrected.');
  await say('schedule: 2026-12-24 09:00', 'Words.');
  await say('status: draft', 'Words.');

  expect(states).toEqual(['queued', 'queued', 'scheduled', 'draft']);
});

test('an editor who took an issue back is not overruled by a corrected typo', async () => {
  desk.write('issues/one.md', issue('one', { status: 'status: queued' }));
  await desk.run(['issues', 'push', 'issues']);
  await desk.request('POST', '/api/v1/issues/one/unqueue');
  desk.write('issues/one.md', issue('one', { status: 'status: queued', text: 'Wrods.' }));

  const { exit } = await desk.run(['issues', 'push', 'issues']);

  expect([exit, (await desk.issues.get('one'))?.state]).toEqual([0, 'draft']);
});

test('what an editor sent and cancelled is queued by no file that asked for it before', async () => {
  const drafts = await desk.makeKey(['issues:write']);
  desk.write('issues/one.md', issue('one', { status: 'status: queued' }));
  await desk.run(['issues', 'push', 'issues'], { environment: { PERIODICAL_KEY: drafts } });
  const { json } = await desk.request('POST', '/api/v1/issues/one/send-now');
  await desk.issues.release('one', json.digest);

  await desk.run(['issues', 'push', 'issues']);
  const same = await desk.issues.get('one');
  desk.write('issues/one.md', issue('one', { status: 'status: queued', text: 'Wrods.' }));
  await desk.run(['issues', 'push', 'issues']);

  expect([same?.state, (await desk.issues.get('one'))?.state]).toEqual(['draft', 'draft']);
});

test('what a run left undone is done when the same file comes again', async () => {
  const drafts = await desk.makeKey(['issues:write']);
  desk.write('issues/one.md', issue('one'));
  await desk.run(['issues', 'push', 'issues']);
  desk.write('issues/one.md', issue('one', { status: 'status: queued' }));

  const before = await desk.run(['issues', 'push', 'issues'], { environment: { PERIODICAL_KEY: drafts } });
  const left = await desk.issues.get('one');
  const again = await desk.run(['issues', 'push', 'issues']);

  expect([before.exit, left?.state, again.exit]).toEqual([0, 'draft', 0]);
  expect(before.said).toContain('replaced the text of one (draft)');
  expect(again.said).toContain('issues/one.md: unchanged, one (queued)');
});

test('a second file of an issue that was sent asks in vain to be queued, also when its typos are corrected', async () => {
  const text = 'The bridge is closed. Boats go round it until Monday. Then they do not.';
  desk.write('issues/one.md', issue('one', { text }));
  await desk.run(['issues', 'push', 'issues', '--archive']);
  const corrected: (string | number | undefined)[] = [];

  for (const typo of ['Wrods', 'Words']) {
    desk.write('issues/renamed.md', issue('renamed', { status: 'status: queued', text: `${text}\n\n${typo}.` }));
    const { exit, said } = await desk.run(['issues', 'push', 'issues/renamed.md']);
    corrected.push(exit, (await desk.issues.get('renamed'))?.state);
    expect(said).toContain('“About one”');
  }

  expect(corrected).toEqual([1, 'draft', 1, 'draft']);
});

test('with a key that writes drafts, a file that is to be queued later fails by name, and the others go on', async () => {
  const drafts = await desk.makeKey(['issues:write']);
  desk.write('issues/one.md', issue('one'));
  desk.write('issues/two.md', issue('two'));

  const { exit, said } = await desk.run(['issues', 'push', 'issues', '--queue'], { environment: { PERIODICAL_KEY: drafts } });

  expect(exit).toBe(1);
  expect(said).toContain('✗ issues/one.md: failed\n    scope_missing: ');
  expect(said).toContain('✗ issues/two.md: failed');
  expect((await desk.issues.get('two'))?.state).toBe('draft');
});

test('what somebody uploaded by hand is replaced only on demand, and what belongs to another file never', async () => {
  await desk.upload(issue('one', { text: 'By hand.' }));
  desk.write('issues/one.md', issue('one'));

  const refused = await desk.run(['issues', 'push', 'issues/one.md']);
  const replaced = await desk.run(['issues', 'push', 'issues/one.md', '--replace']);
  desk.write('issues/copy.md', issue('one', { text: 'A copy.' }));
  const copied = await desk.run(['issues', 'push', 'issues/copy.md', '--replace']);

  expect([refused.exit, replaced.exit, copied.exit]).toEqual([1, 0, 1]);
  expect(refused.said).toContain('slug_taken');
  expect(copied.said).toContain('slug_taken');
});

test('a file that was renamed keeps its issue, and one that was deleted takes nothing away', async () => {
  desk.write('issues/one.md', issue('one'));
  desk.write('issues/two.md', issue('two'));
  await desk.run(['issues', 'push', 'issues']);
  rmSync(join(desk.folder, 'issues/one.md'));
  rmSync(join(desk.folder, 'issues/two.md'));
  desk.write('issues/renamed.md', issue('one', { text: 'Renamed.' }));

  const { json } = await desk.run(['issues', 'push', 'issues', '--json']);

  expect(json()).toMatchObject({ replaced: 1, files: [{ slug: 'one', did: 'replaced' }] });
  expect((await desk.issues.get('two'))?.state).toBe('draft');
});

test('packages, hidden folders and links that lead nowhere are passed over', async () => {
  for (const path of ['issues/one.md', 'issues/node_modules/pack/two.md', 'issues/.hidden/three.md']) desk.write(path, issue('one'));
  symlinkSync('nowhere.md', join(desk.folder, 'issues/four.md'));

  const { exit, said } = await desk.run(['issues', 'push', 'issues']);

  expect(exit).toBe(0);
  expect(said).toContain('1 new, 0 replaced, 0 unchanged, 0 failed.');
});

test('pictures that a file names go with it, from its own folder or another, and only those', async () => {
  const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  desk.write('issues/one/index.md', issue('one', { text: 'Words. ![a](cover.png) ![b](<a harbour.png>)' }));
  for (const path of ['issues/one/cover.png', 'issues/two/cover.png', 'issues/a harbour.png', 'issues/unused.png'])
    desk.write(path, picture);
  const { issuesAt } = await import('../../../infra/cli/issues/issue-files.ts');

  const [file] = issuesAt(['issues'], desk.folder);

  expect(file?.images.map(({ path }) => path)).toEqual(['../a harbour.png', 'cover.png']);
  expect((await desk.run(['issues', 'push', 'issues'])).said).toContain('1 new');
  expect((await desk.issues.get('one'))?.sourceHash).toBe(file?.hash);
});

test('old files go into the archive under their dates; nobody is mailed, whatever they ask for', async () => {
  desk.write('past/one.md', issue('one', { status: 'status: queued' }));
  desk.write('past/undated.md', '# Long ago\n\nWords.\n');

  const dry = await desk.run(['issues', 'push', 'past', '--archive', '--dry-run']);
  const { exit, said } = await desk.run(['issues', 'push', 'past', '--archive']);
  const again = await desk.run(['issues', 'push', 'past/one.md', '--archive', '--json']);

  expect(dry.said).toContain('goes into the archive, without a mail');
  expect([exit, again.exit]).toEqual([1, 0]);
  expect(said).toContain('✓ past/one.md: is the new issue one (sent)');
  expect(said).toContain('✗ past/undated.md: failed\n    date_unknown');
  expect(again.json()).toMatchObject({ unchanged: 1 });
  expect(await desk.issues.get('one')).toMatchObject({ state: 'sent', publishedAt: '2026-11-20T12:00:00.000Z' });
  expect(await desk.issues.queued()).toEqual([]);
  expect(desk.sent).toEqual([]);
});

test('a draft that was pushed before goes into the archive when it is asked for', async () => {
  desk.write('past/one.md', issue('one'));
  await desk.run(['issues', 'push', 'past']);

  const { exit } = await desk.run(['issues', 'push', 'past', '--archive']);

  expect([exit, (await desk.issues.get('one'))?.state]).toEqual([0, 'sent']);
});
