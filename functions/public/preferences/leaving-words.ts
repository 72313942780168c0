import type { ReaderLocale } from '../../platform/locale.ts';
import type { LeavingReason } from '../../subscribers/subscriber.ts';

/** Asked after somebody has left, and only if they like to answer. */
export const leavingWords: Record<ReaderLocale, Record<LeavingReason | 'ask' | 'send' | 'thanks', string>> = {
  'zh-CN': {
    ask: '愿意告诉我们原因吗？（可以不答）',
    too_many: '邮件太多了',
    not_for_me: '内容不合我的需要',
    never_asked: '我没有订阅过',
    elsewhere: '我在别处读（网站、订阅源）',
    other: '别的原因',
    send: '告诉编辑',
    thanks: '谢谢，编辑会看到。',
  },
  'zh-TW': {
    ask: '願意告訴我們原因嗎？（可以不答）',
    too_many: '信太多了',
    not_for_me: '內容不符合我的需要',
    never_asked: '我沒有訂閱過',
    elsewhere: '我在別處閱讀（網站、訂閱源）',
    other: '別的原因',
    send: '告訴編輯',
    thanks: '謝謝，編輯會看到。',
  },
  en: {
    ask: 'Would you tell us why? You need not.',
    too_many: 'Too many emails',
    not_for_me: 'It is not what I need',
    never_asked: 'I never signed up',
    elsewhere: 'I read it elsewhere, on the web or in a feed',
    other: 'Something else',
    send: 'Tell the editors',
    thanks: 'Thank you. The editors will see it.',
  },
};
