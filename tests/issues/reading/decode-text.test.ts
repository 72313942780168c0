import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { maxTextBytes } from '../../../functions/issues/source/decode-text.ts';
import { read, refusal, texts } from '../reading-an-issue.ts';

const source = 'Title: 周报\n\n新桥今天通车，市民可以步行参观。It is free.\n';

test.each([
  ['UTF-8', Buffer.from(source)],
  ['UTF-8 with a mark', iconv.encode(source, 'utf8', { addBOM: true })],
  ['UTF-16, little end first', iconv.encode(source, 'utf-16le', { addBOM: true })],
  ['UTF-16, big end first', iconv.encode(source, 'utf-16be', { addBOM: true })],
  ['UTF-16 without a mark', iconv.encode(source, 'utf-16le', { addBOM: false })],
  ['GB18030', iconv.encode(source, 'gb18030')],
  ['UTF-8 with other line ends', Buffer.from(source.replaceAll('\n', '\r\n'))],
])('a text in %s is read', (_name, bytes) => {
  const issue = read(bytes);

  expect(issue.title).toBe('周报');
  expect(texts(issue.intro)).toEqual(['新桥今天通车，市民可以步行参观。It is free.']);
});

test.each([
  ['a PDF', Buffer.from('%PDF-1.7\n…')],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
  ['a Word file', Buffer.from('PK\u0003\u0004word/document.xml')],
  ['any bytes', Buffer.from([1, 0, 0, 2, 255, 0, 7, 9])],
])('%s is refused as no text', (_name, bytes) => {
  expect(refusal(bytes).code).toBe('unsupported_type');
});

test.each([
  ['Latin-1', Buffer.from('Title: Caf\xe9\n\nUne tr\xe8s belle journ\xe9e \xe0 vous', 'latin1')],
  ['a surrogate alone', Buffer.concat([Buffer.from('第一行\n第二行'), Buffer.from([0xed, 0xa0, 0x80])])],
  ['UTF-16 with a surrogate alone', Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x00, 0xd8, 0x42, 0x00])],
])('%s cannot be decoded, and the line is named', (_name, bytes) => {
  const { code, errors } = refusal(bytes);

  expect(code).toBe('unreadable_file');
  expect(errors[0]?.path).toMatch(/^line \d+$/);
});

test('a mebibyte of text is read, one byte more is too large', () => {
  const full = Buffer.from(`甲\n\n${'a'.repeat(maxTextBytes - 5)}`);

  expect(full).toHaveLength(maxTextBytes);
  expect(read(full).title).toBe('甲');
  expect(refusal(Buffer.concat([full, Buffer.from('a')])).code).toBe('too_large');
});
