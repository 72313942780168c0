import { rmSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
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

const text = '<p>The ferry runs again. The harbour master has said so.</p>';

const ghost = (posts: object[]) => JSON.stringify({ db: [{ meta: { version: '5.80.0' }, data: { posts } }] });
const ghostPost = (slug: string, more: object = {}) => ({
  id: `g-${slug}`,
  title: `Harbour: ${slug}`,
  slug,
  html: `${text}<p><a href="__GHOST_URL__/other/">other</a></p>`,
  type: 'post',
  status: 'published',
  visibility: 'public',
  published_at: '2024-05-03T06:00:00.000Z',
  ...more,
});

const wordPressItem = (slug: string, { status = 'publish', type = 'post' } = {}) => `<item><title>Harbour: ${slug}</title>
<content:encoded><![CDATA[${text}<pre>an </item> in a text, and <wp:status>draft</wp:status></pre>]]></content:encoded>
<wp:post_name><![CDATA[${slug}]]></wp:post_name><wp:post_date_gmt><![CDATA[2024-05-03 06:00:00]]></wp:post_date_gmt>
<wp:status><![CDATA[${status}]]></wp:status><wp:post_type><![CDATA[${type}]]></wp:post_type></item>`;
const wordPress = (items: string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Harbour</title><language>en</language>${items.join('\n')}</channel></rss>`;

const substack = zipSync({
  'posts.csv': strToU8(
    [
      'post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle',
      '101.ferry,2024-05-03T06:00:00.000Z,true,,newsletter,everyone,Harbour: ferry,"By water, again"',
      '102.secret,2024-05-10T06:00:00.000Z,true,,newsletter,only_paid,Harbour: secret,',
      '103.idea,,false,,newsletter,everyone,Harbour: idea,',
    ].join('\n'),
  ),
  'posts/101.ferry.html': strToU8(text),
  'posts/102.secret.html': strToU8(text),
  'posts/103.idea.html': strToU8(text),
});

const buttondown = JSON.stringify({
  count: 2,
  results: [
    { id: 'b1', subject: 'Harbour: ferry', slug: 'ferry', body: text, status: 'sent', publish_date: '2024-05-03T06:00:00Z' },
    { id: 'b2', subject: 'Harbour: idea', slug: 'idea', body: text, status: 'draft', publish_date: null },
  ],
});

const folderZip = zipSync({
  'site/ferry.md': strToU8('---\ntitle: "Harbour: ferry"\nslug: ferry\ndate: 2024-05-03\nstatus: queued\n---\n\nThe ferry runs again.\n'),
  '../outside.md': strToU8('# Leads out\n'),
});

test.each([
  ['ghost.json', ghost([ghostPost('ferry'), ghostPost('idea', { status: 'draft' }), ghostPost('about', { type: 'page' })]), 2],
  [
    'wordpress.xml',
    wordPress([wordPressItem('ferry'), wordPressItem('idea', { status: 'draft' }), wordPressItem('menu', { type: 'nav_menu_item' })]),
    2,
  ],
  ['substack.zip', substack, 2],
  ['buttondown.json', buttondown, 1],
  ['folder.zip', folderZip, 0],
])('%s comes into the archive under its own slug and date, and nobody is mailed', async (name, content, left) => {
  desk.write(name, content);

  const dry = await desk.run(['archive', 'import', name, '--dry-run']);
  const unwritten = await desk.issues.list({ limit: 10 });
  const ran = await desk.run(['archive', 'import', name, '--json']);
  const again = await desk.run(['archive', 'import', name, '--json']);

  expect([dry.exit, unwritten.issues]).toEqual([0, []]);
  expect(ran.json()).toMatchObject({
    created: 1,
    failed: 0,
    files: [{ file: expect.stringMatching(new RegExp(`^${name}/`)), slug: 'ferry' }],
  });
  expect((ran.json() as { leftOut: object[] }).leftOut).toHaveLength(left);
  expect(again.json()).toMatchObject({ created: 0, unchanged: 1 });
  const { issues } = await desk.issues.archived({ limit: 10 });
  expect(issues.map(({ slug, title, date, state }) => ({ slug, title, date, state }))).toEqual([
    { slug: 'ferry', title: 'Harbour: ferry', date: '2024-05-03', state: 'sent' },
  ]);
  expect(desk.sent.filter((message) => JSON.stringify(message).includes('run'))).toEqual([]);
  expect(await desk.issues.queued()).toEqual([]);
});

test('what is left out is named with its reason', async () => {
  desk.write('ghost.json', ghost([ghostPost('ferry'), ghostPost('vip', { visibility: 'paid' }), ghostPost('idea', { status: 'draft' })]));

  const { said } = await desk.run(['archive', 'import', 'ghost.json', '--dry-run']);

  expect(said).toContain('vip.json: left out, was not for everybody');
  expect(said).toContain('idea.json: left out, was never published');
});

test('Ghost’s links lead to where its pages were, if that is said', async () => {
  desk.write('ghost.json', ghost([ghostPost('ferry')]));

  await desk.run(['archive', 'import', 'ghost.json', '--site', 'https://old.example.org/']);

  const meta = await desk.issues.get('ferry');
  const content = await desk.issues.content('ferry', meta?.contentHash ?? '');
  expect(JSON.stringify(content)).toContain('https://old.example.org/other/');
});

test('an import that was interrupted goes on where it ended, and one bad post holds nothing up', async () => {
  desk.write('ghost.json', ghost([ghostPost('one'), ghostPost('undated', { published_at: null }), ghostPost('three')]));
  let posts = 0;
  const broken = await desk.run(['archive', 'import', 'ghost.json'], {
    between: ({ method }) => {
      if (method === 'POST') posts += 1;
      return method === 'POST' && posts > 1 ? 'lose' : 'answer';
    },
  });

  const resumed = await desk.run(['archive', 'import', 'ghost.json', '--json']);

  expect([broken.exit, resumed.exit]).toEqual([1, 1]);
  expect(resumed.json()).toMatchObject({
    created: 1,
    unchanged: 1,
    failed: 1,
    files: [{ did: 'unchanged' }, { fault: { code: 'date_unknown' } }, { slug: 'three' }],
  });
});

test.each([
  ['broken.json', '{"db": ['],
  ['other.json', '{"name": "no posts"}'],
  ['page.xml', '<html><body>no feed</body></html>'],
  ['broken.zip', 'PK no archive'],
])('%s is refused with what would do', async (name, content) => {
  desk.write(name, content);

  const { exit, err } = await desk.run(['archive', 'import', name]);

  expect([exit, err.includes('an export of Ghost, Substack, WordPress or Buttondown')]).toEqual([1, true]);
});

test('posts under one address, of one export or of two, do not replace each other', async () => {
  const posts = ['2024-05-03', '2024-06-07'].map((day) =>
    ghostPost('ferry', { html: `<p>${day}</p>`, published_at: `${day}T06:00:00.000Z` }),
  );
  desk.write('ghost.json', ghost(posts));
  desk.write('older.json', ghost([ghostPost('ferry', { html: '<p>Of another export.</p>' })]));

  const first = await desk.run(['archive', 'import', 'ghost.json', '--json']);
  const second = await desk.run(['archive', 'import', 'ghost.json', '--json']);
  const other = await desk.run(['archive', 'import', 'older.json', '--json']);

  expect(first.json()).toMatchObject({ created: 1, replaced: 0, failed: 1, files: [{}, { fault: { code: 'slug_taken' } }] });
  expect(second.json()).toMatchObject({ unchanged: 1, replaced: 0, failed: 1 });
  expect(other.json()).toMatchObject({ replaced: 0, failed: 1, files: [{ fault: { code: 'slug_taken' } }] });
  expect((await desk.issues.get('ferry'))?.date).toBe('2024-05-03');
});
