import { expect, test } from 'vitest';
import { blockText } from '../../../emails/issue/block-text.ts';

const text = (html: string) => blockText(html, { origin: 'https://news.example.org', imageWord: '图' });

test.each([
  ['a paragraph is one line', '<p>第一行\n  第二行 and\n more</p>', '第一行第二行 and more'],
  ['a link keeps its target', '<p>See <a href="/archive/x">the archive</a>.</p>', 'See the archive <https://news.example.org/archive/x>.'],
  ['a bare link is said once', '<p><a href="https://example.org/">https://example.org</a></p>', 'https://example.org'],
  ['an address is said once', '<p><a href="mailto:a@example.org">a@example.org</a></p>', 'a@example.org'],
  ['a footnote’s mark leads nowhere', '<p>x<a href="#fn1">[1]</a></p>', 'x[1]'],
  ['a line break the author made stays', '<p>one<br>two</p>', 'one\ntwo'],
  ['lists keep their marks and levels', '<ol start="3"><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ol>', '3. a\n4. b\n   - c'],
  ['a quote bears its mark', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n> b'],
  [
    'a table has a row a line',
    '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    'a | b\n1 | 2',
  ],
  ['code keeps its lines', '<pre><code>if (a) {\n  b();\n}</code></pre>', '    if (a) {\n      b();\n    }'],
  ['a picture says what it shows', '<p><img src="https://x.org/a.png" alt="猫"></p>', '[图: 猫] <https://x.org/a.png>'],
  ['a rule is a row of stars', '<hr>', '* * *'],
  ['scripts say nothing', '<p>a</p><script>alert(1)</script>', 'a'],
])('%s', (_promise, html, expected) => {
  expect(text(html)).toBe(expected);
});
