import { describe, expect, test } from 'vitest';
import { issueText } from '../../../emails/issue/issue-text.ts';
import { issueFindings } from '../../../functions/issues/preflight/issue-findings.ts';
import { issueArticle } from '../../../functions/public/archive/issue-article.ts';
import { outline, read, targets, texts } from '../reading-an-issue.ts';

const head = '---\ntitle: 河港周报\ndate: 2026-11-20\n---\n';
const below = (body: string) => read(head + body);
const html = (body: string) =>
  below(body)
    .intro.map((block) => block.html)
    .join('\n');
const codes = (body: string) => below(body).warnings.map(({ code, line }) => [code, line]);

describe('emphasis and headings', () => {
  test.each([
    ['渡轮停航，**请注意：**改乘巴士。', '<strong>请注意：</strong>改乘'],
    ['她答**“明天。”**然后挂了电话。', '<strong>“明天。”</strong>然后'],
    ['**潮位（厘米）**见下表', '<strong>潮位（厘米）</strong>见'],
    ['~~停航，~~已复航', '<s>停航，</s>已复航'],
    ['*「初霜」*提前', '<em>「初霜」</em>提前'],
  ])('%j is emphasised as it was typed', (source, expected) => {
    expect(html(source)).toContain(expected);
  });

  test('a heading needs no space behind its signs', () => {
    expect(outline(below('##码头\n\n文。\n\n##灯塔\n\n文。'))).toEqual([['码头'], ['灯塔']]);
  });

  test('nor one before a link, whose address may hold such signs', () => {
    expect(outline(below('## 码头\n\n###[灯塔](https://example.org/a#b)\n\n文。\n\n## 集市\n\n文。'))).toEqual([
      ['码头', '- 灯塔'],
      ['集市'],
    ]);
  });

  test('emphasis around nothing but a comment is nothing', () => {
    expect(html('- **<!--bridge-->****新桥通车：**今晨。')).toContain('<strong>新桥通车：</strong>今晨。');
  });

  test.each(['#渡轮 #码头', '#渡轮#', '#fff 是白色', '#include <stdio.h>', '最后一行是标签。\n\n#渡轮'])('%j is no heading', (source) => {
    expect(below(source).sections).toEqual([]);
  });

  test('sections before the first of a higher rank are sections as well', () => {
    expect(outline(below('## 码头\n\n文。\n\n## 灯塔\n\n文。\n\n# 招聘\n\n文。\n\n# 语录\n\n文。'))).toEqual([
      ['码头'],
      ['灯塔'],
      ['招聘'],
      ['语录'],
    ]);
  });

  test('one heading with items below it is a section', () => {
    expect(outline(below('## 读物\n\n1、潮汐表\n\n怎样读。\n\n2、海图\n\n怎样看。'))).toEqual([['读物', '1 潮汐表', '2 海图']]);
  });
});

describe('ordered lists', () => {
  test('entries that begin with a bold title are items', () => {
    const issue = below('1. **新桥通车**\n\n   今晨。\n\n2. **[旧桥](https://example.org/old)** 拆除。\n\n3. **地铁**：延迟。');

    expect(outline(issue)).toEqual([['', '1 新桥通车', '2 旧桥', '3 地铁：']]);
    expect(issue.sections[0]?.items.map(({ blocks }) => texts(blocks))).toEqual([['今晨。'], ['拆除。'], ['延迟。']]);
    expect(issue.sections[0]?.items[1]?.url).toBe('https://example.org/old');
  });

  test.each(['1. **Go** to the quay\n2. **Wait** for the boat', '1. 潮汐表\n2. 海图', '1. **潮汐表**\n2. **海图**'])(
    '%j stays a list',
    (source) => {
      expect(below(source).intro.map(({ kind }) => kind)).toEqual(['list']);
    },
  );
});

describe('footnotes', () => {
  const source =
    '河港[^a]与新桥[^长]，再说河港[^a]。\n\n## 一\n\n文。\n\n## 二\n\n文。\n\n[^a]: 见[今晨](https://example.org/b)\n[^长]: 第一段，\n    还是第一段。\n\n    第二段。\n';

  test('lead to their notes and back, and are at the end of the whole issue', () => {
    const issue = below(source);

    expect(issue.intro[0]?.html).toContain('<sup><a href="#fn-1" id="fnref-1">[1]</a></sup>');
    expect(issue.closing).toHaveLength(1);
    expect(issue.closing[0]).toMatchObject({ kind: 'footnotes' });
    expect(issue.closing[0]?.html).toMatch(/<li id="fn-1">.*<a href="#fnref-1">.*<li id="fn-2"><p>第一段，还是第一段。<\/p><p>第二段。/s);
    expect(issueFindings(issue).warnings).toEqual([]);
  });

  test('come back from the API as they were', () => {
    const issue = below(source);

    expect(read(JSON.stringify(issue)).closing).toEqual(issue.closing);
    expect(read(JSON.stringify(issue)).intro).toEqual(issue.intro);
  });

  test('in a note’s place, or without a mark, are text as well', () => {
    const issue = below('潮位^[以厘米计]上涨。\n\n[^孤]: 没有人提到。\n\n[^孤]: 同名的另一条。');

    expect(texts(issue.intro)).toEqual(['潮位[1]上涨。']);
    expect(issue.closing[0]?.text).toMatch(/以厘米计.*没有人提到。.*同名的另一条。/s);
  });

  test('of a page are known by the small links to and fro', () => {
    const issue = read(
      '<h1>周报</h1><p>潮位<sup id="r1"><a href="#n1">1</a></sup>，<a href="#top">上面</a>。</p><hr><ol><li id="n1">以厘米计 <a href="#r1">↑</a></li></ol>',
    );

    expect(issue.intro[0]?.html).toContain('<a href="#fn-1" id="fnref-1">1</a>');
    expect(issue.closing[0]?.html).toContain('<li id="fn-1">以厘米计 <a href="#fnref-1">↑</a></li>');
    expect(issue.intro[0]?.text).toBe('潮位1，上面。');
  });

  test('have no arrow in a mail’s plain text', () => {
    expect(issueText(below(source), 'https://news.example.org')).toContain('1. 见今晨 <https://example.org/b>');
    expect(issueText(below(source), 'https://news.example.org')).not.toContain('↩');
  });
});

describe('boxes, tasks, terms', () => {
  test.each([
    [':::tip 早潮\n\n六点。\n\n:::', '<blockquote><p><strong>早潮</strong></p><p>六点。</p></blockquote>'],
    ['::: warning\n六点。\n:::', '<blockquote><p>六点。</p></blockquote>'],
    [':::note[早潮]\n六点。\n:::', '<blockquote><p><strong>早潮</strong></p><p>六点。</p></blockquote>'],
    [
      '::::info\n:::tip 内\n六点。\n:::\n七点。\n::::',
      '<blockquote><blockquote><p><strong>内</strong></p><p>六点。</p></blockquote><p>七点。</p></blockquote>',
    ],
    [':::center\n六点。\n:::', '<p>六点。</p>'],
    [
      '!!! note "早潮"\n    六点。\n\n    七点。\n\n八点。',
      '<blockquote><p><strong>早潮</strong></p><p>六点。</p><p>七点。</p></blockquote>\n<p>八点。</p>',
    ],
    ['> [!NOTE]\n> 六点。', '<blockquote><p>六点。</p></blockquote>'],
    ['> [!tip]- 早潮\n> 六点。', '<blockquote><p><strong>早潮</strong></p><p>六点。</p></blockquote>'],
    ['{% note warning %}\n六点。\n{% endnote %}', '<blockquote><p>六点。</p></blockquote>'],
    ['{{% notice tip "早潮" %}}\n六点。\n{{% /notice %}}', '<blockquote><p><strong>早潮</strong></p><p>六点。</p></blockquote>'],
    ['{% hint style="info" %}\n六点。\n{% endhint %}', '<blockquote><p>六点。</p></blockquote>'],
    ['- [x] 灯塔\n- [ ] 码头', '<ul><li>☑ 灯塔</li><li>☐ 码头</li></ul>'],
    ['潮汐\n: 海水的涨落\n- 早潮\n- 晚潮', '<dl><dt>潮汐</dt><dd>海水的涨落</dd></dl>\n<ul><li>早潮</li><li>晚潮</li></ul>'],
    ['潮汐\n: 海水的涨落\n\n海图\n: 海的地图', '<dl><dt>潮汐</dt><dd>海水的涨落</dd><dt>海图</dt><dd>海的地图</dd></dl>'],
  ])('%j', (source, expected) => {
    expect(html(source)).toBe(expected);
  });

  test('what a page folds away is unfolded', () => {
    expect(texts(below('<details><summary>名单</summary>\n\n三条渡轮。\n\n</details>').intro)).toEqual(['名单', '三条渡轮。']);
  });
});

describe('attributes, signs, addresses, formulas', () => {
  test.each([
    ['## 码头 {#quay .wide}\n\n文。\n\n## 灯塔 {: .no_toc}\n\n文。', [['码头'], ['灯塔']]],
    ['* 目录\n{:toc}\n\n## 码头\n{: .wide}\n\n文。\n\n## 灯塔\n\n文。', [['码头'], ['灯塔']]],
    ['[TOC]\n\n## 码头\n\n文。\n\n## 灯塔\n\n文。', [['码头'], ['灯塔']]],
  ])('%j has no marks in its titles', (source, expected) => {
    const issue = below(source);

    expect(outline(issue)).toEqual(expected);
    expect(JSON.stringify(issue)).not.toMatch(/\{[:#.]|目录|TOC/);
  });

  test.each([
    ['[渡轮](https://example.org){:target="_blank"}停航', '<p><a href="https://example.org">渡轮</a>停航</p>'],
    ['**渡轮**{.red}停航 {其他}', '<p><strong>渡轮</strong>停航 {其他}</p>'],
    ['停航 :warning: 至 12:30:45，:not_a_sign:', '<p>停航 ⚠️ 至 12:30:45，:not_a_sign:</p>'],
    [
      '详见https://example.org/a?b=1&c=2，谢谢',
      '<p>详见<a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>，谢谢</p>',
    ],
    [
      '见https://example.org/a这里（https://example.org/b）',
      '<p>见<a href="https://example.org/a">https://example.org/a</a>这里（<a href="https://example.org/b">https://example.org/b</a>）</p>',
    ],
    ['潮高 $h = a\\cos(\\omega t)^2$ 米，票价 $5 和 $10。', '<p>潮高 h = acos(ω t)² 米，票价 $5 和 $10。</p>'],
    ['$$\n\\frac{a+b}{c_1} \\leq \\sqrt{2}\n$$', '<p>(a+b)/c₁ ≤ √2</p>'],
    ['<math alttext="x^2"><mi>x</mi></math>', '<p>x²</p>'],
    ['==要紧==，a==b', '<p><mark>要紧</mark>，a==b</p>'],
  ])('%j', (source, expected) => {
    expect(html(source)).toBe(expected);
  });

  const picture = 'https://images.example.org/a.png';
  test.each([
    [`![图](${picture}){width=300}`, ' width="300"'],
    [`![图|300x200](${picture})`, ' width="300" height="200"'],
    [`![图](${picture} =300x200)`, ' width="300" height="200"'],
    [`![图](${picture}){width=50%}`, ' width="264"'],
    [`<img src="${picture}" alt="图" style="width:50%">`, ' width="264"'],
    [`<img src="${picture}" alt="图" width="40">`, ' width="40"'],
    [`![图](${picture})`, ''],
  ])('%s is as wide as it says', (source, expected) => {
    expect(html(`文\n\n${source}`)).toBe(`<p>文</p>\n<p><img src="${picture}" alt="图"${expected} /></p>`);
  });
});

describe('what generators leave', () => {
  test.each(
    [
      [
        '{% comment %}草稿{% endcomment %}',
        '{% capture x %}草稿{% endcapture %}',
        '{/* 草稿 */}',
        '%%草稿，别发%%',
        '{::comment}草稿{:/comment}',
        '<!-- 草稿 -->',
        '[//]: # (草稿)',
        '{{/* 草稿 */}}',
      ].map((comment) => [comment]),
    ].flat(),
  )('%s is not for readers', (comment) => {
    expect(texts(below(`甲\n\n${comment}\n\n乙`).intro)).toEqual(['甲', '乙']);
  });

  test('imports, exports and components of MDX leave what is between them, and constants their values', () => {
    const issue = below(
      'import Box from "../box.mdx";\nimport {\n  A,\n  B,\n} from "./all";\n\nexport const year = 2026;\n\n<Box>\n\n{year} 年。\n\n</Box>\n\n<Tip title="早潮">六点。</Tip>\n\n<Advert id={3} />',
    );

    expect(texts(issue.intro)).toEqual(['2026 年。', '早潮\n六点。']);
    expect(issue.warnings).toEqual([{ code: 'mark_left_out', values: { mark: '<Advert id={3} />' }, line: 21 }]);
  });

  test('a text that begins with a component is Markdown, and so is one that is inside of an element', () => {
    expect(outline(below('<Intro>\n\n先说。\n\n</Intro>\n\n<InlineToc />\n\n## 码头 {/*quay*/}\n\n`<title>` 与 **文**。'))).toEqual([
      ['码头'],
    ]);
    expect(outline(below('<div class="post">\n\n## 码头\n\n文。\n\n## 灯塔\n\n文。\n\n</div>'))).toEqual([['码头'], ['灯塔']]);
  });

  test('a sentence about import is none', () => {
    expect(texts(below('import duties rose\n\nexport fell').intro)).toEqual(['import duties rose', 'export fell']);
  });

  test.each([
    ['{{< figure src="https://images.example.org/a.png" caption="码头" >}}', ['', '码头']],
    ['![[码头.png|300]]，[[海图#一|那张图]]', ['，那张图']],
    ['{% raw %}甲{% endraw %}', ['甲']],
    ['`{% include x %}` 与 `{{ y }}`', ['{% include x %} 与 {{ y }}']],
    ['~~~\n{% include x %}\n~~~', ['{% include x %}']],
    ['{{</* youtube x */>}}', ['{{< youtube x >}}']],
  ])('%j reads as %j', (source, expected) => {
    expect(texts(below(source).intro)).toEqual(expected);
  });

  test('what only the generator could fill is left out and named at its line', () => {
    expect(codes('甲\n\n{% include toc.html %}\n[乙]: https://example.org/b\n\n[丙][乙]，{{< weather >}}')).toEqual([
      ['mark_left_out', 7],
      ['mark_left_out', 10],
    ]);
    expect(targets(below('{% include refs.md %}\n[乙]: https://example.org/b\n\n[丙][乙]')).links).toEqual(['https://example.org/b']);
  });

  test('a reference that nothing defines is named', () => {
    expect(codes('见[甲][没有]与[^没有]。')).toEqual([
      ['reference_missing', 5],
      ['reference_missing', 5],
    ]);
  });

  test.each([
    ['*|FNAME|*，你好', 'placeholder_left'],
    ['%recipient.name%，你好', 'placeholder_left'],
    ['[firstname,fallback=读者]，你好', 'placeholder_left'],
    ['<%= name %>，你好', 'placeholder_left'],
    ['%%FIRSTNAME%%，你好', 'placeholder_left'],
    ['{$name}，你好', 'placeholder_left'],
    ['{{ name }}，你好', 'placeholder_left'],
    ['*|UNSUB|*', 'placeholder_unfilled'],
    ['{$unsubscribe}', 'placeholder_unfilled'],
    ['%unsubscribe_url%', 'placeholder_unfilled'],
  ])('%s is told before it is sent', (source, code) => {
    const { errors, warnings } = issueFindings(below(source));

    expect([...errors, ...warnings].map((finding) => finding.code)).toEqual([code]);
  });
});

test('footnotes of two issues in one page do not meet', () => {
  const issue = below('潮位[^1]。\n\n[^1]: 以厘米计。');

  expect(issueArticle(issue, 2, 'i2').markup).toContain('<a href="#i2-fn-1" id="i2-fnref-1">');
  expect(issueArticle(issue, 2, 'i2').markup).toContain('<li id="i2-fn-1">');
});

describe('what generators hand on', () => {
  test('the sentences that an include is given stay, and it is named', () => {
    const long = '水位比去年低了两米。'.repeat(300);
    const issue = below(
      `上文。\n\n{% include faq.md\n  q0="为什么渡轮停航？"\n  a0="${long}"\n  a0link="https://example.org/a"\n  class="wide box" %}\n\n下文。`,
    );

    expect(issue.intro.map(({ text }) => text)).toEqual(['上文。', '为什么渡轮停航？', long, '下文。']);
    expect(issue.warnings.map(({ code, line }) => [code, line])).toEqual([['mark_left_out', 7]]);
  });

  test('attributes in the line above a block are none of its words', () => {
    expect(html('{:.center}\n![桥](https://example.org/b.png) 新桥')).not.toContain('center');
    expect(html('{:.center} 是一种写法')).toContain('{:.center}');
  });
});
