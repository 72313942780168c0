import type { ReaderLocale } from '../../platform/locale.ts';

/**
 * Why a form is asked for once more: a field that people do not see was filled in; it came sooner than a person types; it
 * is not a form of ours of these days; its words have changed since. Any of these happens to people, so nothing is ever dropped.
 */
export type AskAgain = 'trap' | 'too_quick' | 'stale' | 'reworded';

const words = {
  'zh-CN': {
    trap: '表单里有一栏是专门留给机器的，它被填上了，也许是浏览器自动填的。我们已经清空了它，请再按一次“订阅”。',
    too_quick: '快得像机器一样。如果你是人，请再按一次“订阅”。',
    reworded: '这一页的说明刚刚改过。请看一眼，再按一次“订阅”。',
    stale: '这个页面打开太久了。地址还在，请再按一次“订阅”。',
  },
  'zh-TW': {
    trap: '表單裡有一欄是專門留給機器的，它被填上了，也許是瀏覽器自動填的。我們已經清空了它，請再按一次「訂閱」。',
    too_quick: '快得像機器一樣。如果你是人，請再按一次「訂閱」。',
    reworded: '這一頁的說明剛剛改過。請看一眼，再按一次「訂閱」。',
    stale: '這個頁面打開太久了。地址還在，請再按一次「訂閱」。',
  },
  en: {
    trap: 'A field that is there for machines was filled in, perhaps by your browser. We have emptied it: please press “Subscribe” once more.',
    too_quick: 'That was as quick as a machine. If you are a person, please press “Subscribe” once more.',
    reworded: 'The words on this page have just changed. Please have a look, then press “Subscribe” once more.',
    stale: 'This page had been open for long. Your address is still here: please press “Subscribe” once more.',
  },
} as const satisfies Record<ReaderLocale, Record<AskAgain, string>>;

export const askAgainWords = (why: AskAgain, locale: ReaderLocale) => words[locale][why];
