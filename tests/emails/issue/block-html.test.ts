import { expect, test } from 'vitest';
import { fontStacks } from '../../../emails/fonts.ts';
import { blockHtml } from '../../../emails/issue/mail-block-html.ts';

const context = { origin: 'https://news.example.org', idPrefix: 'i1-', headingLevel: 4, mono: 'Menlo,monospace' };
const written = (html: string) => blockHtml(html, context).replace(/ style="[^"]*"/g, '');

test('styles stand in the elements, since not every mail program keeps a style sheet', () => {
  expect(blockHtml('<p>一</p>', context)).toBe('<p style="margin:0 0 16px">一</p>');
});

test('an author’s own styles, classes and handlers are left out', () => {
  expect(written('<p style="position:fixed" class="x" onclick="alert(1)">a</p>')).toBe('<p>a</p>');
});

test('nothing that runs gets through, even if the sanitiser had failed', () => {
  const html = written(
    '<script>alert(1)</script><style>p{}</style><p>a<img src="javascript:alert(1)" alt="pic" onerror="x()"><a href="javascript:alert(1)">b</a></p><iframe src="https://x"></iframe><svg onload="x()"></svg>',
  );

  expect(html).toBe('<p>apic<a>b</a></p>');
});

test('links and images without a host belong to the newsletter’s site', () => {
  expect(written('<p><a href="/archive/x?a=1&amp;b=2">x</a><img src="/images/abc.jpg" alt="A &quot;cat&quot;"></p>')).toBe(
    '<p><a href="https://news.example.org/archive/x?a=1&amp;b=2">x</a><img src="https://news.example.org/images/abc.jpg" alt="A &quot;cat&quot;" width="528"></p>',
  );
});

test('footnotes of two issues in one mail do not meet', () => {
  expect(written('<p><a href="#fn1">1</a></p><ol><li id="fn1">note</li></ol>')).toBe(
    '<p><a href="#i1-fn1">1</a></p><ol><li id="i1-fn1">note</li></ol>',
  );
});

test('headings are below the title they belong to', () => {
  expect(written('<h1>a</h1><h2>b</h2>')).toBe('<h4>a</h4><h4>b</h4>');
});

test('lines of code stay lines, with their indent', () => {
  expect(written('<pre><code>if (a &lt; b) {\n  go();\n}\n</code></pre>')).toBe('<pre><code>if (a &lt; b) {<br>  go();<br>}</code></pre>');
});

test('a line break in the source leaves no gap between Han characters', () => {
  expect(written('<p>第一行\n      第二行，<strong>粗\n 体</strong>\n之后 one\n two</p>')).toBe(
    '<p>第一行第二行，<strong>粗体</strong>之后 one two</p>',
  );
});

test('Han is not slanted for emphasis, Latin is', () => {
  const stressed = (language: string) => blockHtml('<p><em>强调</em></p>', { ...context, emphasis: fontStacks(language).emphasis });

  expect(stressed('zh-CN')).toContain('<em style="font-style:normal;font-family:KaiTi,');
  expect(stressed('zh-TW')).toContain('<em style="font-style:normal;font-family:DFKai-SB,');
  expect(stressed('en')).toContain('<em>强调</em>');
});

test('columns keep their alignment, wherever it was written', () => {
  const html = blockHtml('<table><tr><th align="right">a</th><td style="text-align:center">b</td></tr></table>', context);

  expect(html).toMatch(/<th style="[^"]*text-align:right">a</);
  expect(html).toMatch(/<td style="[^"]*text-align:center">b</);
});

test('an image that is small stays small', () => {
  expect(blockHtml('<p><img src="https://x.org/i.png" width="24" alt=""></p>', context)).toContain(
    'width="24" style="display:inline-block;width:24px',
  );
});

test('no control character gets through: they mark readers’ placeholders', () => {
  expect(written('<p>a\u0002unsubscribeUrl\u0003b</p>')).toBe('<p>aunsubscribeUrlb</p>');
});

test('a picture of known size keeps its place in the mail before it has arrived', () => {
  const sized = (attributes: string) => blockHtml(`<p><img src="https://x.org/i.png" ${attributes} alt=""></p>`, context);

  expect(sized('width="1056" height="600"')).toContain('width="528" height="300"');
  expect(sized('width="24" height="12"')).toContain('width="24" height="12"');
  expect(sized('height="600"')).not.toContain('height="600"');
});

test('a picture whose size is known keeps its place while it loads', () => {
  expect(written('<p><img src="https://a.example/1.png" alt="a" width="1200" height="600" /></p>')).toContain('width="528" height="264"');
  expect(written('<p><img src="https://a.example/1.png" alt="a" width="100" height="50" /></p>')).toContain('width="100" height="50"');
});

test('of an SVG, which mail programs do not show, its words stay', () => {
  expect(written('<p><img src="https://a.example/1.SVG?v=2" alt="一张图" /></p>')).toBe('<p>一张图</p>');
});
