import type { IssueMeta } from '../issues/issue.ts';
import type { AddressFault } from '../mail/email-address.ts';
import { Html, html } from '../platform/html.ts';
import type { Locale } from '../platform/locale.ts';
import { asksTransferAbroad } from '../platform/settings.ts';
import type { SubscriptionFaults } from '../subscribers/request-subscription.ts';
import { recentIssues } from './archive-pages.ts';
import { consentWords } from './consent-words.ts';
import { inOwnLanguage, type Page, type Site } from './page-layout.ts';
import { scheduleWords } from './publisher-words.ts';

/** What was typed, and what is wrong with it: shown beside the field, the typed text kept. `recent`: a taste of what comes. */
export type SignUpForm = { email?: string; faults?: SubscriptionFaults; recent?: readonly IssueMeta[] };

const words = {
  'zh-CN': {
    email: '邮箱地址',
    submit: '订阅',
    hint: '我们会先寄一封邮件，在里面点一下确认，才算订阅成功。',
    failed: '还差一步',
    rhythm: (schedule: string) => `${schedule}，一封邮件`,
    faults: {
      empty: '请填写邮箱地址。',
      malformed: '这不像一个完整的邮箱地址，应当形如 name@example.com。',
      local_part_not_ascii: '“@”前面只能用英文字母、数字和符号：我们的发信服务寄不到含中文等字符的邮箱名。',
      too_long: '这个地址太长了：邮箱地址最多 254 个字符。',
      refused: '请勾选这一项：不把邮箱地址存到境外，我们就没有办法给你寄信。',
    },
  },
  en: {
    email: 'Email address',
    submit: 'Subscribe',
    hint: 'We send you a mail first. Say yes in it, and you are subscribed.',
    failed: 'Not quite yet',
    rhythm: (schedule: string) => `One email, ${schedule}`,
    faults: {
      empty: 'Enter your email address.',
      malformed: 'This does not look like a whole email address, such as name@example.com.',
      local_part_not_ascii:
        'Only unaccented Latin letters, digits and signs can stand before the “@”: the service that sends our mail cannot reach other addresses.',
      too_long: 'This address is too long: an email address has at most 254 characters.',
      refused: 'Tick this box: without storing your address abroad we have no way to send you anything.',
    },
  },
} as const satisfies Record<Locale, { faults: Record<AddressFault | 'refused', string> } & Record<string, unknown>>;

/** What is wrong with a sign-up, in words, by field. */
export const faultWords = ({ email, transferAbroad }: SubscriptionFaults, locale: Locale) => [
  ...(email ? [{ path: 'email', message: words[locale].faults[email] }] : []),
  ...(transferAbroad ? [{ path: 'transferAbroad', message: words[locale].faults[transferAbroad] }] : []),
];

export function signUpPage(site: Site, locale: Locale, form: SignUpForm = {}): Page {
  const { settings } = site;
  const { newsletterName, description } = settings;
  const failed = form.faults !== undefined;
  const own = inOwnLanguage(site, locale);
  return {
    status: failed ? 400 : 200,
    locale,
    title: failed ? words[locale].failed : newsletterName,
    self: { path: '/' },
    personal: failed,
    cover: true,
    ...(description && !failed && { head: html`<meta name="description" content="${description}">` }),
    main: html`<div class="cover">
<h1${own}>${newsletterName}</h1>
${description && html`<p class="deck"${own}>${description}</p>`}
<p class="rhythm">${words[locale].rhythm(scheduleWords(settings, locale))}</p>
</div>
${signUpForm(site, locale, form)}
<dl class="facts">${consentWords(site, locale).facts.map(
      ({ term, description }) => html`<div><dt>${term}</dt><dd>${description}</dd></div>`,
    )}</dl>
${form.recent && recentIssues(form.recent, locale)}`,
  };
}

/** The form on its own, for pages whose link no longer helps. The button stands behind whatever it agrees to. */
export function signUpForm(site: Site, locale: Locale, { email = '', faults = {} }: SignUpForm = {}): Html {
  const says = words[locale];
  const asks = asksTransferAbroad(site.settings);
  const button = html`<button type="submit">${says.submit}</button>`;
  return html`<form class="card" method="post" action="/subscribe" novalidate>
<input type="hidden" name="page" value="sign-up"><input type="hidden" name="locale" value="${locale}">
<label for="email">${says.email}</label>
<div class="entry"><input type="email" id="email" name="email" value="${email}" required autocomplete="email" autocapitalize="none" spellcheck="false" inputmode="email" placeholder="name@example.com"${described('email', faults.email, 'email-hint')}${faults.email && focused}>
${fault('email', faults.email && says.faults[faults.email])}${!asks && button}</div>
<p class="hint" id="email-hint">${says.hint}</p>
${
  asks &&
  html`<div class="box"><input type="checkbox" id="abroad" name="transferAbroad" value="yes" required${described('abroad', faults.transferAbroad)}${!faults.email && faults.transferAbroad && focused}>
<label for="abroad">${consentWords(site, locale).transferAbroad}</label></div>
${fault('abroad', faults.transferAbroad && says.faults[faults.transferAbroad])}
<div class="act">${button}</div>`
}
</form>`;
}

const focused = new Html(' autofocus');

const fault = (field: string, message: string | undefined) => message && html`<p class="wrong" id="${field}-fault">${message}</p>`;

function described(field: string, wrong: unknown, hint?: string) {
  const ids = [...(wrong ? [`${field}-fault`] : []), ...(hint ? [hint] : [])];
  return html`${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}${Boolean(wrong) && new Html(' aria-invalid="true"')}`;
}
