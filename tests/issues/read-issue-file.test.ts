import { expect, test } from 'vitest';
import { fixture, itemCounts, original, outline, read, targets, texts } from './reading-an-issue.ts';

test('a blog page with metadata in front becomes an issue of sections and numbered items', () => {
  const issue = read(fixture('blog-weekly.txt'));

  expect(issue).toMatchObject({
    title: '首座《潮汐公园（一期）》开放预约 | 河港城市周报',
    number: null,
    date: '2026-11-20',
    language: 'zh-CN',
  });
  expect(issue.slug).toMatch(/^2026-11-20-[0-9a-f]{6}$/);
  expect(outline(issue)).toEqual([
    [
      '城区动态',
      '1 《潮汐公园（一期）》下周一开放预约，每日限两千人',
      '2 北岸三条步行街恢复夜间照明',
      '3 旧粮仓改建的图书馆试运行',
      '4 轮渡末班推迟到23:30',
    ],
    ['企业动态', '1 造船厂把3号船坞租给了陶艺工坊', '2 河港纺织推出AI验布机，漏检率降到千分之一'],
    ['生活与自然', '1 夜班公交N7线延长至东滩', '2 观测站记录到今冬首批黑脸琵鹭', '3 老城区十二口古井完成水质复检'],
  ]);
  expect(issue.intro.map(({ kind }) => kind)).toEqual(['image', 'paragraph']);
});

test('a bold title that shares its paragraph with text gives the text to its item', () => {
  const item = read(fixture('blog-weekly.txt')).sections[0]?.items[2];

  expect(item?.blocks).toEqual([expect.objectContaining({ kind: 'paragraph', text: expect.stringMatching(/^11月18日起，/) })]);
});

test('what is aligned unlike the last item’s text is the closing, without blanks beside Chinese marks', () => {
  const { closing } = read(fixture('blog-weekly.txt'));

  expect(closing.map(({ kind }) => kind)).toEqual(['paragraph', 'image']);
  expect(closing[0]?.text).toBe(
    '为了把滩涂上的变化记下来，周报编辑部和观测站一起整理了《河港候鸟手册》，收录了四十七种常见水鸟的照片与叫声。手册免费取阅，数量有限。',
  );
});

test('the picture that the metadata name is the cover, and a description cut off in a sentence ends with a whole one', () => {
  const issue = read(fixture('blog-weekly.txt'));

  expect(issue.cover).toBe('https://images.example.org/harbour/share.png');
  expect(issue.images.map(({ url }) => url.slice(-6))).toEqual(['01.png', '02.png', '03.png', '04.png', '05.png']);
  expect(issue.summary).toBe('连日降温之后，河港两岸迎来了入冬以来第一个晴朗的周末，步道上的人又多了起来。');
});

test('hidden parts, navigation and style sheets are left out', () => {
  const everything = JSON.stringify(read(fixture('blog-weekly.txt')));

  for (const unseen of ['采集编号', '首页', 'clearfix']) expect(everything).not.toContain(unseen);
});

test('a Markdown weekly becomes an issue: number from its title, links on item titles, closing at the end mark', () => {
  const issue = read(fixture('headings-weekly.md'));

  expect(issue).toMatchObject({ title: '手艺人周刊（第 42 期）：一把椅子的十二道工序', number: 42, slug: 'issue-42', date: '2026-11-23' });
  expect(itemCounts(issue)).toEqual([0, 0, 2, 3, 2, 0]);
  expect(issue.sections[3]?.items[1]).toMatchObject({
    number: 2,
    title: 'A field guide to chisels（英文）',
    url: 'https://tools.example.org/chisels',
  });
  expect(issue.sections[4]?.items.map(({ number, title }) => [number, title])).toEqual([
    [1, null],
    [2, null],
  ]);
  expect(issue.sections[4]?.items[1]?.blocks[0]?.text).toBe('好的工具会让人变得安静，因为它不打断你。');
  expect(texts(issue.closing)).toEqual(['（完）']);
});

test('a second link of an item’s title stays with the item', () => {
  const item = read(fixture('headings-weekly.md')).sections[3]?.items[2];

  expect(item).toMatchObject({ title: '纸为什么会黄', url: 'https://paper.example.org/yellow' });
  expect(item?.blocks[0]).toMatchObject({ text: '（译文）', html: expect.stringContaining('href="https://paper.example.org/yellow-zh"') });
});

test('a weekly of links has its headings as sections and items, and a higher heading is a section too', () => {
  const issue = read(fixture('links-weekly.md'));

  expect(issue).toMatchObject({ title: 'Small Compilers Weekly 87', number: 87, date: '2026-11-18', language: 'en' });
  expect(outline(issue)).toEqual([
    ['From the Community', '- Releases', '- Essays'],
    ['Language of the Week'],
    ['From the Projects', '- Benchmarks', '- Accepted Proposals'],
    ['Events', '- Online'],
    ['Quote of the Week'],
  ]);
  expect(issue.sections[2]?.blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'heading', 'list', 'heading', 'list']);
  expect(targets(issue).links).toHaveLength(17);
});

const seed = original('seeds/000_78363683f7a918cc.txt');
test.skipIf(seed.missing)('the seed has the structure that is expected of it (needs ../shared)', () => {
  const issue = read(seed.bytes());

  expect(issue.title).toBe('全国首次《区块链技术能力测试（初级）》推出 | 产业区块链周报');
  expect(issue.sections.map(({ title }) => title)).toEqual(['政府动态', '企业动态', '行业大事件']);
  expect(issue.sections.map(({ items }) => items.map(({ number }) => number))).toEqual([
    [1, 2, 3, 4, 5, 6, 7],
    [1, 2, 3, 4, 5, 6, 7],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  ]);
  expect(issue.intro.map(({ kind }) => kind)).toEqual(['image', 'paragraph']);
  expect(issue.closing.map(({ kind }) => kind)).toEqual(['paragraph', 'image']);
  expect(issue.closing[0]?.text).toMatch(/^为了推动.*撰写了《2019中国区块链产业发展报告》，分别/);
  expect(issue.sections[0]?.items[5]?.blocks).toHaveLength(1);
  expect(targets(issue).pictures).toHaveLength(10);
});

const chinese = original('samples/ruanyf-weekly-300.md');
test.skipIf(chinese.missing)('the Chinese Markdown sample has the structure that is expected of it (needs ../shared)', () => {
  const issue = read(chinese.bytes());

  expect(issue.number).toBe(300);
  expect(itemCounts(issue)).toEqual([0, 0, 2, 4, 6, 2, 12, 4, 2, 1, 5, 0]);
  expect([targets(issue).pictures.length, targets(issue).links.length]).toEqual([49, 64]);
  expect(texts(issue.closing)).toEqual(['（完）']);
});

const english = original('samples/this-week-in-rust-665.md');
test.skipIf(english.missing)('the English Markdown sample has the structure that is expected of it (needs ../shared)', () => {
  const issue = read(english.bytes());

  expect(issue).toMatchObject({ title: 'This Week in Rust 665', number: 665 });
  expect(itemCounts(issue)).toEqual([7, 0, 1, 2, 4, 6, 0, 0]);
  expect(targets(issue).links).toHaveLength(258);
  expect(issue.sections.at(-1)?.title).toBe('Quote of the Week');
});

test('hidden marks of direction in titles end with them, in lists and feeds as well', () => {
  const { title, sections } = read(
    '# Notes \u2067שלום\n\n## Part \u202eeno\n\nSome words of this part.\n\n## Part two\n\nAnd of that one.\n',
  );

  expect(title).toBe('Notes \u2067שלום\u2069');
  expect(sections.map((section) => section.title)).toEqual(['Part eno', 'Part two']);
});
