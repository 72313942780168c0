import { html } from '../../platform/html.ts';
import type { ReaderLocale } from '../../platform/locale.ts';
import { type Page, pageHref } from '../page-layout.ts';
import type { TooManySignUps } from './too-many-sign-ups.ts';

const words = {
  'zh-CN': {
    title: '请过一会儿再来订阅',
    network_full: '最近一小时里，从你所在的网络来了很多订阅请求，它们都还没有得到确认。为了不让陌生人收到不请自来的邮件，我们先停一停。',
    full: '最近一小时里来了太多还没有得到确认的订阅请求。为了不让陌生人收到不请自来的邮件，我们先停一停。',
    when: (minutes: number) => `${minutes} 分钟后就可以再试。`,
    network: '着急的话，换一个网络，比如手机流量，现在就能订阅。',
    mailed: '已经收到确认邮件了？直接点里面的链接就行，不受影响。',
    home: '回到首页',
  },
  'zh-TW': {
    title: '請過一會兒再來訂閱',
    network_full: '最近一小時裡，從你所在的網路來了很多訂閱請求，它們都還沒有確認。為了不讓陌生人收到不請自來的信，我們先停一停。',
    full: '最近一小時裡來了太多還沒有確認的訂閱請求。為了不讓陌生人收到不請自來的信，我們先停一停。',
    when: (minutes: number) => `${minutes} 分鐘後就可以再試。`,
    network: '著急的話，換一個網路，例如行動網路，現在就能訂閱。',
    mailed: '已經收到確認信了？直接點信裡的連結就好，不受影響。',
    home: '回到首頁',
  },
  en: {
    title: 'Please come back a little later',
    network_full:
      'In the past hour many sign-ups came from the network you are on, and none of them has been confirmed yet. So that nobody gets mail they never asked for, we pause here.',
    full: 'In the past hour too many sign-ups came that nobody has confirmed yet. So that nobody gets mail they never asked for, we pause here.',
    when: (minutes: number) => (minutes === 1 ? 'You can try again in a minute.' : `You can try again in ${minutes} minutes.`),
    network: 'If you cannot wait, another network, such as that of your phone, works now.',
    mailed: 'You have a confirmation mail already? Follow its link: that works all the same.',
    home: 'To the front page',
  },
} as const satisfies Record<ReaderLocale, object>;

/** Says why, until when, and what helps meanwhile. */
export function tooManyPage({ where, minutes }: TooManySignUps, locale: ReaderLocale): Page {
  const says = words[locale];
  return {
    status: 429,
    locale,
    title: says.title,
    self: { path: '/' },
    personal: true,
    main: html`<h1>${says.title}</h1>
<p class="lead">${says[where]}</p>
<p><strong>${says.when(minutes)}</strong>${locale === 'en' && ' '}${where === 'network_full' && says.network}</p>
<p class="then">${says.mailed}${locale === 'en' && ' '}<a href="${pageHref({ path: '/' }, locale)}">${says.home}</a></p>`,
  };
}
