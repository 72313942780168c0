import type { Challenge } from 'altcha-lib';
import { html } from '../../platform/html.ts';
import type { ReaderLocale } from '../../platform/locale.ts';
import type { Page } from '../page-layout.ts';

/** What a sign-up takes up again where it was stopped: the fields of its form, and what it waits with. */
export type Waiting = { fields: Record<string, string>; challenge: Challenge; seconds: number; early?: boolean };

const words = {
  'zh-CN': {
    title: '还差几秒钟',
    lead: '现在来订阅的人很多。为了挡住机器，我们请你的浏览器先做一小会儿计算，做完就自动继续。',
    wait: (seconds: number) => `如果什么也没有发生，请等 ${seconds} 秒，再按下面的按钮。`,
    ready: '现在可以按下面的按钮了。',
    early: (seconds: number) => `还早了一点：请再等 ${seconds} 秒。`,
    working: '浏览器正在计算：',
    done: '算好了，正在继续……',
    submit: '继续订阅',
  },
  'zh-TW': {
    title: '還差幾秒鐘',
    lead: '現在來訂閱的人很多。為了擋住機器，我們請你的瀏覽器先做一小會兒計算，做完就會自動繼續。',
    wait: (seconds: number) => `如果什麼也沒有發生，請等 ${seconds} 秒，再按下面的按鈕。`,
    ready: '現在可以按下面的按鈕了。',
    early: (seconds: number) => `還早了一點：請再等 ${seconds} 秒。`,
    working: '瀏覽器正在計算：',
    done: '算好了，正在繼續……',
    submit: '繼續訂閱',
  },
  en: {
    title: 'A few seconds more',
    lead: 'Many people are signing up right now. To keep machines out, your browser does a little arithmetic first, and then goes on by itself.',
    wait: (seconds: number) => `If nothing happens, wait ${seconds} seconds, then press the button.`,
    ready: 'You can press the button now.',
    early: (seconds: number) => `That was a little early: please wait ${seconds} more seconds.`,
    working: 'Your browser is working:',
    done: 'Done. Going on…',
    submit: 'Go on and subscribe',
  },
} as const satisfies Record<ReaderLocale, object>;

/** How many tries the longest arithmetic takes, for the progress. */
const mostTries = 400;

/** Goes on by itself with a script, and by its button after a wait without one. Nothing is sent before either. */
export function waitingPage({ fields, challenge, seconds, early = false }: Waiting, locale: ReaderLocale): Page {
  const says = words[locale];
  const work = JSON.stringify({ challenge, most: mostTries, working: says.working, done: says.done });
  return {
    status: 428,
    locale,
    title: says.title,
    self: { path: '/' },
    personal: true,
    script: '/proof.js',
    main: html`<h1>${says.title}</h1>
<p class="lead">${says.lead}</p>
<form class="card" method="post" action="/subscribe" data-work="${work}">
${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<input type="hidden" name="proof" value="">
<p role="status" id="progress">${early && seconds > 0 ? says.early(seconds) : seconds > 0 ? says.wait(seconds) : says.ready}</p>
<div class="act"><button type="submit">${says.submit}</button></div>
</form>`,
  };
}
