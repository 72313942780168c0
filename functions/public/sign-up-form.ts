import type { AddressFault } from '../mail/email-address.ts';
import { Html, html } from '../platform/html.ts';
import type { ReaderLocale } from '../platform/locale.ts';
import { asksTransferAbroad } from '../platform/settings.ts';
import type { SubscriptionFaults } from '../subscribers/request-subscription.ts';
import { consentWords } from './consent/consent-words.ts';
import { shownWords } from './consent/shown-words.ts';
import { type AskAgain, askAgainWords } from './guard/ask-again.ts';
import { type Suggestion, suggestionButtons } from './guard/suggestion.ts';
import type { Site } from './page-layout.ts';

/** What was typed and ticked, and what is wrong with it or asked about it: shown beside the field, the typed text kept. */
export type SignUpForm = {
  email?: string;
  transferAbroad?: boolean;
  faults?: SubscriptionFaults;
  again?: AskAgain;
  suggestion?: Suggestion;
  /** Of the form as it came: who is asked something need not be slow a second time. */
  stamp?: string | undefined;
  /** Whether the form stands on a page that caches keep. */
  cached?: boolean;
};

const words = {
  'zh-CN': {
    email: '邮箱地址',
    submit: '订阅',
    trap: '这一栏请留空',
    hint: '我们会先寄一封邮件，在里面点一下确认，才算订阅成功。',
    faults: {
      empty: '请填写邮箱地址。',
      malformed: '这不像一个完整的邮箱地址，应当形如 name@example.com。',
      local_part_not_ascii: '“@”前面只能用英文字母、数字和符号：我们的发信服务寄不到含中文等字符的邮箱名。',
      too_long: '这个地址太长了：邮箱地址最多 254 个字符。',
      refused: '请勾选这一项：不把邮箱地址存到境外，我们就没有办法给你寄信。',
    },
  },
  'zh-TW': {
    email: '電子郵件地址',
    submit: '訂閱',
    trap: '這一欄請留空',
    hint: '我們會先寄一封信，在信裡按一下確認，才算訂閱成功。',
    faults: {
      empty: '請填寫電子郵件地址。',
      malformed: '這不像一個完整的電子郵件地址，應該像 name@example.com 這樣。',
      local_part_not_ascii: '「@」前面只能用英文字母、數字和符號：我們的寄信服務寄不到含中文等字元的信箱名稱。',
      too_long: '這個地址太長了：電子郵件地址最多 254 個字元。',
      refused: '請勾選這一項：不把電子郵件地址存放到境外，我們就沒有辦法寄信給你。',
    },
  },
  en: {
    email: 'Email address',
    submit: 'Subscribe',
    trap: 'Leave this field empty',
    hint: 'We send you a mail first. Say yes in it, and you are subscribed.',
    faults: {
      empty: 'Enter your email address.',
      malformed: 'This does not look like a whole email address, such as name@example.com.',
      local_part_not_ascii:
        'Only unaccented Latin letters, digits and signs can stand before the “@”: the service that sends our mail cannot reach other addresses.',
      too_long: 'This address is too long: an email address has at most 254 characters.',
      refused: 'Tick this box: without storing your address abroad we have no way to send you anything.',
    },
  },
} as const satisfies Record<ReaderLocale, { faults: Record<AddressFault | 'refused', string> } & Record<string, unknown>>;

/** What is wrong with a sign-up, in words, by field. */
export const faultWords = ({ email, transferAbroad }: SubscriptionFaults, locale: ReaderLocale) => [
  ...(email ? [{ path: 'email', message: words[locale].faults[email] }] : []),
  ...(transferAbroad ? [{ path: 'transferAbroad', message: words[locale].faults[transferAbroad] }] : []),
];

/** What somebody agrees to by sending the form: all that stands on and beside it. */
export const signUpWords = (site: Site, locale: ReaderLocale) =>
  shownWords('sign-up', site, locale, [
    words[locale].hint,
    asksTransferAbroad(site.settings) && consentWords(site, locale).transferAbroad,
    words[locale].submit,
  ]);

/** The form, on whatever page it stands. The button stands behind whatever it agrees to. */
export function signUpForm(site: Site, locale: ReaderLocale, form: SignUpForm = {}): Html {
  const { email = '', transferAbroad = false, faults = {}, again, suggestion, cached = false, stamp = site.formStamp({ cached }) } = form;
  const says = words[locale];
  const asks = asksTransferAbroad(site.settings);
  const button = suggestion ? suggestionButtons(suggestion, locale) : html`<button type="submit">${says.submit}</button>`;
  return html`<form class="card" method="post" action="/subscribe" novalidate>
<input type="hidden" name="page" value="sign-up"><input type="hidden" name="locale" value="${locale}"><input type="hidden" name="stamp" value="${stamp}"><input type="hidden" name="wording" value="${signUpWords(site, locale).version}">
${again && html`<p class="wrong" role="status">${askAgainWords(again, locale)}</p>`}${!again && trap(says.trap)}
<label for="email">${says.email}</label>
<div class="entry"><input type="email" id="email" name="email" value="${email}" required autocomplete="email" autocapitalize="none" spellcheck="false" inputmode="email" placeholder="name@example.com"${described('email', faults.email, 'email-hint')}${faults.email && focused}>
${fault('email', faults.email && says.faults[faults.email])}${!asks && !suggestion && button}</div>
${!asks && suggestion && button}
<p class="hint" id="email-hint">${says.hint}</p>
${
  asks &&
  html`<div class="box"><input type="checkbox" id="abroad" name="transferAbroad" value="yes" required${transferAbroad && new Html(' checked')}${described('abroad', faults.transferAbroad)}${!faults.email && faults.transferAbroad && focused}>
<label for="abroad">${consentWords(site, locale).transferAbroad}</label></div>
${fault('abroad', faults.transferAbroad && says.faults[faults.transferAbroad])}
${suggestion ? button : html`<div class="act">${button}</div>`}`
}
</form>`;
}

/** Machines fill in whatever they find. Nobody sees it, no reader of screens reads it, no key leads to it. */
const trap = (words: string) =>
  html`<div class="trap" aria-hidden="true"><label for="homepage">${words}</label><input type="text" id="homepage" name="homepage" value="" tabindex="-1" autocomplete="off"></div>`;

const focused = new Html(' autofocus');

const fault = (field: string, message: string | undefined) => message && html`<p class="wrong" id="${field}-fault">${message}</p>`;

function described(field: string, wrong: unknown, hint?: string) {
  const ids = [...(wrong ? [`${field}-fault`] : []), ...(hint ? [hint] : [])];
  return html`${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}${Boolean(wrong) && new Html(' aria-invalid="true"')}`;
}
