import { describe, expect, test } from 'vitest';
import { outline, read, refusal, targets, texts } from '../reading-an-issue.ts';

const rss = (items: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>河港</title><language>zh-CN</language>${items}</channel></rss>`;
const item = (title: string, more = '') =>
  `<item><title>${title}</title><pubDate>Fri, 20 Nov 2026 20:00:00 GMT</pubDate><guid>internal-7</guid><content:encoded><![CDATA[<h2>码头</h2><p>见<a href="https://example.org/a">此</a>。</p><h2>灯塔</h2><p>文。</p>]]></content:encoded>${more}</item>`;

describe('a feed', () => {
  test('of one item is that item', () => {
    const issue = read(rss(item('河港周报 &amp;amp; 12')));

    expect(issue).toMatchObject({ title: '河港周报 & 12', date: '2026-11-21' });
    expect(outline(issue)).toEqual([['码头'], ['灯塔']]);
    expect(targets(issue).links).toEqual(['https://example.org/a']);
    expect(JSON.stringify(issue)).not.toContain('internal-7');
  });

  test('in Atom may hold its text as XHTML', () => {
    const issue = read(
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>河港</title><entry><title type="html">&lt;b&gt;周报&lt;/b&gt;</title><published>2026-11-20T01:00:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>今晨<b>停航</b>。</p></div></content></entry></feed>',
    );

    expect(issue).toMatchObject({ title: '周报', date: '2026-11-20' });
    expect(issue.intro[0]?.html).toBe('<p>今晨<strong>停航</strong>。</p>');
  });

  test('of WordPress counts posts alone, whose lines are paragraphs', () => {
    const post =
      '<item><title>周报</title><content:encoded><![CDATA[甲。\n\n[caption id="a"]乙。[/caption]]]></content:encoded><wp:post_type>post</wp:post_type></item>';
    const issue = read(
      rss(`${post}<item><title>关于</title><content:encoded>丙</content:encoded><wp:post_type>page</wp:post_type></item>`),
    );

    expect(texts(issue.intro)).toEqual(['甲。', '乙。']);
  });

  test('of several says how many there are', () => {
    expect(refusal(rss(item('甲') + item('乙') + item('丙')))).toMatchObject({ code: 'several_posts', values: { posts: 3 } });
  });

  test.each(['<p>', '<item>'])('that nests %s without end is refused', (piece) => {
    const { code, values } = refusal(rss(item('甲') + piece.repeat(100_000)));

    expect({ code, values }).toEqual({ code: 'elements_too_deep', values: { line: 3, most: 200 } });
  });

  test('knows no entities of its own, however they multiply', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "${'文'.repeat(50)}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><item><title>周报</title><description>甲 &c;&c;&c;&c;</description></item></channel></rss>`;

    expect(texts(read(bomb).intro)).toEqual(['甲 &c;&c;&c;&c;']);
  });
});

describe('JSON', () => {
  test.each([
    [
      'Ghost’s export',
      {
        db: [
          {
            data: {
              posts: [{ title: '周报', slug: 'zhou', html: '<p>甲。</p>', published_at: '2026-11-20T01:00:00.000Z', status: 'published' }],
            },
          },
        ],
      },
    ],
    [
      'Ghost’s API',
      { posts: [{ id: '1', title: '周报', slug: 'zhou', html: '<p>甲。</p>', published_at: '2026-11-20T01:00:00.000+00:00' }] },
    ],
    [
      'WordPress’s API',
      [{ id: 7, date_gmt: '2026-11-20T01:00:00', slug: 'zhou', title: { rendered: '周报' }, content: { rendered: '<p>甲。</p>' } }],
    ],
    ['Substack’s API', { title: '周报', slug: 'zhou', post_date: '2026-11-20T01:00:00Z', body_html: '<p>甲。</p>' }],
    ['Buttondown’s API', { results: [{ subject: '周报', slug: 'zhou', publish_date: '2026-11-20T01:00:00Z', body: '甲。' }] }],
    [
      'dev.to’s API',
      { title: '周报', slug: 'zhou', published_at: '2026-11-20T01:00:00Z', body_markdown: '甲。', body_html: '<p>乙。</p>' },
    ],
  ])('of one post, as %s has it, is that post', (_from, json) => {
    const issue = read(JSON.stringify(json));

    expect(issue).toMatchObject({ title: '周报', slug: 'zhou', date: '2026-11-20' });
    expect(texts(issue.intro)).toEqual(['甲。']);
  });

  test.each([
    [[1, 2].map((n) => ({ subject: `周报 ${n}`, body: '甲。' })), 2],
    [{ posts: [1, 2, 3].map((n) => ({ title: `周报 ${n}`, html: '<p>甲。</p>' })) }, 3],
    [{ version: 'https://jsonfeed.org/version/1.1', items: [1, 2].map((n) => ({ id: String(n), content_html: '<p>甲。</p>' })) }, 2],
  ])('of several posts says how many there are (%#)', (json, posts) => {
    expect(refusal(JSON.stringify(json))).toMatchObject({ code: 'several_posts', values: { posts } });
  });

  test('a key of our own shape that is not known is named, and where it is', () => {
    const issue = read(
      JSON.stringify({ title: '周报', sections: [{ title: '码头', text: '丢了。', items: [{ title: '甲', body: '也丢了。' }] }] }),
    );

    expect(issue.warnings.filter(({ code }) => code === 'unknown_key')).toEqual([
      { code: 'unknown_key', values: { key: 'text' }, path: 'sections.0' },
      { code: 'unknown_key', values: { key: 'body' }, path: 'sections.0.items.0' },
    ]);
  });

  test('a text in square brackets is a text', () => {
    expect(read('[ "甲" 与乙 ]\n\n文。').title).toBe('[ "甲" 与乙 ]');
  });
});

describe('what is recognised and refused', () => {
  test.each([
    ['AsciiDoc', '= Harbour Weekly\nAda <ada@example.org>\n:toc:\n\n== Quay\n\n* https://example.org[Timetable]\n'],
    ['AsciiDoc', '== Quay\n\nText.\n\n[NOTE]\n====\nMind the gap.\n====\n\n== Lighthouse\n\nimage::a.png[]\n'],
    ['reStructuredText', 'Harbour\n=======\n\n.. image:: a.png\n\nSee `the timetable <https://example.org>`_.\n'],
    ['reStructuredText', 'Quay\n----\n\n.. note:: Mind the gap.\n\n:Date: 2026-11-20\n'],
    ['Org', '#+TITLE: Harbour\n\n* Quay\n[[https://example.org][Timetable]]\n'],
    ['LaTeX', '\\documentclass{article}\n\\begin{document}\nHarbour\n\\end{document}\n'],
    ['Jupyter', JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ cell_type: 'markdown', source: ['# 周报'] }] })],
    ['XML', '<?xml version="1.0"?><opml version="2.0"><body><outline text="a"/></body></opml>'],
  ])('%s', (format, text) => {
    expect(refusal(text)).toMatchObject({ code: 'format_not_read', values: { format }, status: 415 });
  });

  test.each([
    'email,name\nada@example.org,Ada\nben@example.org,Ben\n',
    'ada@example.org\nben@example.org\n',
    '"Ada" <ada@example.org>\n"Ben" <ben@example.org>\n',
    '邮箱;称呼\nada@example.org;Ada\n',
    JSON.stringify([{ email: 'ada@example.org', name: 'Ada' }, { email: 'ben@example.org' }]),
    JSON.stringify({ members: [{ email: 'ada@example.org' }, { email: 'ben@example.org' }] }),
  ])('a list of readers: %j', (text) => {
    expect(refusal(text)).toMatchObject({ code: 'list_of_readers' });
  });

  test.each([
    '# 周报\n\n```latex\n\\documentclass{article}\n```\n\n文。',
    '# 周报\n\n```rst\n.. image:: a.png\n\n`a <b>`_\n```\n\n文。',
    '# 周报\n\n写信给 ada@example.org 或 ben@example.org。\n\n| 人 | 信箱 |\n|---|---|\n| Ada | ada@example.org |\n\n文。\n\n再见。',
    'Harbour\n=======\n\nQuay\n----\n\nText.\n',
    '---\ntitle: 周报\n---\n\n.. 省略号开头\n\n文。',
  ])('%j is an issue', (text) => {
    expect(() => read(text)).not.toThrow();
  });
});
