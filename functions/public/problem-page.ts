import type { Html } from '../platform/html.ts';
import { html } from '../platform/html.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import type { ReaderLocale } from '../platform/locale.ts';
import { problemOf, problemResponse } from '../platform/problem.ts';
import { Refusal } from '../platform/refusal.ts';
import { tooManyPage } from './guard/too-many-page.ts';
import { TooManySignUps } from './guard/too-many-sign-ups.ts';
import { localeOf, prefersHtml } from './negotiation.ts';
import { type Page, pageHref, pageResponse, type Site, securityHeaders } from './page-layout.ts';
import { signUpForm } from './sign-up-form.ts';

/** A confirmation link whose sign-up has come to its end: its reader left, or never came back to it. */
export class EndedSignUp extends Refusal {
  constructor() {
    super('token_expired', 'The sign-up of this link has ended. Sign up again and a new link comes by mail.');
  }
}

type ProblemWords = { title: string; text: string };

const words = {
  'zh-CN': {
    ended: { title: '这个链接已经用不上了', text: '它属于之前的一次订阅，那次订阅已经结束。想重新收到我们的邮件，请在这里再订阅一次：' },
    token_expired: { title: '这个链接已经过期', text: '确认链接的有效期是 7 天。在这里再填一次邮箱，我们马上寄一封新的：' },
    confirm: {
      title: '这个链接不完整',
      text: '有些邮箱会把长链接截断。请回到确认邮件，复制整个链接再打开；或者在这里再填一次邮箱，我们寄一封新的：',
    },
    token_invalid: {
      title: '这个链接不完整',
      text: '有些邮箱会把长链接截断。请回到邮件里，再点一次链接，或复制整个链接再打开。还是不行，请用我们另一封邮件里的链接，或写信告诉我们：',
    },
    not_found: { title: '没有这个页面', text: '链接可能写错了，或者页面已经搬走。' },
    method_not_allowed: { title: '这个地址不能这样打开', text: '请从首页重新开始。' },
    gone: { title: '这一期已经撤下', text: '编辑撤下了这篇内容。' },
    too_large: { title: '内容太长了', text: '请从首页重新填写。' },
    internal_error: { title: '我们这边出了点问题', text: '不是你的问题，也没有丢失什么。请过几分钟再试一次。' },
    other: { title: '这样不行', text: '请从首页重新开始。' },
    home: '回到首页',
  },
  'zh-TW': {
    ended: { title: '這個連結已經用不上了', text: '它屬於先前的一次訂閱，那次訂閱已經結束。想重新收到我們的信，請在這裡再訂閱一次：' },
    token_expired: { title: '這個連結已經過期', text: '確認連結的有效期限是 7 天。在這裡再填一次信箱，我們馬上寄一封新的：' },
    confirm: {
      title: '這個連結不完整',
      text: '有些信箱會把長連結截斷。請回到確認信，複製整個連結再開啟；或者在這裡再填一次信箱，我們寄一封新的：',
    },
    token_invalid: {
      title: '這個連結不完整',
      text: '有些信箱會把長連結截斷。請回到信裡，再點一次連結，或複製整個連結再開啟。還是不行的話，請用我們另一封信裡的連結，或寫信告訴我們：',
    },
    not_found: { title: '沒有這個頁面', text: '連結可能寫錯了，或者頁面已經搬走。' },
    method_not_allowed: { title: '這個網址不能這樣開啟', text: '請從首頁重新開始。' },
    gone: { title: '這一期已經撤下', text: '編輯撤下了這篇內容。' },
    too_large: { title: '內容太長了', text: '請從首頁重新填寫。' },
    internal_error: { title: '我們這邊出了點問題', text: '不是你的問題，也沒有遺失任何東西。請過幾分鐘再試一次。' },
    other: { title: '這樣不行', text: '請從首頁重新開始。' },
    home: '回到首頁',
  },
  en: {
    ended: {
      title: 'This link has served its time',
      text: 'It belongs to an earlier subscription, which has since ended. To hear from us again, sign up once more:',
    },
    token_expired: {
      title: 'This link has expired',
      text: 'Confirmation links work for 7 days. Enter your address again, and a new one comes at once:',
    },
    confirm: {
      title: 'This link is incomplete',
      text: 'Some mail programs cut long links. Go back to the confirmation mail and copy the whole link, or enter your address again and we send a new one:',
    },
    token_invalid: {
      title: 'This link is incomplete',
      text: 'Some mail programs cut long links. Go back to the mail and follow the link again, or copy the whole of it. If that does not help, use the link in another mail of ours, or write to us:',
    },
    not_found: { title: 'There is no such page', text: 'The link may be misspelt, or the page has moved.' },
    method_not_allowed: { title: 'This address does not work that way', text: 'Please begin again at the front page.' },
    gone: { title: 'This issue was withdrawn', text: 'The editors have taken it down.' },
    too_large: { title: 'That was too long', text: 'Please begin again at the front page.' },
    internal_error: {
      title: 'Something went wrong on our side',
      text: 'It is not you, and nothing is lost. Please try again in a few minutes.',
    },
    other: { title: 'That did not work', text: 'Please begin again at the front page.' },
    home: 'To the front page',
  },
} as const satisfies Record<ReaderLocale, Record<string, ProblemWords | string>>;

/** What helps: a form where a new link is the way out, an address to write to, or the way home. */
function problemPage(site: Site, error: unknown, request: HttpRequest): Page {
  const { status, code } = problemOf(error);
  const locale = localeOf(request, site.settings.locale);
  if (error instanceof TooManySignUps) return tooManyPage(error, locale);
  const says = words[locale];
  const { contact } = site.settings;
  const newLink = request.path === '/confirm';
  const kind = kindOf(error, code, newLink);
  const { title, text } = says[kind];
  const help: Record<string, Html> = {
    form: signUpForm(site, locale),
    contact: html`<p><a href="mailto:${contact}">${contact}</a></p>`,
    home: html`<p class="then"><a href="${pageHref({ path: '/' }, locale)}">${says.home}</a></p>`,
  };
  const token = request.query.get('t');
  return {
    status,
    locale,
    title,
    self: request.method === 'POST' ? { path: '/' } : { path: request.path, ...(token !== null && { token }) },
    personal: true,
    main: html`<h1>${title}</h1>
<p class="lead">${text}</p>
${newLink && status !== 500 ? help.form : kind === 'token_invalid' ? help.contact : help.home}`,
  };
}

function kindOf(error: unknown, code: string, newLink: boolean) {
  if (error instanceof EndedSignUp) return 'ended';
  if (code === 'token_invalid' && newLink) return 'confirm';
  const known = ['token_expired', 'token_invalid', 'not_found', 'method_not_allowed', 'gone', 'too_large', 'internal_error'] as const;
  return known.find((each) => each === code) ?? 'other';
}

/** A page for people, `application/problem+json` for programs. */
export const refuseWith =
  (site: () => Site) =>
  (error: unknown, request: HttpRequest): HttpResponse => {
    const page = prefersHtml(request);
    const answer = page ? pageResponse(site(), problemPage(site(), error, request)) : problemResponse(error, request);
    const extras = error instanceof Refusal ? error.extras.headers : {};
    return { ...answer, headers: { ...answer.headers, ...securityHeaders, ...extras } };
  };
