import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import type { IssueContent } from '../../functions/issues/issue.ts';
import { visibleText } from '../../functions/issues/visible-text.ts';
import { fixture, original, originalsIn, outline, read, targets, texts, withoutSpace } from './reading-an-issue.ts';
import { htmlTargets, visibleHtml, visibleMarkdown } from './visible-source.ts';

const shown = (issue: IssueContent) => withoutSpace(visibleText(issue));
const shownBelowTitle = (issue: IssueContent) => withoutSpace(visibleText({ ...issue, title: '' }));

function expectNothingLostOfPage(bytes: Buffer) {
  const issue = read(bytes);
  expect(shown(issue)).toBe(withoutSpace(visibleHtml(bytes.toString())));
  expect(targets(issue)).toEqual(htmlTargets(bytes.toString()));
}

function expectNothingLostOfMarkdown(bytes: Buffer) {
  const issue = read(bytes);
  const { text, links, pictures } = visibleMarkdown(bytes.toString());
  // A title that only the metadata has is no part of the visible text.
  expect([shown(issue), shownBelowTitle(issue)]).toContain(withoutSpace(text));
  expect(targets(issue)).toEqual({ links, pictures });
}

test('a blog page keeps every word, link and picture, each once and in order', () => {
  expectNothingLostOfPage(fixture('blog-weekly.txt'));
});

test.each(['headings-weekly.md', 'links-weekly.md'])('%s keeps every word, link and picture, each once and in order', (name) => {
  expectNothingLostOfMarkdown(fixture(name));
});

for (const folder of ['seeds', 'samples']) {
  const names = originalsIn(folder);
  test.skipIf(names.length === 0)(`every file of ../shared/${folder} keeps every word, link and picture`, () => {
    for (const name of names) {
      const bytes = original(`${folder}/${name}`).bytes();
      if (name.endsWith('.md')) expectNothingLostOfMarkdown(bytes);
      else expectNothingLostOfPage(bytes);
    }
  });
}

const characters = [...'区块周报河港新桥今晨通车，。《》（）“”、：；！？…—0123456789AaBz <>&"\'{}$#*_-.,:\u3000\u00a0\n\t'];
const anyText = fc.array(fc.constantFrom(...characters), { maxLength: 40 }).map((picked) => picked.join(''));
const words = fc
  .array(fc.constantFrom(...'区块周报河港新桥今晨通车工坊'), { minLength: 2, maxLength: 12 })
  .map((picked) => picked.join(''));
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An issue as its author thinks of it, and the page a blog makes of it. */
const weekly = fc.record({
  intro: fc.array(anyText, { maxLength: 2 }),
  sections: fc.array(
    fc.record({
      title: words,
      items: fc.array(
        fc.record({ title: words, picture: fc.boolean(), shared: fc.boolean(), body: fc.array(words, { minLength: 1, maxLength: 3 }) }),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  closing: fc.array(words, { maxLength: 2 }),
});
type Weekly = typeof weekly extends fc.Arbitrary<infer Value> ? Value : never;

const paragraph = (inner: string, alignment = 'justify') =>
  `   <p${alignment && ` style="text-align: ${alignment}"`}>\n    ${inner}\n   </p>\n`;
const bold = (text: string) => `<strong>\n     ${escaped(text)}\n    </strong>`;

function page({ intro, sections, closing }: Weekly) {
  const itemHtml = ({ title, picture, shared, body }: Weekly['sections'][number]['items'][number], n: number) => {
    // Only what continues a count may share its paragraph.
    const [first = '', ...rest] = body;
    const isShared = shared && n > 0;
    return [
      paragraph(`${bold(`${n + 1}、${title}`)}${isShared ? `\n    ${escaped(first)}。` : ''}`),
      picture ? paragraph(`<img src="https://images.example.org/${n}.png"/>`, 'center') : '',
      ...(isShared ? rest : body).map((text) => paragraph(`${escaped(text)}。\n    <br/>`)),
    ].join('');
  };
  const parts = [
    ...intro.map((text) => paragraph(escaped(text))),
    ...sections.map(({ title, items }) => paragraph(title, 'center') + items.map(itemHtml).join('')),
    ...closing.map((text) => paragraph(escaped(text), '')),
  ];
  return `---\ntitle: "河港周报"\ndate: 2026-11-20\n---\n<div>\n <h1>《河港》周报</h1>\n <article>\n${parts.join('')} </article>\n</div>\n`;
}

test('every weekly of the seed’s shape comes back as its author thought of it', () => {
  fc.assert(
    fc.property(weekly, (written) => {
      const issue = read(page(written));

      expect(issue.title).toBe('《河港》周报');
      expect(outline(issue)).toEqual(
        written.sections.map(({ title, items }) => [title, ...items.map((item, n) => `${n + 1} ${item.title}`)]),
      );
      expect(texts(issue.closing)).toEqual(written.closing);
    }),
    { numRuns: 60 },
  );
});

test('no weekly of the seed’s shape loses a word or says one twice', () => {
  fc.assert(
    fc.property(weekly, (written) => {
      const source = page(written);

      expect(shown(read(source))).toBe(withoutSpace(visibleHtml(source)));
    }),
    { numRuns: 60 },
  );
});

const element = fc.constantFrom(
  ...'p div span b strong em a ul ol li table tr td th h1 h2 h3 blockquote section font center pre br dl dt dd figure u'.split(' '),
);
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    anyText.map(escaped),
    fc.tuple(element, fc.array(tie('tree'), { maxLength: 5 })).map(([name, inner]) => {
      const attributes = name === 'a' ? ' href="https://example.org/a?b=1&amp;c"' : name === 'p' ? ' align="center"' : '';
      return name === 'br' ? '<br>' : `<${name}${attributes}>${inner.join('')}</${name}>`;
    }),
  ),
}));

test('no page loses a word or says one twice, however its elements are nested', () => {
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 12 }), (parts) => {
      const source = `<!doctype html><body>${parts.join('')}</body>`;
      fc.pre(withoutSpace(visibleHtml(source)) !== '');

      expect(shownBelowTitle(read(`---\ntitle: Ω\n---\n${source}`))).toBe(withoutSpace(visibleHtml(source)));
    }),
    { numRuns: 400 },
  );
});

const markdownLine = fc.oneof(
  words,
  fc.tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom('、', '. ', ') '), words).map(([n, mark, text]) => `${n}${mark}${text}`),
  fc
    .tuple(fc.constantFrom('# ', '## ', '### ', '> ', '- ', '1. ', '    ', '（1）', '**1、**', '第一，'), words)
    .map(([mark, text]) => mark + text),
  words.map((text) => `**2、${text}**`),
  words.map((text) => `3、[${text}](https://example.org/${encodeURIComponent(text)})`),
  words.map((text) => `![${text}](https://images.example.org/a.png)`),
  fc.constantFrom('---', '（完）', '| a | b |\n|---|---|\n| c | d |', '```\ncode\n```', '<center>居中</center>'),
);

/** Lines, and footnotes to some of them, each explained somewhere in the text. */
const noted = (maxLength: number) =>
  fc
    .tuple(
      fc.array(fc.tuple(markdownLine, fc.constantFrom('\n', '\n\n')), { minLength: 1, maxLength }),
      fc.array(fc.tuple(words, fc.nat(), fc.nat()), { maxLength: 3 }),
    )
    .map(([lines, notes]) => {
      const parts = lines.map((line) => line.join(''));
      notes.forEach(([text, place, explained], n) => {
        parts.splice(explained % (parts.length + 1), 0, `\n\n[^n${n}]: https://example.org/${n} ${text}\n\n`);
        parts.splice(place % (parts.length + 1), 0, `\n\n${text}[^n${n}]\n\n`);
      });
      return parts.join('');
    });

test('no Markdown loses a word or says one twice', () => {
  fc.assert(
    fc.property(noted(25), (source) => {
      const { text, links, pictures } = visibleMarkdown(source);
      fc.pre(withoutSpace(text) !== '');

      const issue = read(`Title: Ω\n\n${source}`);

      expect(shownBelowTitle(issue)).toBe(withoutSpace(text));
      expect(targets(issue)).toEqual({ links, pictures });
    }),
    { numRuns: 400 },
  );
});

const heads = [
  ['YAML', (title: string) => `---\ntitle: ${JSON.stringify(title)}\ndate: 2026-11-20\ntags: [a, "b: c"]\n---\n`],
  ['TOML', (title: string) => `+++\ntitle = ${JSON.stringify(title)}\ndate = 2026-11-20\n[extra]\nx = [1, 2]\n+++\n`],
  ['key lines', (title: string) => `Title: ${title}\nDate: 2026-11-20\nTags: a, b\n\n`],
] as const;

const utf16 = (text: string, mark: string) => Buffer.from(`${mark}${text}`, 'utf16le');
const encodings = [
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-8 with its mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16', (text: string) => utf16(text, '\ufeff')],
  ['UTF-16, the other way round', (text: string) => utf16(text, '\ufeff').swap16()],
  ['GB18030', (text: string) => iconv.encode(text, 'gb18030')],
  ['UTF-8 with the line ends of Windows', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
] as const;

const document = noted(15).map(
  (source) =>
    // Enough Chinese for GB18030 to be told from bytes at random.
    `各位读者，这是本周的周报。\n\n${source}`,
);

for (const [head, headOf] of heads)
  test.each(encodings)(`below ${head}, in %s, no Markdown loses a word or says one twice`, (_encoding, encoded) => {
    fc.assert(
      fc.property(document, words, (source, title) => {
        const { text, links, pictures } = visibleMarkdown(source);

        const issue = read(encoded(headOf(`Ω${title}`) + source));

        expect(issue.title).toBe(`Ω${title}`);
        expect(issue.date).toBe('2026-11-20');
        expect(shownBelowTitle(issue)).toBe(withoutSpace(text));
        expect(targets(issue)).toEqual({ links, pictures });
      }),
      { numRuns: 25 },
    );
  });

test('an issue as the API answers it comes back as the same issue', () => {
  fc.assert(
    fc.property(document, (source) => {
      const issue = read(`Title: Ω\nDate: 2026-11-20\n\n${source}`);

      const again = read(JSON.stringify(issue));

      expect(shown(again)).toBe(shown(issue));
      expect(targets(again)).toEqual(targets(issue));
      expect(outline(again)).toEqual(outline(issue));
    }),
    { numRuns: 60 },
  );
});

test('an item of a JSON Feed loses no word, as a page or as a text', () => {
  fc.assert(
    fc.property(weekly, document, (written, source) => {
      const html = page(written).replace(/^---[\s\S]*?---\n/, '');
      const item = { id: '1', title: 'Ω', date_published: '2026-11-20T09:00:00+08:00' };

      const asPage = read(JSON.stringify({ ...item, content_html: html }));
      const asText = read(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ ...item, content_text: source }] }));

      expect(shownBelowTitle(asPage)).toBe(withoutSpace(visibleHtml(html)));
      expect(shownBelowTitle(asText)).toBe(withoutSpace(visibleMarkdown(source).text));
    }),
    { numRuns: 30 },
  );
});
