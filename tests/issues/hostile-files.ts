/** Numbers that look random and are the same every time (mulberry32), so that a file that fails can be made again. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}
type Dice = ReturnType<typeof dice>;
const one = <Value>(roll: Dice, values: readonly Value[]): Value => values[roll(values.length)] as Value;

const handlers = ['onerror', 'onload', 'onclick', 'onmouseover', 'onfocus', 'onanimationstart', 'ontoggle', 'onpointerenter'];
const elements = [
  'script',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'form',
  'base',
  'meta',
  'link',
  'style',
  'template',
  'noscript',
  'video',
];
const mjml = ['mj-raw', 'mj-section', 'mj-column', 'mj-text', 'mj-include', 'mj-head', 'mj-style', 'mjml', 'mj-body', 'mj-html-attributes'];
const placeholders = [
  '{{unsubscribeUrl}}',
  '{{{body}}}',
  '{{preferencesUrl}}',
  '[[{{number}}]]',
  '{{constructor}}',
  '\u0002unsubscribeUrl\u0003',
  '{{__proto__}}',
];
const schemes = ['javascript', 'vbscript', 'data', 'livescript', 'mocha', 'file', 'blob', 'view-source', 'feed', 'jar'];

/** `javascript:` and its kind in one of the spellings that browsers have understood at one time or another. */
function address(roll: Dice): string {
  const scheme = one(roll, schemes);
  const spelled = one(roll, [
    scheme,
    scheme.toUpperCase(),
    [...scheme].map((letter, n) => (n % 2 ? letter.toUpperCase() : letter)).join(''),
    [...scheme].join('\t'),
    [...scheme].join('\n'),
    `\u0001${scheme}`,
    ` \u00a0${scheme}`,
    scheme.replace(/^./, (letter) => `&#${letter.charCodeAt(0)};`),
    scheme.replace(/^./, (letter) => `&#x${letter.charCodeAt(0).toString(16)}`),
    [...scheme].join('\u200b'),
    `//x/${scheme}`,
    scheme.replace('s', '\\73'),
  ]);
  const colon = one(roll, [':', '&colon;', '&#58;', ':\n', '\uff1a', ' :']);
  return `${spelled}${colon}${one(roll, ['alert(1)', '//%0aalert(1)', 'text/html,<script>alert(1)</script>', 'text/html;base64,PHNjcmlwdD4='])}`;
}

const quoted = (roll: Dice, value: string) =>
  one(roll, [`"${value}"`, `'${value}'`, value.replace(/[\s"'>]/g, ''), `\`${value}\``, `"${value}`]);

const attacks: Readonly<Record<string, (roll: Dice) => string>> = {
  script: (roll) =>
    one(roll, [
      '<script>alert(1)</script>',
      '<SCRIPT SRC=//x.example/a.js></SCRIPT>',
      '<scr<script>ipt>alert(1)</scr</script>ipt>',
      '<script\u0000>alert(1)</script>',
      '<script/x>alert(1)</script foo="bar">',
      '<<script>alert(1);//<</script>',
      '<script>if (a</script><img src=x onerror=alert(1)>',
    ]),
  handler: (roll) => {
    const open = one(roll, ['<img src=x ', '<p ', '<a href=#', '<td/', '<b\u000c', '<li\t', '<blockquote ']);
    return `${open} ${one(roll, handlers)}${one(roll, ['=', ' = ', '\n=\n'])}${quoted(roll, 'alert(1)')}>x`;
  },
  link: (roll) => `<a href=${quoted(roll, address(roll))}>x</a> [x](${address(roll).replace(/[\s)]/g, '')}) <${address(roll)}>`,
  picture: (roll) =>
    `<img src=${quoted(roll, address(roll))} srcset=${quoted(roll, address(roll))} alt='"><script>alert(1)</script>'> ![x](${address(roll).replace(/[\s)]/g, '')})`,
  style: (roll) =>
    `<p style=${quoted(roll, one(roll, ['width:expression(alert(1))', 'background:url(javascript:alert(1))', 'behavior:url(x.htc)', '-moz-binding:url(//x)', '@import "//x"', 'color:red;}</style><script>alert(1)</script>', 'background:\\75rl(//x)']))}>x</p><style>*{background:url(//x.example)}</style>`,
  element: (roll) => {
    const name = one(roll, elements);
    return `<${name} ${one(roll, ['src', 'href', 'data', 'srcdoc', 'action', 'xlink:href', 'http-equiv=refresh content'])}=${quoted(roll, address(roll))}><${name}>x</${name}>`;
  },
  mjml: (roll) => {
    const name = one(roll, mjml);
    return one(roll, [
      `<${name} path="/etc/passwd" css-class="x">x</${name}>`,
      `</mj-text></mj-column></mj-section><${name}>x`,
      `&lt;${name}&gt;&lt;script&gt;alert(1)&lt;/script&gt;`,
      `<!-- htmlmin:ignore --><${name}><![CDATA[<script>alert(1)</script>]]></${name}>`,
    ]);
  },
  placeholder: (roll) =>
    `${one(roll, placeholders)} <b>{</b>{x}} <a href="https://a.example/${one(roll, placeholders)}">x</a> &#123;&#123;y}}`,
  bidi: (roll) =>
    `${one(roll, ['\u202e', '\u2066', '\u202b', '\u061c', '\u200f'])}gnp.exe ${one(roll, ['\u202c', '', '<bdo dir=rtl>cba</bdo>'])}\u2069`,
  surrogate: (roll) => `x${one(roll, ['\ud800', '\udfff', '\udc00\ud800', '\ufffe', '\uffff', '\u0000'])}y`,
  comment: (roll) =>
    one(roll, [
      '<!--><script>alert(1)</script-->',
      '<![CDATA[<script>alert(1)</script>]]>',
      '<?php system(1) ?>',
      '<!--[if mso]><script>alert(1)</script><![endif]-->',
      '<% x %>',
      '<!-- -- --!><img src=x onerror=alert(1)>',
    ]),
  mutation: (roll) =>
    one(roll, [
      '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
      '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
      '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
      '<table><td><a href="https://a.example/"><table><td>x</a>',
      '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    ]),
  unclosed: (roll) =>
    one(roll, [
      '<a href="https://a.example/',
      '<img src="x" alt="',
      '<p style="',
      '<!--',
      '<![CDATA[',
      '<b '.repeat(50),
      '<div '.repeat(20),
    ]),
};

const heads = (roll: Dice, title: string) =>
  one(roll, [
    `---\ntitle: ${JSON.stringify(title)}\ndate: 2026-11-20\ndescription: ${JSON.stringify(title)}\n---\n`,
    `+++\ntitle = ${JSON.stringify(title)}\nslug = "../../etc/passwd"\n+++\n`,
    `Title: ${title.replace(/[\n\r]/g, ' ')}\nDate: 2026-11-20\n\n`,
    `---\ntitle: x\ncover: ${JSON.stringify(title)}\nlang: ${JSON.stringify(title)}\n---\n`,
    '',
    '---js\nmodule.exports = process.exit()\n---\n',
    `---\ntitle: !!js/function "function(){}"\n---\n`,
    `---\n__proto__: {polluted: 1}\ntitle: x\n---\n`,
  ]);

export type HostileFile = { name: string; text: string };

/** Every attack there is in every place a file has, 500 times; then those that are hostile by their size. */
export function hostileFiles(count: number): HostileFile[] {
  const kinds = Object.keys(attacks);
  return Array.from({ length: count }, (_, n) => {
    const roll = dice(n + 1);
    const kind = kinds[n % kinds.length] ?? '';
    const attack = () => (attacks[roll(3) === 0 ? one(roll, kinds) : kind] ?? (() => ''))(roll);
    const pieces = Array.from({ length: 1 + roll(6) }, attack);
    const body = pieces
      .map((piece) =>
        one(roll, [
          `<p>文${piece}</p>`,
          `\n\n## ${piece}\n\n文\n`,
          `\n\n1、${piece}\n\n文\n\n`,
          `<ul><li>${piece}</ul>`,
          `\n> ${piece}\n`,
          `<table><tr><td>${piece}`,
          `\n\n${piece}\n\n`,
        ]),
      )
      .join('');
    const json = {
      title: attack(),
      content_html: body,
      intro: [{ html: body }],
      sections: [{ title: attack(), items: [{ title: attack(), url: address(roll) }] }],
      closing: [],
    };
    const text =
      roll(8) === 0
        ? JSON.stringify(json)
        : `${heads(roll, attack())}${one(roll, ['', '<div>', '<!doctype html><html><body>', '文\n\n'])}${body}`;
    return { name: `${n + 1} (${kind})`, text };
  });
}

const mebibyte = 1_048_000;
const filled = (piece: string) => piece.repeat(Math.floor(mebibyte / Buffer.byteLength(piece)));

export const enormousFiles: readonly HostileFile[] = [
  { name: 'a list of 10,000', text: '- a\n'.repeat(10_000) },
  { name: 'one line of 1 MB', text: filled('中') },
  { name: 'one word of 1 MB', text: 'a'.repeat(mebibyte) },
  { name: 'quotes 1,000 deep', text: `${'<blockquote>'.repeat(1_000)}文` },
  { name: '1 MB of headings', text: filled('<h2>a</h2><p>1、b</p>') },
  { name: '1 MB of code', text: `文\n\n\`\`\`\n${filled('{{x}} <b>\n')}\`\`\`` },
  { name: '1 MB of links', text: filled('[a](http://b.c) ') },
  { name: '1 MB of paragraphs', text: filled('段落文字段落文字\n\n') },
];
