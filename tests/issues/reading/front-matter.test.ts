import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitFrontMatter } from '../../../functions/issues/source/front-matter.ts';
import { read, refusal } from '../reading-an-issue.ts';

const said = (text: string) => Object.fromEntries(splitFrontMatter(text).metadata);
const garden = { title: 'Garden', date: '2025-03-04' };

test.each([
  ['YAML', '---\ntitle: Garden\ndate: 2025-03-04\n---\n\nText.'],
  ['YAML by name', '---yaml\ntitle: Garden\ndate: 2025-03-04\n---\n\nText.'],
  ['YAML between more dashes', '-----\ntitle: Garden\ndate: 2025-03-04\n-----\n\nText.'],
  ['YAML that ends with dots', '---\ntitle: Garden\ndate: 2025-03-04\n...\n\nText.'],
  ['YAML below an empty line', '\n \n---\ntitle: Garden\ndate: 2025-03-04\n---\n\nText.'],
  ['YAML below a comment', '<!-- edited by hand:\n  twice -->\n---\ntitle: Garden\ndate: 2025-03-04\n---\n\nText.'],
  ['Hexo without its first line', 'title: Garden\ndate: 2025-03-04\n---\n\nText.'],
  ['Hexo with lists', 'title: Garden\ntags:\n  - a\n- b\n\ndate: 2025-03-04\n---\n\nText.'.replace('\n- b', '')],
  ['Hexo in JSON', '"title": "Garden",\n"date": "2025-03-04"\n;;;\n\nText.'],
  ['JSON between semicolons', ';;;\n"title": "Garden",\n"date": "2025-03-04",\n;;;\n\nText.'],
  ['JSON by name', '---json\n{"title": "Garden", "date": "2025-03-04"}\n---\n\nText.'],
  ['Hugo in JSON', '{\n  "title": "Garden",\n  "date": "2025-03-04"\n}\n\nText.'],
  ['TOML', '+++\ntitle = "Garden"\ndate = 2025-03-04\n+++\n\nText.'],
  ['TOML by name', '---toml\ntitle = "Garden"\ndate = 2025-03-04\n---\n\nText.'],
  ['lines of keys', 'Title: Garden\nDate: 2025-03-04\n\nText.'],
  ['lines of keys below an empty one', '\nTitle: Garden\nDate: 2025-03-04\n\nText.'],
  ['Nikola', '<!--\n.. title: Garden\n.. date: 2025-03-04\n-->\n\nText.'],
])('metadata are read from %s', (_tool, text) => {
  expect(said(text)).toMatchObject(garden);
  expect(read(text)).toMatchObject({ ...garden, intro: [{ text: 'Text.' }] });
});

test('Pandoc’s three lines are title, author and date', () => {
  expect(said('% Garden\n% Ann\n% 2025-03-04\n\nText.')).toEqual({ ...garden, author: 'Ann' });
});

test('YAML is read as the field’s tools write it', () => {
  const text = [
    "title: ! 'Issue #134: a start'",
    'number: !!int "134"',
    'when: !!timestamp 2025-03-04 10:00:00 +0800',
    "quoted: 'it''s'",
    'folded: >-\n  two\n  lines',
    '"with space": yes',
    'tags: [a, "b: c"]',
  ].join('\n');

  expect(said(`---\n${text}\n---\nText.`)).toEqual({
    title: 'Issue #134: a start',
    number: 134,
    when: '2025-03-04 10:00:00 +0800',
    quoted: "it's",
    folded: 'two lines',
    'with space': 'yes',
    tags: ['a', 'b: c'],
  });
});

test('TOML is read whole', () => {
  const text = [
    'title = """\nGarden"""',
    'date = 2025-03-04T10:00:00+08:00',
    'tags = [\n  "a", # one\n  "b",\n]',
    'author = { name = "Ann" }',
    'a.b = 1',
    '[extra]\nnumber = 12',
    '[[links]]\nurl = "x"',
  ].join('\n');

  expect(said(`+++\n${text}\n+++\nText.`)).toEqual({
    title: 'Garden',
    date: '2025-03-04T10:00:00.000+08:00',
    tags: ['a', 'b'],
    author: { name: 'Ann' },
    a: { b: 1 },
    extra: { number: 12 },
    links: [{ url: 'x' }],
  });
});

test('the text below metadata keeps its lines, so that findings name those of the file', () => {
  for (const head of [
    '---\ntitle: a\n---\n',
    '\n<!-- x -->\n---\ntitle: a\n---\n',
    'title: a\n---\n',
    '{"title":\n"a"}\n\n',
    'Title: a\n\n',
  ]) {
    const file = `${head}first\n\n[x](javascript:1)\n`;
    const line = file.split('\n').indexOf('[x](javascript:1)') + 1;

    expect(read(file).warnings, head).toContainEqual(expect.objectContaining({ code: 'refused_link', line }));
  }
});

test.each([
  ['a heading that is underlined', 'Title: a start\n---\n\nText.'.replace('Title', 'Garden')],
  ['a text between two rules', '---\nRoses\n---\nBeans'],
  ['a paragraph with a colon', 'Note: hello\n\nmore'],
  ['a comment', '<!-- remember: the roses -->\n\nText.'],
  ['a list of a program', '{\n\nText.'],
  ['one line of dashes', '---\n\nText.'],
])('%s is text', (_what, text) => {
  expect(said(text)).toEqual({});
});

test.each([
  ['metadata_colon', { line: 3, key: 'title' }, '---\nlayout: post\ntitle: Garden: a start\n---\nText.'],
  ['metadata_colon', { line: 1, key: 'title' }, 'title: Garden: a start\ndate: 2025-03-04\n---\nText.'],
  ['metadata_open_quote', { line: 2 }, '---\ntitle: "Garden\nx: y\n---\nText.'],
  ['metadata_tab', { line: 3 }, '---\ntags:\n\t- a\n---\nText.'],
  ['metadata_character', { line: 2, character: '@' }, '---\ntitle: @garden\n---\nText.'],
  ['metadata_invalid', { line: 3, format: 'TOML' }, '+++\ntitle = "Garden"\ndate = \n+++\nText.'],
  ['metadata_invalid', { format: 'JSON' }, '---json\n{"title": }\n---\nText.'],
  ['metadata_language', { line: 1, language: 'js' }, '---js\n{ title: process.exit() }\n---\nText.'],
  ['key_not_allowed', { line: 3, key: '__proto__' }, '+++\ntitle = "a"\n[a.__proto__]\nx = 1\n+++\nText.'],
  ['key_not_allowed', { key: '__proto__' }, '{"__proto__": {"x": 1}}\n\nText.'],
])('what cannot be read is refused as %s, in words for who wrote it', (code, values, text) => {
  expect(refusal(text)).toMatchObject({ code, status: 422, values });
});

test('whatever is in front, a file is read or refused, and its text is not cut', () => {
  const piece = fc.constantFrom(
    '---',
    '+++',
    ';;;',
    '{',
    '}',
    '"a": "b"',
    'title: a',
    'Title: a',
    '% a',
    '<!--',
    '-->',
    '',
    '- x',
    '# x',
    'a = 1',
    '! ',
    '[',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (lines) => {
      const text = `${lines.join('\n')}\nroses\n`;
      try {
        const { body, line } = splitFrontMatter(text);

        expect(text.endsWith(body)).toBe(true);
        expect(
          text
            .split('\n')
            .slice(line - 1)
            .join('\n')
            .endsWith(body),
        ).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ status: 422 });
      }
    }),
    { numRuns: 2_000 },
  );
});
