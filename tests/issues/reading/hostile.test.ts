import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IssueContent } from '../../../functions/issues/issue.ts';
import { Refusal } from '../../../functions/platform/refusal.ts';
import { secondsOfOrdinaryMegabyte } from '../ordinary-megabyte.ts';
import { read, targets } from '../reading-an-issue.ts';

const href = '(?:https?:|mailto:)[^"<>]*';
/** Every tag that may leave the reader, written out: anything else is a hole. */
const harmless = new RegExp(
  [
    '</?(?:p|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|pre|table|caption|tbody|tr|td|th|strong|em|u|s|del|ins|code|kbd|samp|var|sub|sup|small|mark|q|cite|a)>',
    '<(?:br|hr) />',
    `<a href="${href}">`,
    '<img src="https?:[^"<>]*" alt="[^"<>]*" />',
    '<(?:ol|li|td|th)(?: (?:start|value|colspan|rowspan)="-?\\d{1,5}")*(?: align="(?:right|center)")?>',
  ].join('|'),
  'g',
);

const allHtml = ({ intro, sections, closing }: IssueContent) =>
  [...intro, ...closing, ...sections.flatMap(({ blocks, items }) => [...blocks, ...items.flatMap((item) => item.blocks)])].map(
    ({ html }) => html,
  );

function expectHarmless(issue: IssueContent) {
  for (const html of allHtml(issue)) {
    expect(html.replace(harmless, '')).not.toMatch(/[<>]/);
    expect(html).not.toContain('{{');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: placeholders of an email are made of them
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  }
  for (const link of [...targets(issue).links, ...targets(issue).pictures]) expect(link).toMatch(/^(?:https?|mailto):/i);
}

const attacks = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://a.example/b.png" onload="alert(1)" style="background:url(javascript:1)" alt=\'"><script>\'>',
  '<a href="javascript:alert(1)">a</a>',
  '<a href=" JaVa&#9;ScRiPt:alert(1)">a</a>',
  '<a href="java\nscript:alert(1)">a</a>',
  '<a href="&#1;javascript&colon;alert(1)">a</a>',
  '<a href="vbscript:x">a</a><a href="data:text/html,<script>1</script>">b</a><a href="file:///etc/passwd">c</a>',
  '<a href="https://example.org/" target=_top onclick=alert(1) class=x id=y style="position:fixed">a</a>',
  '[a](javascript:alert(1)) ![b](javascript:alert(1)) <javascript:alert(1)>',
  '<svg><script>alert(1)</script><a xlink:href="javascript:1">x</a></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><img src=x onerror=alert(1)></template><iframe srcdoc="<script>1</script>"></iframe>',
  '<style>*{background:url(https://a.example)}</style><link rel=stylesheet href=//a.example>',
  '<p style="width:expression(alert(1));background:url(javascript:1)">x</p>',
  '<form action=https://a.example><input name=p><button formaction=javascript:1>go</button></form>',
  '<meta http-equiv=refresh content="0;url=javascript:1"><base href=https://a.example/>',
  '<mj-raw><mj-section>x</mj-section></mj-raw> </mj-text></mj-column> &lt;mj-include path="/etc/passwd"/&gt;',
  '{{unsubscribeUrl}} {{{x}}} <b>{</b>{ <a href="https://a.example/{{x}}">a</a> &#123;&#123;y}}',
  '\u0002unsubscribeUrl\u0003 &#2;preferencesUrl&#3; \u001e',
  '<img src="data:image/svg+xml,<svg onload=alert(1)>"><img src="//a.example/x.png"><img src="a.png">',
  '<b a"b=c <i x=">" \u2028y>z</b>',
  '<!--><script>alert(1)</script--><![CDATA[<script>1</script>]]><?php x ?>',
  '<td colspan="99999999" rowspan="x">a</td><ol start="1" onclick=x><li value="2">b</li></ol>',
  '\u202egnp.exe\u202c <bdo dir=rtl>abc</bdo>',
];

test.each(attacks)('nothing executable comes out of %j', (attack) => {
  for (const source of [`---\ntitle: a\n---\n<div><p>文</p>${attack}</div>`, `Title: a\n\n文\n\n${attack}\n\n## ${attack}`])
    expectHarmless(read(source));
});

test('nothing executable comes out of attacks put into each other', () => {
  const piece = fc.oneof(
    fc.constantFrom(...attacks),
    fc.constantFrom('<p>', '</p>', '<table><tr>', '"', "'", '>', '`', '\n\n', '# ', '<a href="', '<!--', '-->', '<b '),
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.boolean(), (pieces, asPage) => {
      const source = asPage ? `<div>文${pieces.join('')}` : `文\n\n${pieces.join('')}`;
      expectHarmless(read(source));
    }),
    { numRuns: 500 },
  );
});

test('what cannot be kept is named, with its line', () => {
  const issue = read('Title: a\nDate: 2026-11-20\n\n甲\n\n[乙](javascript:x) [丙](/about)\n\n<canvas></canvas>\n\n![丁](pic/a.png)');

  expect(issue.warnings.map(({ code, line }) => [code, line])).toEqual([
    ['refused_link', 6],
    ['relative_link', 6],
    ['not_kept', 8],
    ['relative_picture', 10],
  ]);
  expect(issue.intro.map(({ text }) => text)).toEqual(['甲', '乙 丙']);
  expect(issue.images).toEqual([{ url: 'pic/a.png', alt: '丁', state: 'failed' }]);
});

test.each([
  'http://192.168.0.10/wiki',
  'https://10.1.2.3:8443/',
  'http://127.1/x',
  'http://0x7f000001/x',
  'http://169.254.169.254/latest/meta-data',
  'http://[::1]/x',
  'http://[fd00::1]/x',
  'http://[::ffff:10.0.0.1]/x',
  'http://localhost:3000/draft',
  'http://wiki.local/x',
  'https://jira.corp./x',
  '//nas.home.arpa/x',
])('%s, on a private network, reaches neither mail nor page', (address) => {
  const issue = read(`Title: a\n\n[words](${address}) and ![a picture](${address})`);

  // Editors are told the address; nothing that readers get has it.
  expect(JSON.stringify(issue.intro)).not.toContain(new URL(address, 'https://a.example').hostname);
  expect(issue.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['private_link', 'private_picture']));
  expect(issue.intro[0]?.text).toContain('words');
});

test.each(['https://192.0.66.2/x', 'https://internal.example/x', 'https://local.example/x', 'https://[2606:4700::1]/x'])(
  '%s is on the public internet and stays',
  (address) => {
    expect(read(`Title: a\n\n[words](${address})`).intro[0]?.html).toContain(`href="${address}"`);
  },
);

const mebibyte = 1_048_000;
const filled = (piece: string) => piece.repeat(Math.floor(mebibyte / Buffer.byteLength(piece)));

test.each([
  ['one line', 'a'.repeat(mebibyte)],
  ['one Chinese line', filled('中')],
  ['quotes, 1,000 deep', `${'>'.repeat(1_000)} x`],
  ['elements, 60,000 deep', `${'<div>'.repeat(60_000)}x`],
  ['quote elements, 1,000 deep', `${'<blockquote>'.repeat(1_000)}x`],
  ['closed ones that were never opened', `${'<b>'.repeat(1_900)}x${'</i>'.repeat(200_000)}`],
  ['a list of 10,000', '- a\n'.repeat(10_000)],
  ['numbered paragraphs', filled('1、a\n\n')],
  ['sections', filled('<h2>a</h2><p>1、b</p>')],
  ['open brackets', filled('[')],
  ['open pictures', filled('![')],
  ['links', filled('[a](http://b.c) ')],
  ['white space', `a${' '.repeat(mebibyte)}b`],
  ['line breaks', filled('<br>')],
  ['table rows', `|a|b|\n|-|-|\n${filled('|x|y|\n')}`],
  ['nested tables', filled(`${'<table><tr><td>'.repeat(25)}x${'</table>'.repeat(25)}`)],
  ['footnotes', `[^a]: x\n\n${filled('[^a] ^[b] [^')}`],
  ['30,000 footnotes', Array.from({ length: 30_000 }, (_, n) => `a[^${n}]\n\n[^${n}]: b\n`).join('\n')],
  ['boxes', filled(':::note\n!!! tip\n')],
  ['tags of a generator', filled('{% comment %}{{< a “{{')],
  ['components', `{/* a */}\n${filled('<A b={<B {')}`],
  ['formulas', filled('$a_b $$\\(')],
  ['emphasis beside Chinese', filled('**文，**文*')],
  ['attributes', filled('[a](b){#c [d]{.e')],
  [
    'marks of footnotes in a page',
    `<body>${Array.from({ length: 15_000 }, (_, n) => `<a href="#n${n}">1</a><p id="n${n}">x</p>`).join('')}</body>`,
  ],
  ['a page’s own contents', `<body>${filled('<ul><li><a href="#a">b</a>')}`],
  ['lists of Word', `<body>${filled("<p style='mso-list:l0 level9 lfo1'><![if !supportLists]>1.")}`],
  ['JSON, 500,000 deep', `{"a":${'['.repeat(500_000)}`],
])('%s: the answer is clear and soon there', (_name, source) => {
  const before = process.cpuUsage();

  try {
    read(source);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
  }

  const seconds = process.cpuUsage(before).user / 1_000_000;
  // Half as much again as the longest that was measured, and what a caller would bear.
  if (seconds > 2) expect(seconds).toBeLessThan(7 * secondsOfOrdinaryMegabyte());
});
