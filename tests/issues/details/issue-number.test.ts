import fc from 'fast-check';
import { expect, test } from 'vitest';
import { issueNumber } from '../../../functions/issues/details/issue-number.ts';

const numberOf = (title: string, newsletter?: string) => issueNumber({ metadata: new Map(), title, fileName: undefined, newsletter });
const inFile = (fileName: string) => issueNumber({ metadata: new Map(), title: '', fileName });
const said = (key: string, value: unknown) => issueNumber({ metadata: new Map([[key, value]]), title: 'Seeds', fileName: undefined });

const numbers = fc.integer({ min: 1, max: 1_899 });

/** How newsletters count; each has one of them. */
const counting: ((n: number) => string)[] = [
  ...[
    (n: number) => `花园周报第${n}期`,
    (n: number) => `花园周报 第 ${n} 期：种子`,
    (n: number) => `花园周报 ${n} 期`,
    (n: number) => `【${n}期】花园`,
  ],
  ...[
    (n: number) => `第${n}号 花园`,
    (n: number) => `庭の便り 第${n}号`,
    (n: number) => `第${n}回 庭の便り`,
    (n: number) => `第${n}輯 花園`,
  ],
  ...[
    (n: number) => `제${n}호 정원 소식`,
    (n: number) => `정원 소식 ${n}호`,
    (n: number) => `花园周报 第${n}周`,
    (n: number) => `花园周报 Vol.${n}`,
  ],
  ...[
    (n: number) => `Garden Weekly #${n}`,
    (n: number) => `Issue #${n}`,
    (n: number) => `#${n} - roses, beans`,
    (n: number) => `LifeWeekly #${n}｜roses`,
  ],
  ...[(n: number) => `Garden Weekly No. ${n}: seeds`, (n: number) => `NO.${n} Garden`, (n: number) => `Revue du jardin n° ${n} : graines`],
  ...[
    (n: number) => `Infolettre n°${n}`,
    (n: number) => `Gartenbrief Nr. ${n}: Samen`,
    (n: number) => `Сад №${n}`,
    (n: number) => `Notiziario num. ${n}`,
  ],
  ...[(n: number) => `Garden Weekly, edition ${n}: Seeds`, (n: number) => `Issue ${n}: a start`, (n: number) => `Ausgabe ${n} | Rosen`],
  ...[
    (n: number) => `The ${n}th issue of Garden`,
    (n: number) => `${n}. Ausgabe: Rosen`,
    (n: number) => `Выпуск ${n}: розы`,
    (n: number) => `العدد ${n}: ورود`,
  ],
  ...[
    (n: number) => `Garden, vol. ${n}`,
    (n: number) => `Vol. 2, Issue ${n}`,
    (n: number) => `WEEK${n} - seeds in a box`,
    (n: number) => `Episode ${n}: bees`,
  ],
  ...[(n: number) => `Garden Weekly ${n}`, (n: number) => `This Week in Gardens ${n}`, (n: number) => `Garden Newsletter ${n}: seeds`],
  ...[
    (n: number) => `نشرة الحديقة ${n}`,
    (n: number) => `Garden Digest (${n})`,
    (n: number) => `${n} | roses, beans`,
    (n: number) => `[${n}] roses, beans`,
  ],
];

test('a number that counts issues is found, in whichever way it is written', () => {
  fc.assert(
    fc.property(numbers, fc.constantFrom(...counting), (number, title) => {
      expect(numberOf(title(number)), title(number)).toBe(number);
      expect(numberOf(title(number).replace(String(number), String(number).padStart(3, '0'))), title(number)).toBe(number);
    }),
    { numRuns: 1_000 },
  );
});

/** Numbers of versions, parts, people and things. */
const notCounting: ((n: number) => string)[] = [
  ...[
    (n: number) => `What is new in Node ${n}`,
    (n: number) => `.NET ${n}`,
    (n: number) => `Swift ${n}.1 is here`,
    (n: number) => `Release v${n}.0.2`,
  ],
  ...[
    (n: number) => `Report, part ${n}`,
    (n: number) => `Chapter ${n}`,
    (n: number) => `Top ${n}`,
    (n: number) => `${n} things we learned`,
  ],
  ...[
    (n: number) => `Angular ${n} and TypeScript 5`,
    (n: number) => `iOS ${n}`,
    (n: number) => `C# ${n} is here`,
    (n: number) => `Pull request #${n}`,
  ],
  ...[(n: number) => `Last week ${n} people came`, (n: number) => `The No. ${n} reason`, (n: number) => `There is no ${n} in it`],
  ...[
    (n: number) => `${n}号船坞租给了工坊`,
    (n: number) => `共 ${n} 期`,
    (n: number) => `第${n}章`,
    (n: number) => `第${n}季度总结`,
    (n: number) => `${n} 期待已久`,
  ],
  ...[
    (n: number) => `Garden Letter ${n},000 readers`,
    (n: number) => `Garden News ${n} new roses`,
    (n: number) => `CVE-2024-${n} explained`,
  ],
];

test('a number that counts anything else is none', () => {
  fc.assert(
    fc.property(numbers, fc.constantFrom(...notCounting), (number, title) => {
      expect(numberOf(title(number)), title(number)).toBeNull();
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['周刊第十二期', 12],
  ['花園電子報第一二三期', 123],
  ['花园周报 第一百二十三期', 123],
  ['花园周报 384 期（2021-03-31）', 384],
  ['Garden #12/2025', 12],
  ['Issue 4-20, May 19, 1999', 20],
  ['Weekly #16 | 2018-04-23', 16],
  ['花园月刊 2025年第3期', 3],
  ['Garden Weekly 2025', null],
  ['Garden Weekly, 4 Mar 2025', null],
  ['年终盘点 2026', null],
  ['R Weekly 2017-21', null],
])('the number of “%s” is %s', (title, number) => {
  expect(numberOf(title)).toBe(number);
});

test('a number may follow what the newsletter is called', () => {
  expect(numberOf('Hedgehog 12')).toBeNull();
  expect(numberOf('Hedgehog 12', 'The Hedgehog')).toBeNull();
  expect(numberOf('Hedgehog 12', 'Hedgehog')).toBe(12);
  expect(numberOf('TGW 12 - roses', 'The Garden Weekly')).toBe(12);
  expect(numberOf('TGW 12 - our #3 pick', 'The Garden Weekly')).toBe(12);
  expect(numberOf('TGW 12 - roses', 'Hedgehog')).toBeNull();
  expect(issueNumber({ metadata: new Map(), title: 'Roses', fileName: 'hit-12.md', newsletter: 'HedgeInTown' })).toBe(12);
});

test.each([
  ['number', '#12'],
  ['issueNumber', 12],
  ['issue_number', '012'],
  ['issue', 'No. 12'],
  ['期号', '第十二期'],
  ['edition', '12'],
])('%s: %s in the metadata is the number', (key, value) => {
  expect(said(key, value)).toBe(12);
});

test.each([
  ['issue-160.md', 160],
  ['#16-2018.04.21.md', 16],
  ['026-2019-jan-22.md', 26],
  ['letters/104-seeds.md', 104],
  ['garden_weekly_5.md', 5],
  ['2022/Jul/25.md', null],
  ['10-things-to-know.md', null],
  ['node-24.md', null],
  ['part-2.md', null],
  ['2025-03-04-garden.md', null],
])('where the title is the file’s name, the number of %s is %s', (fileName, number) => {
  expect(inFile(fileName)).toBe(number);
});

test('beside a title that counts nothing, the file’s name counts by a word for issues alone', () => {
  const beside = (fileName: string) => issueNumber({ metadata: new Map(), title: 'Roses', fileName });

  expect(['issue-0002.md', '第12期.md', '104-种子.md', 'number-07.md', '25.md'].map(beside)).toEqual([2, 12, null, null, null]);
});

test('a number in front of a month counts issues where it says so', () => {
  expect(numberOf('The Gardener, Volume 36, Number 5 May 2007')).toBe(5);
});

const titled = (title: string, fileName: string) => issueNumber({ metadata: new Map(), title, fileName });

test.each([
  ['Radio Hedge 114', 'podcast-114.md', 114],
  ['These Weeks In Gardens 83', '2016-11-14-twig-83.md', 83],
  ['Garden News, 159 is out!', '2011-01-22-garden-news-159-is-out.md', 159],
  ['Garden News #93 is out!', '2009-10-17-garden-news-93-is-out.md', 93],
  ['Welcome to the Garden Weekly', '087-2020-04-28.md', 87],
  ['Lettre du jardin', 'ldj-12.md', 12],
  ['Roses', 'tgw-12.md', null],
  ['Garden Podcast 12: roses', 'ep12.md', 12],
  ['Roses', 'ep-12.md', 12],
  ['A look back at spring 🎉', '037-2019-apr-9.md', 37],
  ['What is new in Node 24', '24-new-things.md', null],
  ['What is new in Node 24', 'what-is-new-in-node-24.md', null],
  ['Growing beans, part 2', 'beans-2.md', null],
  ['Top 10', 'list-10.md', null],
  ['Roses', '037-roses.md', null],
])('“%s” in %s has the number %s', (title, fileName, number) => {
  expect(titled(title, fileName)).toBe(number);
});

test('a week filled up with zeros counts, whatever follows', () => {
  expect(numberOf('WEEK012 搭建自己的花园')).toBe(12);
  expect(numberOf('Week 3 people came')).toBeNull();
});
