import { type ReaderLocale, readerLocaleOf } from '../functions/platform/locale.ts';

/** The words around an issue. Those of the first group follow the issue's language, those of the second the reader's. */
const words = {
  'zh-CN': {
    issueNumber: '[[第 {{number}} 期]]',
    contents: '本期目录',
    digestTitle: '本期共 {{count}} 篇',
    itemCount: '{{count}} 条',
    readInFull: '阅读全文',
    readTheRest: '这封信放不下全部内容，其余请在网页上阅读',
    image: '图',
    colon: '：',
    subjectOfOne: '[[{{newsletter}} 第 {{number}} 期：]]{{title}}',
    subjectOfSeveral: '{{newsletter}}：{{title}} 等 {{count}} 篇',
    advertising: '【广告】',

    webVersion: '在浏览器中查看',
    why: '你收到这封信，是因为你订阅并确认了《{{newsletter}}》。',
    unsubscribe: '退订',
    preferences: '偏好设置',
    contact: '联系我们',
    privacy: '隐私声明',
  },
  'zh-TW': {
    issueNumber: '[[第 {{number}} 期]]',
    contents: '本期目錄',
    digestTitle: '本期共 {{count}} 篇',
    itemCount: '{{count}} 則',
    readInFull: '閱讀全文',
    readTheRest: '這封信放不下全部內容，其餘請在網頁上閱讀',
    image: '圖',
    colon: '：',
    subjectOfOne: '[[{{newsletter}} 第 {{number}} 期：]]{{title}}',
    subjectOfSeveral: '{{newsletter}}：{{title}} 等 {{count}} 篇',
    advertising: '【廣告】',

    webVersion: '在瀏覽器中檢視',
    why: '你收到這封信，是因為你訂閱並確認了《{{newsletter}}》。',
    unsubscribe: '取消訂閱',
    preferences: '訂閱設定',
    contact: '聯絡我們',
    privacy: '隱私權聲明',
  },
  en: {
    issueNumber: '[[No. {{number}}]]',
    contents: 'In this issue',
    digestTitle: '{{count}} pieces in this mail',
    itemCount: '{{count}} items',
    readInFull: 'Read in full',
    readTheRest: 'This mail has no room for everything; read the rest on the web',
    image: 'Image',
    colon: ': ',
    subjectOfOne: '[[{{newsletter}} No. {{number}}: ]]{{title}}',
    subjectOfSeveral: '{{newsletter}}: {{title}} and {{others}} more',
    advertising: '[AD] ',

    webVersion: 'View in browser',
    why: 'You get this because you subscribed to {{newsletter}} and confirmed it.',
    unsubscribe: 'Unsubscribe',
    preferences: 'Preferences',
    contact: 'Contact',
    privacy: 'Privacy notice',
  },
} as const satisfies Record<ReaderLocale, Record<string, string>>;

export type Words = (typeof words)[ReaderLocale];

/** In the reader's locale. */
export const wordsFor = (locale: ReaderLocale): Words => words[locale];

/** In the language of an issue, as far as we speak it: any Chinese reads Chinese words, in its own script, everybody else English ones. */
export const wordsIn = (language: string): Words => words[readerLocaleOf(language) ?? 'en'];

/** A date of the calendar (`YYYY-MM-DD`) written out with its weekday. */
export const longDate = (date: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' })
    .format(new Date(`${date}T00:00:00Z`))
    .replace('日星期', '日 星期');
