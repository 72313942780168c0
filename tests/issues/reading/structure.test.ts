import { expect, test } from 'vitest';
import { itemCounts, outline, read, refusal, texts } from '../reading-an-issue.ts';

const p = (text: string) => `<p>${text}</p>`;
const center = (text: string) => `<p style="text-align:center">${text}</p>`;
const page = (...parts: string[]) => read(`---\ntitle: 周报\n---\n<div>${parts.join('\n')}</div>`);
const picture = '<p><img src="https://images.example.org/a.png"></p>';
const prose = p('今天上午，三座新桥在雨中同时通车，市民可以免费步行参观一周。');

test('a leading heading with other words than the metadata’s title stays in the text', () => {
  const issue = read('---\ntitle: 周报 12\n---\n# 本周的话\n\n你好。');

  expect(issue.title).toBe('周报 12');
  expect(issue.sections.map(({ title, blocks }) => [title, texts(blocks)])).toEqual([['本周的话', ['你好。']]]);
});

test('a heading below visible text is not the title, even with the same words', () => {
  const issue = read('---\ntitle: 周报\n---\n先说一句。\n\n# 《周报》\n\n你好。');

  expect(issue.title).toBe('周报');
  expect(texts(issue.intro)).toEqual(['先说一句。']);
  expect(outline(issue)).toEqual([['《周报》']]);
});

test.each([
  ['# 头条\n\n正文', '头条'],
  ['只有一行话\n\n还有一行', '只有一行话'],
  ['<html><head><title>站点</title></head><body><p>正文</p></body></html>', '站点'],
  ['- 一\n- 二', '一'],
])('without metadata %j is titled %s', (source, title) => {
  expect(read(source).title).toBe(title);
});

test('a first line too long for a title stays whole in the text', () => {
  const line = '很'.repeat(300);

  const issue = read(`${line}\n\n正文`);

  expect(issue.title).toMatch(/^很{60}…$/);
  expect(texts(issue.intro)).toEqual([line, '正文']);
});

test('a link in the title is named in a warning, its words are the title', () => {
  const issue = read('# [周报](https://example.org/1)\n\n正文');

  expect(issue.title).toBe('周报');
  expect(issue.warnings).toContainEqual(expect.objectContaining({ code: 'title_link', line: 1 }));
});

test('centred short paragraphs are sections, not a caption, a date or what ends a sentence', () => {
  const issue = page(
    center('2026年11月20日'),
    center('要闻'),
    prose,
    picture,
    center('图为新桥'),
    prose,
    center('这是一句居中的话。'),
    center('文化'),
    prose,
  );

  expect(issue.sections.map(({ title }) => title)).toEqual(['要闻', '文化']);
});

test('a centred line between a picture and item 1 is a section', () => {
  const issue = page(center('要闻'), p('1、新桥通车'), prose, picture, center('文化'), p('1、书市开幕'), prose);

  expect(outline(issue)).toEqual([
    ['要闻', '1 新桥通车'],
    ['文化', '1 书市开幕'],
  ]);
});

test('where nothing is centred, wholly bold short paragraphs are sections', () => {
  const issue = page(p('<b>要闻</b>'), prose, p('<span style="font-weight:700">文化</span>'), p('<b>部分</b>加粗'), prose);

  expect(issue.sections.map(({ title }) => title)).toEqual(['要闻', '文化']);
});

test('numbered items without any section are one section without a title', () => {
  const issue = page(prose, p('<b>1、新桥通车</b>'), prose, p('<b>2、书市开幕</b>'), prose);

  expect(outline(issue)).toEqual([['', '1 新桥通车', '2 书市开幕']]);
  expect(issue.intro).toHaveLength(1);
});

test.each([
  ['1、', '2、'],
  ['1. ', '2. '],
  ['1）', '2）'],
  ['（1）', '（2）'],
  ['第一，', '第二，'],
  ['一、', '二、'],
])('items numbered %s lose the mark and keep the number', (first, second) => {
  const issue = page(p(`<b>${first}新桥通车</b>`), prose, p(`<b>${second}书市开幕</b>`), prose);

  expect(issue.sections[0]?.items.map(({ number, title }) => [number, title])).toEqual([
    [1, '新桥通车'],
    [2, '书市开幕'],
  ]);
});

test('another style of number inside an item is text', () => {
  const issue = page(p('<b>1、新桥通车</b>'), p('<b>（1）东桥</b>'), prose, p('<b>（2）西桥</b>'), prose, p('<b>2、书市开幕</b>'), prose);

  expect(outline(issue)).toEqual([['', '1 新桥通车', '2 书市开幕']]);
});

test('gaps and repeats in the count are kept as written, with a warning at their line', () => {
  const issue = read('Title: 周报\n\n**1、甲**\n\n正文。\n\n**3、乙**\n\n正文。\n\n**3、丙**\n\n正文。\n');

  expect(issue.sections[0]?.items.map(({ number }) => number)).toEqual([1, 3, 3]);
  expect(issue.warnings.filter(({ code }) => code.startsWith('number'))).toEqual([
    { code: 'number_gap', values: { number: 3, before: 1 }, line: 7 },
    { code: 'number_repeat', values: { number: 3 }, line: 11 },
  ]);
});

test('a count that goes back is not called a repeat', () => {
  const issue = read('Title: 周报\n\n**1、甲**\n\n正文。\n\n**2、乙**\n\n正文。\n\n**1、丙**\n\n正文。\n');

  expect(issue.warnings.filter(({ code }) => code.startsWith('number'))).toEqual([
    { code: 'number_back', values: { number: 1, before: 2 }, line: 11 },
  ]);
});

test('three numbered paragraphs with nothing between them are a list, not items', () => {
  const issue = page(p('<b>1、新桥通车</b>'), prose, p('1、免费'), p('2、步行'), p('3、一周'), prose, p('<b>2、书市开幕</b>'), prose);

  expect(outline(issue)).toEqual([['', '1 新桥通车', '2 书市开幕']]);
});

test('headlines without a text are items when the count around them goes on', () => {
  const issue = page(p('<b>1、甲</b>'), p('<b>2、乙</b>'), p('<b>3、丙</b>'), prose, p('<b>4、丁</b>'), prose);

  expect(itemCounts(issue)).toEqual([4]);
});

test('entries of lists and lines of quotes are never items', () => {
  const issue = page('<ul><li>1、甲</li><li>2、乙</li></ul>', '<blockquote><p>1、丙</p></blockquote>', prose);

  expect(issue.sections).toEqual([]);
});

test('a number alone is an item without a title, and a numbered text one whose text stays', () => {
  const long = '2、今天上午，三座新桥在雨中同时通车，市民可以免费步行参观一周，之后恢复收费，老人和学生除外。';
  const issue = page(p('1、'), prose, p(long), prose);

  expect(issue.sections[0]?.items.map(({ number, title }) => [number, title])).toEqual([
    [1, null],
    [2, null],
  ]);
  expect(issue.sections[0]?.items[1]?.blocks[0]?.text).toBe(long);
});

test('a bold number that shares its paragraph is text where it continues no count', () => {
  const issue = page(prose, p('<b>（1）第一步</b>。先把木头晾干，敲起来声音发脆才算好。'), p('<b>（2）第二步</b>。顺着纹理走。'));

  expect(issue.sections).toEqual([]);
});

test('a bold first line with its text below it in the same paragraph is an item', () => {
  const issue = page(p('<b>1、新桥通车</b><br>今天上午，三座新桥通车。'), p('<b>2、书市开幕</b><br>明天见。'));

  expect(outline(issue)).toEqual([['', '1 新桥通车', '2 书市开幕']]);
  expect(issue.sections[0]?.items[0]?.blocks[0]?.text).toBe('今天上午，三座新桥通车。');
});

test.each(['（完）', '— 完 —', 'END', '- END -', '全文完'])('the closing begins with the end mark %s', (mark) => {
  const issue = page(p('<b>1、甲</b>'), prose, p(mark), p('扫码关注我们。'));

  expect(texts(issue.closing)).toEqual([mark, '扫码关注我们。']);
});

test('what follows a rule after the last item is the closing', () => {
  const issue = read('Title: 周报\n\n## 要闻\n\n### 甲\n\n正文。\n\n---\n\n## 文化\n\n### 乙\n\n正文。\n\n---\n\n下周见。\n');

  expect(texts(issue.closing)).toEqual(['', '下周见。']);
});

test('where items have rules inside, a rule ends none of them', () => {
  const issue = read('Title: 周报\n\n## 要闻\n\n### 甲\n\n正文。\n\n---\n\n注。\n\n## 文化\n\n### 乙\n\n正文。\n\n---\n\n注。\n');

  expect(issue.closing).toEqual([]);
});

test('a picture with its caption at the end belongs to the last item', () => {
  const issue = page(p('<b>1、甲</b>'), prose, center('<img src="https://images.example.org/a.png">'), center('图为新桥'));

  expect(issue.closing).toEqual([]);
  expect(issue.sections[0]?.items[0]?.blocks).toHaveLength(3);
});

test('white space with a line break goes between Chinese and stays, as one space, between words', () => {
  const issue = page(
    p('新桥\n  <b>\n  《东桥》\n </b>\n ，今天  通车'),
    p('two\n  <i>words</i>\n\nand “one”\n 中文'),
    p('中 \n\t文 a\n b'),
  );

  expect(texts(issue.intro)).toEqual(['新桥《东桥》，今天 通车', 'two words and “one”中文', '中文 a b']);
});

test('two line breaks in a row are a new paragraph, one is a new line', () => {
  const issue = page(p('甲<br>乙<br><br>丙<br/>'));

  expect(texts(issue.intro)).toEqual(['甲\n乙', '丙']);
});

test('tables, lists, quotes, code and rules keep their kind and their text', () => {
  const issue = page(
    '<table><tr><th>程序</th><th>用时</th></tr><tr><td>甲</td><td>1 s</td></tr></table>',
    '<ul><li>一<ul><li>二</li></ul></li></ul>',
    '<blockquote><p>三</p><p>四</p></blockquote>',
    '<pre><code>a  b\n  c</code></pre>',
    '<hr>',
    '<p>五</p>',
  );

  expect(issue.intro.map(({ kind, text }) => [kind, text])).toEqual([
    ['table', '程序\t用时\n甲\t1 s'],
    ['list', '一\n二'],
    ['quote', '三\n四'],
    ['code', 'a  b\n  c'],
    ['rule', ''],
    ['paragraph', '五'],
  ]);
});

test('numbers that go on from one section to the next are numbers in each', () => {
  const { sections } = read('# 甲\n\n## 一月\n\n### 1、桥\n\n文\n\n### 2、路\n\n文\n\n## 二月\n\n### 3、河\n\n文\n\n### 4、岸\n\n文\n');

  expect(sections.map(({ items }) => items.map(({ number, title }) => [number, title]))).toEqual([
    [
      [1, '桥'],
      [2, '路'],
    ],
    [
      [3, '河'],
      [4, '岸'],
    ],
  ]);
});

test.each([
  ['a Markdown table', 'a.md', '# 甲\n\n| 月份 | 升 | 天 |\n| :-- | --: | :-: |\n| 六月 | 1184 | 30 |\n'],
  [
    'a page',
    'a.html',
    '<h1>甲</h1><table><tr><th>月份</th><th align="RIGHT">升</th><th class="text-center">天</th></tr><tr><td>六月</td><td style="text-align: right; color: red">1184</td><td align="center">30</td></tr></table>',
  ],
])('columns of %s keep their alignment', (_name, _file, source) => {
  const [table] = read(source).intro;

  const aligned = Array.from(table?.html.matchAll(/<t[hd](?: align="(\w+)")?>/g) ?? [], ([, align]) => align);
  expect(aligned).toEqual([undefined, 'right', 'center', undefined, 'right', 'center']);
});

test('a row’s alignment is that of its cells, and nothing else is taken for one', () => {
  const issue = page(
    '<table><tr align="right"><td>1</td><td align="left">2</td><td align="x&quot; onclick=&quot;y">3</td><td align="char">4</td></tr></table>',
  );

  expect(issue.intro[0]?.html).toContain('<tr><td align="right">1</td><td>2</td><td align="right">3</td><td align="right">4</td></tr>');
});

test('a table that only lays out the page leaves its content', () => {
  const issue = page('<table><tr><td><h2>要闻</h2><p>甲</p></td></tr><tr><td><h2>文化</h2><p>乙</p></td></tr></table>');

  expect(issue.sections.map(({ title, blocks }) => [title, ...texts(blocks)])).toEqual([
    ['要闻', '甲'],
    ['文化', '乙'],
  ]);
});

test('a section’s title may be a link', () => {
  const issue = read('Title: w\n\n## [News](https://example.org/n)\n\na\n\n## Rest\n\nb');

  expect(issue.sections[0]).toMatchObject({ title: 'News', url: 'https://example.org/n' });
});

test.each([
  '',
  '   \n',
  '<p>&nbsp;</p>',
  '<script>alert(1)</script>',
  '---\ntitle: a\n---\n',
  '<p><img src="https://images.example.org/a.png"></p>',
])('a file without any text is refused: %j', (source) => {
  expect(refusal(source)).toMatchObject({ code: 'no_text', message: 'The file has no text.' });
});
