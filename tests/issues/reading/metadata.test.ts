import { expect, test } from 'vitest';
import { read, refusal } from '../reading-an-issue.ts';

const withYaml = (...lines: string[]) => read(`---\n${lines.join('\n')}\n---\n正文。`);

test.each([
  ['YAML', '---\ntitle: "甲: 乙"\nnumber: 7\ndate: 2026-11-20\n---\n正文。'],
  ['TOML', '+++\ntitle = "甲: 乙"\nnumber = 7\ndate = 2026-11-20T08:00:00+08:00\ntags = ["a", "b"]\n[extra]\nx = true\n+++\n正文。'],
  ['lines of keys', 'Title: 甲: 乙\nNumber: 7\nDate: 2026-11-20\nTags: a,\n  b\n\n正文。'],
  ['definitions', '@def title = "甲: 乙"\n@def number = 7\n@def date = Date(2026, 11, 20)\n@def tags = ["a", "b"]\n\n正文。'],
  ['TOML with dates of Julia', '+++\ntitle = "甲: 乙"\nnumber = 7\ndate = Date(2026, 11, 20)\n+++\n正文。'],
])('metadata in %s is read', (_kind, source) => {
  const issue = read(source);

  expect(issue).toMatchObject({ title: '甲: 乙', number: 7, slug: 'issue-7', date: '2026-11-20' });
  expect(issue.intro).toHaveLength(1);
});

test.each([
  ['周报（第 300 期）：三十年', 300],
  ['周刊第十二期', 12],
  ['Weekly #41', 41],
  ['Issue 5: a start', 5],
  ['Weekly, vol. 19', 19],
  ['This Week 665', 665],
  ['第１２期', 12],
  ['年终盘点 2026', null],
  ['发布 v2.10', null],
  ['周报 2026-11-20', null],
  ['三座桥', null],
])('the number of “%s” is %s', (title, number) => {
  expect(withYaml(`title: "${title}"`).number).toBe(number);
});

test.each([
  ['slug: Harbour Weekly 3', 'harbour-weekly-3'],
  ['permalink: /weekly/2026/harbour-3.html', 'harbour-3'],
  ['number: 3', 'issue-3'],
])('the slug comes from %s', (line, slug) => {
  expect(withYaml('title: 周报', line).slug).toBe(slug);
});

test('without slug and number, the date and the title’s letters make the slug', () => {
  const [one, same, other] = ['《周报》', '周报！', '日报'].map((title) => withYaml(`title: "${title}"`, 'date: 2026-11-20').slug);

  expect(one).toMatch(/^2026-11-20-[0-9a-f]{6}$/);
  expect(same).toBe(one);
  expect(other).not.toBe(one);
});

test.each([
  ['2026-11-20 23:30:00 -0500', '2026-11-21'],
  ['2026-11-20 23:30:00', '2026-11-20'],
  ['2026/3/7', '2026-03-07'],
  ['2026年3月7日', '2026-03-07'],
  ['Fri, 20 Nov 2026 20:00:00 GMT', '2026-11-21'],
])('the date %s is %s in the newsletter’s time zone', (date, day) => {
  expect(withYaml('title: a', `date: ${date}`).date).toBe(day);
});

test('a file without a date is of today, and says so', () => {
  const issue = withYaml('title: a');

  expect(issue.date).toBe('2026-11-23');
  expect(issue.warnings.map(({ code }) => code)).toEqual(['no_date']);
});

test('the language is the metadata’s, else that of most letters', () => {
  const languages = [withYaml('title: a', 'lang: en_us'), read('你好，世界'), read('Hello, 世 world'), read('これは日本語の文です')].map(
    ({ language }) => language,
  );

  expect(languages).toEqual(['en-US', 'zh-CN', 'en', 'ja']);
});

test('a description that breaks off is cut back to its last whole sentence', () => {
  const issue = read('---\ntitle: a\ndescription: 新桥通车了。市民可以免费\n---\n新桥通车了。市民可以免费参观一周。');

  expect(issue.summary).toBe('新桥通车了。');
});

test('a description in its own words stays as it is', () => {
  expect(withYaml('title: a', 'description: 本周看桥').summary).toBe('本周看桥');
});

test('the metadata’s picture is the cover of a text without any', () => {
  const issue = withYaml('title: a', 'image:', '    path: https://images.example.org/share.png');

  expect(issue.cover).toBe('https://images.example.org/share.png');
  expect(issue.images).toEqual([]);
});

test.each([
  ['code as metadata', 'metadata_language', '---js\n{ title: process.exit() }\n---\n正文', 1],
  ['a tag', 'metadata_tag', '---\ntitle: a\nrun: !!js/function "x"\n---\n正文', 3],
  ['a tag of one’s own', 'metadata_tag', '---\ntitle: !secret a\n---\n正文', 2],
  [
    'aliases that multiply',
    'metadata_aliases',
    '---\na: &a [x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n---\n正文',
    1,
  ],
  ['__proto__', 'key_not_allowed', '---\ntitle: a\nx:\n  __proto__: {isEditor: true}\n---\n正文', 4],
  ['__proto__ in TOML', 'key_not_allowed', '+++\n__proto__ = "a"\n+++\n正文', 2],
  ['a quote that is not closed', 'metadata_open_quote', '---\ntitle: a\nb: "open\n---\n正文', 3],
  ['broken YAML', 'metadata_invalid', '---\ntitle: a\n{b\n---\n正文', 3],
  ['depth', 'metadata_too_deep', `---\na: ${'['.repeat(9_000)}\n---\n正文`, 2],
  ['keys of keys', 'metadata_too_deep', `---\n${'? '.repeat(9_000)}x\n---\n正文`, 2],
  ['size', 'metadata_too_large', `---\n${'a: b\n'.repeat(9_000)}---\n正文`, 1],
])('%s in the metadata is refused, with its line', (_what, code, source, line) => {
  expect(refusal(source)).toMatchObject({ code, status: 422, values: { line } });
});

test('a quoted text may go on at the beginning of a line, over empty lines too', () => {
  const issue = withYaml('title: 周报', 'description: "水位下降。', '', '渡轮停航：改乘巴士。"', 'number: 7');

  expect(issue).toMatchObject({ title: '周报', number: 7, summary: expect.stringContaining('渡轮停航：改乘巴士。') });
});

test('a text between two rules is text, and so is a paragraph with a colon', () => {
  expect(read('---\n甲\n---\n乙').title).toBe('甲');
  expect(read('Note: hello\n\nmore').title).toBe('Note: hello');
});

test('JSON in the API’s shape and as an item of a JSON Feed is an issue', () => {
  const own = read(
    JSON.stringify({
      title: '周报',
      number: 9,
      date: '2026-11-20',
      sections: [
        {
          title: '要闻',
          blocks: [],
          items: [{ number: 1, title: '甲', url: 'https://example.org/', blocks: [{ html: '<p onclick="x()">乙</p>' }] }],
        },
      ],
    }),
  );
  const feed = read(
    JSON.stringify({
      title: '周报 9',
      date_published: '2026-11-20T00:00:00Z',
      content_html: '<h2>要闻</h2><p>甲</p><h2>文化</h2><p>乙</p>',
    }),
  );

  expect(own).toMatchObject({ slug: 'issue-9', date: '2026-11-20' });
  expect(own.sections[0]?.items[0]).toMatchObject({
    title: '甲',
    url: 'https://example.org/',
    blocks: [{ text: '乙', html: '<p>乙</p>' }],
  });
  expect(feed).toMatchObject({ number: 9, date: '2026-11-20' });
  expect(feed.sections.map(({ title }) => title)).toEqual(['要闻', '文化']);
});

test.each([
  ['{"a": 1}', 'json_without_issue'],
  ['{"title": "a", ', 'invalid_json'],
  ['{"__proto__": {"x": 1}, "title": "a"}', 'key_not_allowed'],
  ['{"title":"a","sections":"b"}', 'json_without_issue'],
])('other JSON is refused: %s', (source, code) => {
  expect(refusal(source).code).toBe(code);
});
