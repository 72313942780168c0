import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImageFailure } from '../../../functions/issues/images/image-failure.ts';
import { uploadedAddress } from '../../../functions/issues/images/image-outcome.ts';
import { type KeepImagesMessage, keepImagesMessage } from '../../../functions/issues/images/keep-images-message.ts';
import { type KeepServices, keepIssueImages } from '../../../functions/issues/images/keep-issue-images.ts';
import { type TakeInServices, takeInImages } from '../../../functions/issues/images/take-in-images.ts';
import type { IssueContent } from '../../../functions/issues/issue.ts';
import { IssueStore } from '../../../functions/issues/issue-store.ts';
import { readIssueFile } from '../../../functions/issues/read-issue-file.ts';
import type { Table } from '../../../functions/platform/table.ts';
import { startTable } from '../../support/dynamodb.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

const now = new Date('2026-11-22T12:00:00Z');
const origin = 'https://news.example.org';
const ours = (name: string) => `${origin}/images/${Buffer.from(name).toString('hex').padEnd(64, '0')}.png`;

/** Pictures are known by their bytes here: `svg` is one, `broken` is none, all others are 320 × 200. */
function keeping(web: Record<string, string | ImageFailure> = {}, onFetch = async (_address: string) => {}) {
  const putBy = new Map<string, Uint8Array>();
  const fetched: string[] = [];
  const sent: KeepImagesMessage[] = [];
  const services = {
    issues: new IssueStore(table),
    images: {
      keep: async ({ bytes }: { bytes: Uint8Array }) => ours(Buffer.from(bytes).toString()),
      isOurs: (address: string) => address.startsWith(`${origin}/images/`),
      putBy: async (hash: string, bytes: Uint8Array) => void putBy.set(hash, bytes),
      putByEarlier: async (hash: string) => putBy.get(hash),
    },
    fetchImage: async (address: string) => {
      fetched.push(address);
      await onFetch(address);
      const found = web[address] ?? new ImageFailure('refused');
      if (found instanceof ImageFailure) throw found;
      return Buffer.from(found);
    },
    mailImage: async (bytes: Uint8Array) => {
      const text = Buffer.from(bytes).toString();
      if (text === 'svg') throw new ImageFailure('svg');
      if (text === 'broken') throw new ImageFailure('unreadable');
      return { bytes, extension: 'png' as const, width: 320, height: 200 };
    },
    queue: { send: async (message: KeepImagesMessage) => void sent.push(message) },
    remainingMilliseconds: () => 60_000,
  } satisfies KeepServices & { images: TakeInServices['images'] };
  return { services, fetched, sent };
}

type Keeping = ReturnType<typeof keeping>['services'];

let uploads = 0;

/** Reads and stores a Markdown file with what came beside it, as the editors' API does. */
async function upload(
  markdown: string,
  services: Keeping,
  { images = {}, milliseconds = 10_000 }: { images?: Record<string, string>; milliseconds?: number } = {},
) {
  const slug = `keep-${++uploads}`;
  const content = await takeInImages(
    {
      bytes: Buffer.from(`---\nslug: ${slug}\ndate: 2026-11-20\n---\n# 周报\n\n${markdown}`),
      path: '',
      images: Object.entries(images).map(([path, bytes]) => ({ path, bytes: Buffer.from(bytes) })),
    },
    {
      ...services,
      milliseconds,
      read: (bytes, takenIn) => readIssueFile(bytes, { timeZone: 'Asia/Shanghai', locale: 'zh-CN', now, takenIn }),
    },
  );
  await services.issues.add({ content, sourceHash: slug, now });
  return { slug, content };
}

async function stored(slug: string, { issues }: Keeping): Promise<IssueContent> {
  const meta = await issues.get(slug);
  const content = meta && (await issues.content(slug, meta.contentHash));
  if (!content) throw new Error(`${slug} is not stored.`);
  return content;
}

const htmlOf = ({ intro, sections }: IssueContent) =>
  [...intro, ...sections.flatMap(({ blocks }) => blocks)].map(({ html }) => html).join('');
const codes = ({ warnings }: IssueContent) => warnings.map(({ code }) => code);

test('pictures from elsewhere are pending in the answer and ours soon after, cover and all', async () => {
  const { services, fetched } = keeping({ 'https://a.example/1.png?x=1&y=2': 'one', 'https://a.example/2.png': 'two' });
  const { slug, content } = await upload(
    '![甲](https://a.example/1.png?x=1&y=2)\n\ntext ![乙](https://a.example/2.png) ![](https://a.example/2.png)',
    services,
  );

  expect(await keepIssueImages(keepImagesMessage(slug), services)).toBe('kept');

  const kept = await stored(slug, services);
  expect(content.images.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending']);
  expect(kept.images).toEqual([
    { url: ours('one'), alt: '甲', state: 'kept', width: 320, height: 200 },
    { url: ours('two'), alt: '乙', state: 'kept', width: 320, height: 200 },
    { url: ours('two'), alt: '', state: 'kept', width: 320, height: 200 },
  ]);
  expect(kept.cover).toBe(ours('one'));
  expect(htmlOf(kept)).toContain(`<img src="${ours('one')}" alt="甲" width="320" height="200" />`);
  expect(htmlOf(kept)).not.toContain('a.example');
  expect(fetched).toHaveLength(2);
});

test('a picture that cannot be had keeps its address, and a warning names it', async () => {
  const { services } = keeping({ 'https://a.example/1.png': 'broken' });
  const { slug } = await upload('![甲](https://a.example/1.png) ![乙](https://a.example/gone.png) ![丙](http://a.example/3.png)', services);

  await keepIssueImages(keepImagesMessage(slug), services);

  const kept = await stored(slug, services);
  expect(kept.images).toEqual([
    { url: 'https://a.example/1.png', alt: '甲', state: 'failed', reason: 'unreadable' },
    { url: 'https://a.example/gone.png', alt: '乙', state: 'failed', reason: 'refused' },
    { url: 'http://a.example/3.png', alt: '丙', state: 'remote' },
  ]);
  expect(htmlOf(kept)).toContain('src="https://a.example/gone.png"');
  expect(codes(kept)).toEqual(['image_failed', 'image_failed']);
});

test('an SVG leaves its words and no picture', async () => {
  const { services } = keeping({ 'https://a.example/drawing': 'svg' });
  const { slug } = await upload('![一张图](https://a.example/drawing)', services);

  await keepIssueImages(keepImagesMessage(slug), services);

  const kept = await stored(slug, services);
  expect(htmlOf(kept)).toContain('<img alt="一张图" />');
  expect(kept).toMatchObject({ cover: null, images: [{ url: 'https://a.example/drawing', state: 'failed', reason: 'svg' }] });
});

test('the cover that only the metadata names becomes ours too, and is no picture of the text', async () => {
  const { services } = keeping({ 'https://a.example/cover.png': 'cover' });
  const { slug } = await upload('text', services);
  const before = await stored(slug, services);
  await services.issues.replace({ content: { ...before, cover: 'https://a.example/cover.png' }, sourceHash: 'cover', now });

  await keepIssueImages(keepImagesMessage(slug), services);

  expect(await stored(slug, services)).toMatchObject({ cover: ours('cover'), images: [] });
});

test('an editor who replaces the issue meanwhile loses nothing of the new text', async () => {
  const { services, fetched } = keeping({ 'https://a.example/1.png': 'one', 'https://a.example/2.png': 'two' }, async () => {
    if (fetched.length > 1) return;
    const changed = await stored(slug, services);
    const paragraph = { kind: 'paragraph' as const, text: '新', html: '<p>新 <img src="https://a.example/2.png" alt="" /></p>' };
    const images = [...changed.images, { url: 'https://a.example/2.png', alt: '', state: 'pending' as const }];
    await services.issues.replace({ content: { ...changed, intro: [...changed.intro, paragraph], images }, sourceHash: 'new', now });
  });
  const { slug } = await upload('![](https://a.example/1.png)', services);

  expect(await keepIssueImages(keepImagesMessage(slug), services)).toBe('kept');

  const kept = await stored(slug, services);
  expect(kept.images.map(({ state }) => state)).toEqual(['kept', 'kept']);
  expect(htmlOf(kept)).toContain(`<p>新 <img src="${ours('two')}"`);
  expect(fetched).toEqual(['https://a.example/1.png', 'https://a.example/2.png']);
});

test('what a digest froze before stays as it was', async () => {
  const { services } = keeping({ 'https://a.example/1.png': 'one' });
  const { slug } = await upload('![](https://a.example/1.png)', services);
  const frozen = (await services.issues.get(slug))?.contentHash ?? '';

  await keepIssueImages(keepImagesMessage(slug), services);

  expect((await services.issues.content(slug, frozen))?.images[0]?.url).toBe('https://a.example/1.png');
});

test('what there is no time for is left to another turn, and nothing is given up for it', async () => {
  const web = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`https://a.example/${n}.png`, `p${n}`]));
  const { services, sent, fetched } = keeping(web);
  const { slug } = await upload(
    Object.keys(web)
      .map((address) => `![](${address})`)
      .join(' '),
    services,
  );
  const short = { ...services, remainingMilliseconds: () => (fetched.length === 5 ? 0 : 5_000) };

  const answers = [
    await keepIssueImages(keepImagesMessage(slug), short),
    await keepIssueImages(sent[0] ?? keepImagesMessage(''), services),
  ];

  expect(answers).toEqual(['postponed', 'kept']);
  expect((await stored(slug, services)).images.map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => 'kept'));
});

test('a server that takes too long is asked a second time, after all others, and then given up', async () => {
  const slow = new ImageFailure('timed_out', { transient: true });
  const { services, sent, fetched } = keeping({ 'https://a.example/1.png': slow, 'https://a.example/2.png': 'two' });
  const { slug } = await upload('![](https://a.example/1.png) ![](https://a.example/2.png)', services);

  const first = await keepIssueImages(keepImagesMessage(slug), services);
  const between = (await stored(slug, services)).images.map(({ state }) => state);
  const second = await keepIssueImages(sent[0] ?? keepImagesMessage(''), services);

  expect([first, second]).toEqual(['postponed', 'kept']);
  expect(between).toEqual(['pending', 'kept']);
  expect(fetched).toEqual(['https://a.example/1.png', 'https://a.example/2.png', 'https://a.example/1.png']);
  expect((await stored(slug, services)).images).toMatchObject([{ state: 'failed', reason: 'timed_out' }, { state: 'kept' }]);
});

test('an issue that is gone is nothing to worry about', async () => {
  expect(await keepIssueImages(keepImagesMessage('never-was'), keeping().services)).toBe('gone');
});

test('what comes beside the file or inside of it is ours in the answer, however its address is written', async () => {
  const { services } = keeping();
  const inlined = `data:image/png;base64,${Buffer.from('inlined').toString('base64')}`;
  const { content } = await upload(`![甲](./img/a%20b.png?v=2) ![乙](c.png) ![丙](${inlined}) ![丁](img\\d.png)`, services, {
    images: { 'img/a b.png': 'one', 'deep/C.png': 'two', 'img/d.png': 'four' },
  });

  expect(content.images).toEqual(
    [
      [ours('one'), '甲'],
      [ours('two'), '乙'],
      [ours('inlined'), '丙'],
      [ours('four'), '丁'],
    ].map(([url, alt]) => ({ url, alt, state: 'kept', width: 320, height: 200 })),
  );
  expect(JSON.stringify(content)).not.toMatch(/base64|uploaded\.invalid/);
  expect(content.warnings).toEqual([]);
});

test('what came along and cannot be opened, or is not in the text, is named', async () => {
  const { services } = keeping();
  const { content } = await upload('![甲](a.png) ![乙](missing.png)', services, { images: { 'a.png': 'broken', 'b.png': 'two' } });

  expect(content.images).toEqual([
    { url: 'a.png', alt: '甲', state: 'failed', reason: 'unreadable' },
    { url: 'missing.png', alt: '乙', state: 'failed' },
  ]);
  expect(htmlOf(content)).toContain('<img alt="甲" />');
  expect(codes(content).toSorted()).toEqual(['image_removed', 'image_unused', 'relative_picture']);
});

test('what takes too long while an editor waits is left to the worker', async () => {
  const { services } = keeping();
  const { slug, content } = await upload('![甲](a.png)', services, { images: { 'a.png': 'one' }, milliseconds: 0 });

  await keepIssueImages(keepImagesMessage(slug), services);

  expect(content.images).toMatchObject([{ state: 'pending', url: expect.stringContaining(uploadedAddress('')) }]);
  expect((await stored(slug, services)).images).toMatchObject([{ url: ours('one'), state: 'kept' }]);
});

test('three megabytes of pictures inside a file are no three megabytes of text', async () => {
  const { services } = keeping();
  const large = `data:image/png;base64,${Buffer.alloc(3_000_000, 'x').toString('base64')}`;

  const { content } = await upload(`text\n\n<p><img src="${large}" alt="大"></p>`, services);

  expect(content.images).toMatchObject([{ state: 'kept', alt: '大' }]);
});

test.each([
  ['![甲](a.png){width=80}', 80, 50],
  ['<img src="a.png" alt="甲" height="100">', 160, 100],
  ['![甲](a.png =300x10)', 300, 188],
  ['![甲](a@2x.png)', 160, 100],
  ['![甲](a.png)', 320, 200],
])('%s is shown as large as its source wants it, in its own shape', async (source, width, height) => {
  const { services } = keeping();

  const { content } = await upload(source, services, { images: { 'a.png': 'one', 'a@2x.png': 'one' } });

  expect(htmlOf(content)).toContain(`width="${width}" height="${height}"`);
  expect(content.images).toMatchObject([{ state: 'kept', width: 320, height: 200 }]);
});
