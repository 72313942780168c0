import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeText, maxTextBytes } from '../../../functions/issues/source/decode-text.ts';
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
  ['a PDF', 'pdf_file', Buffer.from('%PDF-1.7\n…')],
  ['a picture', 'picture_file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
  ['a packed file', 'packed_file', Buffer.from('PK\u0003\u0004word/document.xml')],
  ['an old Word file', 'office_file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0])],
  ['a text with formatting', 'rtf_file', Buffer.from('{\\rtf1')],
  ['any bytes', 'binary_file', Buffer.from([1, 0, 0, 2, 255, 0, 7, 9])],
])('%s is refused for what it is', (_name, code, bytes) => {
  expect(refusal(bytes)).toMatchObject({ code, status: 415 });
});

const line = '今天新桥通车，市民可以步行参观。';

test.each([
  ['a surrogate alone', Buffer.concat([Buffer.from('第一行\n第二行'), Buffer.from([0xed, 0xa0, 0x80])])],
  ['a character cut off at the end', Buffer.from(`# 周报\n\n${line}`).subarray(0, -1)],
  ['UTF-16 with a surrogate alone', Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x00, 0xd8, 0x42, 0x00])],
])('%s cannot be decoded, and the line is named', (_name, bytes) => {
  expect(refusal(bytes)).toMatchObject({ code: 'undecodable_text', values: { line: expect.any(Number) } });
});

/** Undeclared, in the encodings that the tools of each language wrote before UTF-8. */
const undeclared: readonly (readonly [encoding: string, text: string])[] = [
  ['windows-1252', '# Gartenbrief\n\nGrüße – „Rosen“ kosten 5 €, und wir haben sie schon gepflanzt.'],
  ['windows-1252', '# Lettre\n\nLes roses sont très belles cette année, près de l’étang.'],
  ['iso-8859-1', '# Carta\n\nEl jardín está muy bonito este año. ¿Qué más hemos plantado? Judías.'],
  ['iso-8859-2', '# List\n\nRóże są w tym roku bardzo piękne, a my posadziliśmy fasolę.'],
  ['windows-1250', '# List\n\nRůže jsou letos velmi krásné a na zahradě jsme zasadili fazole. Příště více.'],
  ['windows-1251', '# Вестник сада\n\nРозы в этом году очень красивые, и мы посадили в саду фасоль.'],
  ['koi8-r', '# Вестник сада\n\nРозы в этом году очень красивые, и мы посадили в саду фасоль.'],
  ['ibm866', '# Вестник сада\n\nРозы в этом году очень красивые, и мы посадили в саду фасоль.'],
  ['iso-8859-7', '# Κήπος\n\nΤα τριαντάφυλλα είναι πολύ όμορφα φέτος και φυτέψαμε φασόλια.'],
  ['windows-1254', '# Bahçe\n\nGüller bu yıl çok güzel ve bahçeye fasulye ektik, ağaçlar ise yeşil.'],
  ['windows-1255', '# הגן\n\nהוורדים יפים מאוד השנה ושתלנו שעועית בגינה.'],
  ['windows-1256', '# الحديقة\n\nالورود جميلة جدا هذا العام وزرعنا الفاصوليا في الحديقة.'],
  ['windows-874', '# สวน\n\nปีนี้กุหลาบสวยมาก และเราปลูกถั่วในสวน'],
  ['windows-1257', '# Sodas\n\nRožės šiais metais labai gražios, o mes sode pasodinome pupelių ir žirnių.'],
  ['gb18030', '# 花园周报\n\n今年的玫瑰开得很漂亮，我们还在花园里种了豆子。'],
  ['big5', '# 花園電子報\n\n這週的玫瑰開得很漂亮，我們還在花園裡種了豆子。'],
  ['shift_jis', '# 庭の便り\n\n今年のバラはとてもきれいで、庭に豆を植えました。'],
  ['euc-jp', '# 庭の便り\n\n今年のバラはとてもきれいで、庭に豆を植えました。'],
  ['euc-kr', '# 정원 소식\n\n올해 장미가 아주 예쁘고 정원에 콩을 심었습니다.'],
];

test.each(undeclared)('a text in %s that does not say so is read: %j', (encoding, text) => {
  const issue = read(iconv.encode(text, encoding));

  expect(`# ${issue.title}\n\n${texts(issue.intro).join('\n\n')}`).toBe(text);
  expect(issue.warnings.map(({ code }) => code)).toEqual(['no_date']);
});

test('a mail’s Japanese, which is all ASCII with escapes, is read', () => {
  const escaped = Buffer.from('# \x1b$BDm$NJX$j\x1b(B\n\n\x1b$B%P%i\x1b(B.\n', 'latin1');

  expect(read(escaped)).toMatchObject({ title: '庭の便り', intro: [{ text: 'バラ.' }] });
});

test.each([
  [
    'big5',
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"></head><body><h1>花園</h1><p>玫瑰</p></body></html>',
  ],
  ['windows-1252', '<meta charset=windows-1252><h1>花'.replace('花', 'Café</h1><p>5 €</p>')],
  ['euc-kr', '<?xml version="1.0" encoding="EUC-KR"?><html><body><h1>소식</h1><p>장미</p></body></html>'],
  ['gb2312', '---\ntitle: 周报\ncharset: gb2312\n---\n玫瑰'],
])('what a file in %s declares goes before any guess', (encoding, text) => {
  const bytes = iconv.encode(text, encoding);
  const issue = read(bytes);

  expect(JSON.stringify(issue)).toMatch(/花園|Café|소식|周报/);
  expect(issue.warnings.filter(({ code }) => code.startsWith('encoding'))).toEqual([]);
});

test('UTF-8 that declares what it was in before is UTF-8', () => {
  expect(read('<meta charset="gb2312"><h1>花园周报</h1><p>玫瑰</p>').title).toBe('花园周报');
});

test('what an editor chooses goes before all else', () => {
  const bytes = iconv.encode('# 소식\n\n장미', 'euc-kr');

  expect(refusal(bytes)).toMatchObject({ code: 'encoding_unsure', values: { candidates: expect.arrayContaining(['euc-kr']) } });
  expect(decodeText(bytes, { wished: 'EUC-KR' }).text).toBe('# 소식\n\n장미');
});

test('what came with the request helps where the file says nothing', () => {
  expect(decodeText(iconv.encode('# 소식\n\n장미', 'euc-kr'), { declared: 'euc-kr' }).text).toBe('# 소식\n\n장미');
});

const pieces = undeclared.map(
  ([encoding, text]) => [encoding, text.slice(2).split(/(?<=[\s，、。])|(?<=[一-龥ぁ-んァ-ン가-힣]{2})/)] as const,
);

test('no part of a text in any of these encodings becomes another text unsaid: it is right, warned of, or asked about', () => {
  const part = fc
    .constantFrom(...pieces)
    .chain(([encoding, words]) => fc.record({ encoding: fc.constant(encoding), words: fc.shuffledSubarray([...words], { minLength: 1 }) }));
  const says = (text: string) => (text.match(/[^\p{ASCII}]/gu)?.length ?? 0) >= 6;
  let right = 0;
  let all = 0;
  fc.assert(
    fc.property(part, ({ encoding, words }) => {
      const text = words.join('');
      // A letter or two may be anything.
      fc.pre(says(text));
      all += 1;
      try {
        const decoded = decodeText(iconv.encode(text, encoding));
        if (decoded.text === text.replace(/\r\n?/g, '\n')) right += 1;
        else expect(decoded.warnings.length, `${encoding}: ${text} → ${decoded.text}`).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toMatchObject({ status: 422 });
      }
    }),
    { numRuns: 1_500 },
  );
  // To ask about everything would be honest as well, and of no use.
  expect(right / all).toBeGreaterThan(0.6);
});

test.each(['GrÃ¼ÃŸe aus dem Garten', 'Itâ€™s raining', '锟斤拷锟斤拷', 'a \ufffd b'])(
  'a text that a wrong encoding damaged before is named: %s',
  (damaged) => {
    expect(read(`# Garden\n\nText.\n\n${damaged}`).warnings).toContainEqual(
      expect.objectContaining({ code: 'garbled_text', values: { sample: damaged }, line: 5 }),
    );
  },
);

test('a mebibyte of text is read, one byte more is too large', () => {
  const full = Buffer.from(`甲\n\n${'a'.repeat(maxTextBytes - 5)}`);

  expect(full).toHaveLength(maxTextBytes);
  expect(read(full).title).toBe('甲');
  expect(refusal(Buffer.concat([full, Buffer.from('a')])).code).toBe('text_too_large');
});
