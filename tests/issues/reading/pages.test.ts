import { describe, expect, test } from 'vitest';
import { outline, read, targets, texts } from '../reading-an-issue.ts';

const paragraphs = '<p>今天早晨，港口的雾散得很慢，渡轮晚了一个钟头才离岸。</p>';
const page = (body: string, head = '') => read(`<!doctype html><html><head><title>河港</title>${head}</head><body>${body}</body></html>`);
const all = (body: string, head = '') => JSON.stringify(page(body, head));
const around = '<div class="top-menu">首页 登录</div><h1>河港周报 12</h1><p class="by">作者 阅读 3</p>';

describe('the article of a saved page, and not the page', () => {
  test.each([
    [
      '公众号',
      `<div id="js_content" style="visibility: hidden; opacity: 0;">${paragraphs}<p><img data-src="https://images.example.org/a.png?wx_fmt=png" alt="雾中的钟"></p></div><div id="js_pc_qr_code">扫码关注</div>`,
    ],
    ['CSDN', `<div id="content_views" class="markdown_views">${paragraphs}</div><div class="recommend-box">猜你喜欢这些文章</div>`],
    [
      '知乎',
      `<div class="Post-RichTextContainer"><div class="RichText ztext Post-RichText">${paragraphs}</div></div><div class="ContentItem-actions">赞同 3</div>`,
    ],
    ['掘金', `<div class="article-viewer markdown-body">${paragraphs}</div><div class="tag-list-box">标签</div>`],
    ['简书', `<article class="_2rhmJa">${paragraphs}</article><div>赞赏支持</div>`],
    ['语雀', `<div class="ne-viewer-body"><ne-p>今天早晨，港口的雾散得很慢，渡轮晚了一个钟头才离岸。</ne-p></div><div>若有收获</div>`],
    [
      '飞书',
      `<div class="page-block-children"><div data-block-type="text">今天早晨，港口的雾散得很慢，渡轮晚了一个钟头才离岸。</div></div><div>评论</div>`,
    ],
    ['Notion', `<article class="page sans"><div class="page-body">${paragraphs}</div></article>`],
    ['Medium', `<section data-field="body" class="e-content">${paragraphs}</section><footer>By Ada</footer>`],
    [
      'Substack',
      `<div class="available-content"><div class="body markup">${paragraphs}<div class="subscription-widget-wrap">Thanks for reading! Subscribe</div></div></div>`,
    ],
    ['Ghost', `<section class="gh-content">${paragraphs}</section><section class="gh-subscribe">Sign up</section>`],
    [
      'WordPress',
      `<div class="entry-content">${paragraphs}<div class="sharedaddy">Share this</div></div><div id="comments" class="comments-area">One reply</div>`,
    ],
  ])('of %s', (_site, article) => {
    const issue = page(around + article);

    expect(issue.title).toBe('河港周报 12');
    expect(texts(issue.intro).filter((text) => text !== '')).toEqual(['今天早晨，港口的雾散得很慢，渡轮晚了一个钟头才离岸。']);
  });

  test('a list of previews is no article', () => {
    expect(all('<div class="post-content"><p>甲。</p></div><div class="post-content"><p>乙。</p></div>')).toMatch(/甲。.*乙。/);
    expect(all(`<div class="post-content"><p>引。</p></div>${paragraphs.repeat(3)}`)).toContain('渡轮');
  });

  test('what is left out of it is named', () => {
    const issue = page(`<h1>周报</h1>${paragraphs}<div class="share-buttons">分享到微博</div><button>复制</button>`);

    expect(issue.warnings).toContainEqual(expect.objectContaining({ code: 'frame_left_out', values: { words: '分享到微博' } }));
    expect(JSON.stringify(issue.intro)).not.toMatch(/微博|复制/);
  });

  test('an author’s own button stays', () => {
    expect(
      targets(page(`<h1>周报</h1>${paragraphs}<p class="button-wrapper"><a href="https://example.org/book">Buy the book</a></p>`)).links,
    ).toEqual(['https://example.org/book']);
    expect(all(`<h1>周报</h1>${paragraphs}<p class="button-wrapper"><a href="https://example.org/s">Subscribe now</a></p>`)).not.toContain(
      'example.org/s"',
    );
  });

  test('the page’s own contents go, with their heading and without a word', () => {
    const issue = page(
      `<h1>周报</h1><h2>目录</h2><ul><li><a href="#a">码头</a></li><li><a href="#b">灯塔</a></li></ul><h2 id="a">码头</h2>${paragraphs}<a href="#top">回到顶部</a><h2 id="b">灯塔</h2>${paragraphs}`,
    );

    expect(outline(issue)).toEqual([['码头'], ['灯塔']]);
    expect(issue.warnings.map(({ code }) => code)).toEqual(['no_date']);
  });

  test('another service’s words about its own mail go, and are named', () => {
    const issue = page(
      `<p><a href="*|ARCHIVE|*">View this email in your browser</a></p><h1>周报</h1>${paragraphs.repeat(12)}<p>You are receiving this email because you signed up. <a href="https://x.us1.list-manage.com/unsubscribe?u=1&id=2">Unsubscribe</a></p>`,
    );

    expect(JSON.stringify([issue.intro, issue.sections, issue.closing])).not.toMatch(/browser|receiving/);
    expect(issue.warnings.filter(({ code }) => code === 'frame_left_out')).toHaveLength(2);
  });
});

describe('what programs write', () => {
  test('Word’s paragraphs with marks in front are lists, in levels', () => {
    const entry = (level: number, mark: string, text: string) =>
      `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol'>${mark}<span>&nbsp;&nbsp;</span></span><![endif]>${text}<o:p></o:p></p>\n`;
    const issue = page(
      `<p class=MsoTitle>周报</p><p class=MsoNormal>先说。<o:p>&nbsp;</o:p></p>${entry(1, '·', '码头')}${entry(2, 'o', '东')}${entry(1, '·', '灯塔')}<p class=MsoNormal>再说。</p>${entry(1, '1.', '甲')}${entry(1, '2.', '乙')}`,
    );

    expect(issue.title).toBe('周报');
    expect(issue.intro.map(({ html }) => html)).toEqual([
      '<p>先说。</p>',
      '<ul><li>码头<ul><li>东</li></ul></li><li>灯塔</li></ul>',
      '<p>再说。</p>',
      '<ol><li>甲</li><li>乙</li></ol>',
    ]);
  });

  test('Google Docs: the title’s style, emphasis by class, levels of lists, and links behind its own page', () => {
    const issue = page(
      '<p class="c0 title"><span>周报</span></p><p><span class="c1">要紧</span><span>的事</span> <a href="https://www.google.com/url?q=https://example.org/a&amp;sa=D">甲</a></p><ul class="c3 lst-kix_a-0 start"><li>一</li></ul><ul class="c3 lst-kix_a-1 start"><li>一之一</li></ul><ul class="c3 lst-kix_a-0"><li>二</li></ul>',
      '<style>.c1{color:#000;font-weight:700}.title{font-weight:700}</style>',
    );

    expect(issue.title).toBe('周报');
    expect(issue.intro.map(({ html }) => html)).toEqual([
      '<p><strong>要紧</strong>的事 <a href="https://example.org/a">甲</a></p>',
      '<ul><li>一<ul><li>一之一</li></ul></li><li>二</li></ul>',
    ]);
  });

  test('its clipboard wraps everything in a b that is not bold', () => {
    const issue = read(
      '<b style="font-weight:normal" id="docs-internal-guid-1"><h1>周报</h1><p>平<span style="font-weight:700">粗</span></p></b>',
    );

    expect(issue.intro.map(({ html }) => html)).toEqual(['<p>平<strong>粗</strong></p>']);
  });

  test('Yuque’s and Feishu’s blocks are headings, lists and quotes', () => {
    const yuque = page(
      '<h1>周报</h1><div class="ne-viewer-body"><ne-h2>码头</ne-h2><ne-p>文。</ne-p><ne-uli><ne-uli-i>•</ne-uli-i><ne-uli-c>一</ne-uli-c></ne-uli><ne-uli><ne-uli-i>•</ne-uli-i><ne-uli-c>二</ne-uli-c></ne-uli><ne-h2>灯塔</ne-h2><ne-quote><ne-p>引。</ne-p></ne-quote></div>',
    );
    const feishu = page(
      '<h1>周报</h1><div class="page-block-children"><div data-block-type="heading2"><div>码头</div></div><div data-block-type="text"><div>文。</div></div><div data-block-type="bullet"><div class="bullet-dot-style">•</div><div>一</div></div><div data-block-type="bullet"><div class="bullet-dot-style">•</div><div>二</div></div><div data-block-type="heading2"><div>灯塔</div></div><div data-block-type="quote_container"><div>引。</div></div></div>',
    );

    for (const issue of [yuque, feishu]) {
      expect(outline(issue)).toEqual([['码头'], ['灯塔']]);
      expect(issue.sections[0]?.blocks.map(({ html }) => html)).toEqual(['<p>文。</p>', '<ul><li>一</li><li>二</li></ul>']);
      expect(issue.sections[1]?.blocks.map(({ kind }) => kind)).toEqual(['quote']);
    }
  });

  test('Notion’s lists of one entry are one list', () => {
    const issue = page(
      `<h1>周报</h1><p>文。</p><ol type="1" class="numbered-list" start="1"><li>一</li></ol><ol type="1" class="numbered-list" start="2"><li>二</li></ol>`,
    );

    expect(issue.intro[1]?.html).toBe('<ol start="1"><li>一</li><li>二</li></ol>');
  });

  test('line numbers beside code are no text', () => {
    expect(
      all(
        '<h1>周报</h1><figure class="highlight"><table><tr><td class="gutter"><pre>1\n2</pre></td><td class="code"><pre>let a\nlet b</pre></td></tr></table></figure>',
      ),
    ).not.toContain('1\\n2');
  });
});

describe('pictures, videos and formulas of pages', () => {
  const address = 'https://images.example.org/a.png';

  test.each([
    `<img src="https://images.example.org/loading.gif" data-src="${address}" alt="雾">`,
    `<img src="data:image/gif;base64,R0lGOD" data-original="${address}" alt="雾">`,
    `<img class="lazy" data-lazy-src="${address}" alt="雾">`,
    `<img data-actualsrc="${address}" src="/placeholder.svg" alt="雾">`,
    `<img srcset="${address} 1x, https://images.example.org/b.png 2x" alt="雾">`,
    `<img data-srcset="https://images.example.org/s.png 300w, ${address} 1200w" src="data:image/svg+xml,x" alt="雾">`,
    `<picture><source srcset="${address}"><img alt="雾"></picture>`,
    `<img src="https://images.example.org/loading.gif" alt="雾"><noscript><img src="${address}" alt="雾"></noscript>`,
    `<img data-src="${address}" alt="雾"><noscript><img src="${address}" alt="雾"></noscript>`,
    `<noscript><p>请打开脚本</p><img src="${address}" alt="雾"></noscript>`,
  ])('%s shows the picture, once', (image) => {
    const issue = page(`<h1>周报</h1><p>文。</p>${image}`);

    expect(targets(issue).pictures).toEqual([address]);
    expect(issue.images).toHaveLength(1);
  });

  test('a picture that cannot be had leaves its words, and its link even without any', () => {
    const issue = page(
      '<h1>周报</h1><p>文。</p><a href="https://spade.example/?u=1"><img src="/a.png" alt="铁锹公司"></a><a href="https://spade.example/2"><img src="/b.png"></a><img src="/c.png" alt="image.png">',
    );

    expect(issue.intro[1]?.html).toBe(
      '<p><a href="https://spade.example/?u=1">铁锹公司</a><a href="https://spade.example/2">spade.example</a></p>',
    );
  });

  test('a picture of one pixel counts readers and is none', () => {
    expect(page(`<h1>周报</h1>${paragraphs}<img src="https://t.example/o.gif" width="1" height="1">`).images).toEqual([]);
  });

  test.each([
    ['<iframe src="//www.youtube-nocookie.com/embed/Ab_1?rel=0" title="潮汐"></iframe>', 'https://www.youtube.com/watch?v=Ab_1', '▶ 潮汐'],
    [
      '<iframe data-src="https://player.bilibili.com/player.html?bvid=BV1x"></iframe>',
      'https://www.bilibili.com/video/BV1x',
      '▶ bilibili.com',
    ],
    ['<iframe src="https://player.vimeo.com/video/7"></iframe>', 'https://vimeo.com/7', '▶ vimeo.com'],
    ['<video src="https://example.org/tide.mp4"></video>', 'https://example.org/tide.mp4', '▶ tide.mp4'],
    ['<audio><source src="https://example.org/tide.mp3"></audio>', 'https://example.org/tide.mp3', '▶ tide.mp3'],
    ['<embed src="https://open.spotify.com/embed/episode/9">', 'https://open.spotify.com/episode/9', '▶ open.spotify.com'],
  ])('%s becomes a link', (embed, href, words) => {
    const issue = page(`<h1>周报</h1><p>文。</p>${embed}`);

    expect([targets(issue).links, issue.intro[1]?.text]).toEqual([[href], words]);
  });

  test('a video with a picture of it is that picture, with a link', () => {
    const issue = page(
      '<h1>周报</h1><p>文。</p><video src="https://example.org/tide.mp4" poster="https://images.example.org/a.png" title="潮汐"></video>',
    );

    expect(issue.intro[1]?.html).toBe(
      '<p><a href="https://example.org/tide.mp4"><img src="https://images.example.org/a.png" alt="潮汐" /></a></p>',
    );
  });

  test('a formula is written once, in plain characters', () => {
    const katex =
      '<span class="katex"><span class="katex-mathml"><math><mrow><mi>E</mi></mrow><annotation encoding="application/x-tex">E=mc^2</annotation></math></span><span class="katex-html" aria-hidden="true">E=mc2</span></span>';

    expect(texts(page(`<h1>周报</h1><p>即${katex}。</p><p>又<script type="math/tex">\\alpha_1</script>。</p>`).intro)).toEqual([
      '即E=mc²。',
      '又α₁。',
    ]);
  });

  test('boxes of tasks show whether they are done', () => {
    expect(
      texts(page('<h1>周报</h1><ul><li><input type="checkbox" checked>灯塔</li><li><input type="checkbox">码头</li></ul>').intro),
    ).toEqual(['☑ 灯塔\n☐ 码头']);
  });
});
