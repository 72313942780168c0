import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fillTemplate, placeholdersOf } from '../../emails/fill-template.ts';
import { palettePlaceholders } from '../../emails/palette.ts';

test('a part whose placeholder is empty drops out with its words', () => {
  const template = '[[{{newsletter}} 第 {{number}} 期：]]{{title}}';

  expect(fillTemplate(template, { newsletter: '周报', number: '12', title: '番茄' })).toBe('周报 第 12 期：番茄');
  expect(fillTemplate(template, { newsletter: '周报', number: '', title: '番茄' })).toBe('番茄');
});

test('what is filled in is not read as a template again', () => {
  expect(fillTemplate('{{title}}', { title: 'How {{title}} and [[parts]] work, $& and $1' })).toBe(
    'How {{title}} and [[parts]] work, $& and $1',
  );
});

test('a text is escaped, markup goes in as it is', () => {
  expect(fillTemplate('{{a}} {{{a}}}', { a: '<b>' }, (text) => text.replace('<', '&lt;'))).toBe('&lt;b> <b>');
});

test('a placeholder that nobody fills is a bug', () => {
  expect(() => fillTemplate('{{nobody}}', {})).toThrow('nobody');
});

const folder = new URL('../../emails/', import.meta.url);
const everywhere = [
  ...Object.keys(palettePlaceholders()),
  'sansFont',
  'serifFont',
  'outlookFont',
  'lineHeight',
  'language',
  'direction',
  'preheaderTail',
];

test.each(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mjml')))(
  '%s names its placeholders in its first line',
  (file) => {
    const [firstLine = '', ...rest] = readFileSync(new URL(file, folder), 'utf8').split('\n');

    expect(firstLine).toMatch(/^<!-- placeholders: .* -->$/);
    for (const placeholder of placeholdersOf(rest.join('\n')))
      if (!everywhere.includes(placeholder)) expect(firstLine).toMatch(new RegExp(`\\b${placeholder}\\b`));
  },
);
