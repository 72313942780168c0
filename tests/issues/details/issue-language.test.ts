import fc from 'fast-check';
import { expect, test } from 'vitest';
import { issueLanguage } from '../../../functions/issues/details/issue-language.ts';
import { readIssueFile } from '../../../functions/issues/read-issue-file.ts';

const languageOf = (text: string, metadata: Record<string, unknown> = {}, locale = 'en') =>
  issueLanguage(new Map(Object.entries(metadata)), { headings: text.split('\n', 1)[0] ?? '', own: text, all: text }, locale);
const read = (text: string, locale = 'en') =>
  readIssueFile(Buffer.from(text), { timeZone: 'Asia/Shanghai', locale, now: new Date('2026-11-22T20:00:00Z') }).language;

/** About what one may say of a garden in a week. */
const sentences: readonly (readonly [string, string])[] = [
  ['en', 'The roses are very beautiful this year, and we have planted beans in the garden.'],
  ['de', 'Die Rosen sind in diesem Jahr sehr schön, und wir haben im Garten Bohnen gepflanzt.'],
  ['fr', 'Les roses sont très belles cette année et nous avons planté des haricots dans le jardin.'],
  ['es', 'Las rosas son muy bonitas este año y hemos plantado judías en el jardín.'],
  ['pt', 'As rosas estão muito bonitas este ano e plantamos feijão no jardim.'],
  ['it', 'Le rose sono molto belle quest’anno e abbiamo piantato i fagioli nel giardino.'],
  ['nl', 'De rozen zijn dit jaar erg mooi en we hebben bonen geplant in de tuin.'],
  ['sv', 'Rosorna är väldigt vackra i år och vi har planterat bönor i trädgården.'],
  ['da', 'Roserne er meget smukke i år, og vi har plantet bønner. Hvad skal vi så nu?'],
  ['nb', 'Rosene er veldig vakre i år, og vi har plantet bønner. Hva skal vi så nå? Noen blir store.'],
  ['fi', 'Ruusut ovat tänä vuonna erittäin kauniita ja me istutimme papuja, mutta ei vielä kaikkia.'],
  ['pl', 'Róże są w tym roku bardzo piękne, a my posadziliśmy fasolę w ogrodzie.'],
  ['cs', 'Růže jsou letos velmi krásné a na zahradě jsme zasadili fazole.'],
  ['sk', 'Ruže sú tento rok veľmi krásne a v záhrade sme zasadili fazuľu, ale nie všade.'],
  ['hu', 'A rózsák idén nagyon szépek, és babot ültettünk a kertbe.'],
  ['ro', 'Trandafirii sunt foarte frumoși anul acesta și am plantat fasole în grădină.'],
  ['tr', 'Güller bu yıl çok güzel ve bahçeye fasulye ektik, ama daha bitmedi.'],
  ['vi', 'Hoa hồng năm nay rất đẹp và chúng tôi đã trồng đậu trong vườn.'],
  ['id', 'Mawar tahun ini sangat indah dan kami telah menanam kacang di kebun karena sudah hujan.'],
  ['ca', 'Les roses són molt boniques aquest any i hem plantat mongetes al jardí amb els veïns.'],
  ['ru', 'Розы в этом году очень красивые, и мы посадили в саду фасоль.'],
  ['uk', 'Троянди цього року дуже гарні, і ми посадили в саду квасолю її сусіда.'],
  ['bg', 'Розите тази година са много красиви и в градината посадихме фасул, който съседът ни е отгледал със своя ръка.'],
  ['sr', 'Руже су ове године веома лепе и у башти смо посадили пасуљ који је њена најбоља сорта.'],
  ['el', 'Τα τριαντάφυλλα είναι πολύ όμορφα φέτος και φυτέψαμε φασόλια στον κήπο.'],
  ['ar', 'الورود جميلة جدا هذا العام وزرعنا الفاصوليا في الحديقة.'],
  ['fa', 'گل‌های رز امسال بسیار زیبا هستند و ما در باغ لوبیا کاشتیم، چون باران می‌بارید.'],
  ['ur', 'اس سال گلاب بہت خوبصورت ہیں اور ہم نے باغ میں پھلیاں لگائیں۔'],
  ['he', 'הוורדים יפים מאוד השנה ושתלנו שעועית בגינה.'],
  ['th', 'ปีนี้กุหลาบสวยมาก และเราปลูกถั่วในสวน'],
  ['hi', 'इस साल गुलाब बहुत सुंदर हैं और हमने बगीचे में सेम लगाई।'],
  ['ko', '올해 장미가 아주 예쁘고 정원에 콩을 심었습니다.'],
  ['ja', '今年のバラはとてもきれいで、庭に豆を植えました。'],
  ['zh-CN', '今年的玫瑰开得很漂亮，我们还在花园里种了豆子。'],
  ['zh-TW', '今年的玫瑰開得很漂亮，我們還在花園裡種了豆子。'],
];

test.each(sentences)('a sentence in %s is in that language, whatever the newsletter’s is', (language, sentence) => {
  expect([languageOf(sentence), languageOf(sentence, {}, 'zh-CN'), read(`# 12\n\n${sentence}`)]).toEqual([language, language, language]);
});

test('terms in English do not make a Chinese, Japanese, Korean or Russian text English', () => {
  expect([
    languageOf('本周我们把 Kubernetes 集群从 AWS 迁移到 Google Cloud，并用 Terraform 管理。'),
    languageOf('Kubernetes と Terraform を使って、AWS から Google Cloud へ移行しました。'),
    languageOf('이번 주에는 Kubernetes 클러스터를 AWS에서 Google Cloud로 옮겼습니다.'),
    languageOf('На этой неделе мы перенесли Kubernetes из AWS в Google Cloud.'),
  ]).toEqual(['zh-CN', 'ja', 'ko', 'ru']);
});

const links = Array.from(
  { length: 20 },
  (_, n) => `- [The best ${n} ways to grow a rose in the shade of a wall](https://example.org/${n})`,
).join('\n');

test.each([
  ['# 花园周报\n\n## 工具\n\n', 'zh-CN'],
  ['# 花園週報\n\n## 這週的開發工具\n\n', 'zh-TW'],
  ['# 庭の便り\n\n## 道具について\n\n', 'ja'],
  ['# 정원 소식\n\n## 도구\n\n', 'ko'],
  ['# Вестник сада\n\n## Инструменты\n\n', 'ru'],
])('a weekly of English links is in the language of its headings: %j', (head, language) => {
  expect(read(`${head}${links}\n`)).toBe(language);
});

test('neither an English article’s title nor the file’s name makes a weekly with Chinese headings English', () => {
  const parts = ['业界会议', '深阅读', '新鲜货'].map((name) => `## ${name}\n\n${links}\n`).join('\n');
  const file = (text: string) =>
    readIssueFile(Buffer.from(text), {
      timeZone: 'UTC',
      locale: 'en',
      now: new Date('2026-11-22T20:00:00Z'),
      fileName: 'garden-and-roses-weekly.md',
    });

  expect(read(`# 2024.03.25 - A visual language model for roses in walled gardens\n\n${parts}`)).toBe('zh-CN');
  expect(file(parts).language).toBe('zh-CN');
});

test('an English weekly that quotes a Chinese title is English', () => {
  expect(read(`# Garden Weekly\n\nThe roses are late this year.\n\n- [花园里的玫瑰与豆子](https://example.org/)\n\n${links}`)).toBe('en');
});

test('code is in no language', () => {
  const code = `\`\`\`\n${'if the list of the items is not empty then\n'.repeat(30)}\`\`\``;

  expect(read(`# Rosen\n\nDie Rosen sind in diesem Jahr sehr schön.\n\n${code}`)).toBe('de');
});

test.each([
  ['en_us', 'en-US'],
  ['zh_Hant', 'zh-TW'],
  ['zh-Hans', 'zh-CN'],
  ['zh-HK', 'zh-HK'],
  ['de_DE.UTF-8', 'de-DE'],
  ['jp', 'ja'],
  ['日本語', 'ja'],
  ['pt-br', 'pt-BR'],
])('the metadata’s %s is %s and goes before the text', (lang, tag) => {
  expect(languageOf('The roses are very beautiful this year.', { lang })).toBe(tag);
});

test('of a plain “zh” the characters say which', () => {
  expect([languageOf('這週的玫瑰開得很漂亮', { lang: 'zh' }), languageOf('这周的玫瑰开得很漂亮', { lang: 'zh' })]).toEqual([
    'zh-TW',
    'zh-CN',
  ]);
  expect(languageOf('花朵', { lang: 'zh' }, 'zh-TW')).toBe('zh-TW');
});

test('what a page’s template says goes behind the text, unless it says the same more exactly', () => {
  const page = (lang: string, text: string) => read(`<html lang="${lang}"><body><h1>12</h1><p>${text}</p></body></html>`);

  expect([
    page('en', 'Die Rosen sind in diesem Jahr sehr schön.'),
    page('en-GB', 'The roses are very beautiful this year.'),
    page('en', '今年的玫瑰开得很漂亮'),
    page('sw', 'Maua.'),
  ]).toEqual(['de', 'en-GB', 'zh-CN', 'sw']);
});

test('one word that many languages have is no evidence', () => {
  expect([languageOf('Garden Weekly\nSeeds\nText a no.', {}, 'zh-CN'), languageOf('Xkcd de Xkcd', {}, 'de')]).toEqual(['en', 'de']);
});

test('a text that says nothing of its language is in the newsletter’s, if that has these letters', () => {
  expect([languageOf('Xkcd 12', {}, 'de'), languageOf('Xkcd 12', {}, 'zh-CN'), languageOf('12 🌹', {}, 'zh-CN')]).toEqual([
    'de',
    'en',
    'zh-CN',
  ]);
});

test('whatever a file says, its language is one that pages and mails can name', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.oneof(fc.string(), fc.constantFrom('en-x', 'aa-aaaa-aaaa', 'root', 'und', 'C')),
      (text, lang) => {
        const tag = languageOf(text, { lang });

        expect(new Intl.Locale(tag).toString()).toBe(tag);
      },
    ),
  );
});
