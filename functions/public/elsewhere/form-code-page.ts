import { type Html, html } from '../../platform/html.ts';
import { asksTransferAbroad } from '../../settings/editorial-settings.ts';
import { topicName } from '../../settings/topics.ts';
import { languages, newsletterWords, pagesWords } from '../../words/languages.ts';
import { type ReaderLocale, readerLocales } from '../../words/locale.ts';
import { consentWords } from '../consent/consent-words.ts';
import { type Page, pageHref, type Site } from '../page-layout.ts';

/** The sign-up form for somebody's own site, in three ways, with this newsletter's own addresses, topics and languages in it. */
export function formCodePage(site: Site, locale: ReaderLocale): Page {
  const says = pagesWords[locale].formCode;
  const part = (title: string, hint: string, code: Html) => html`<section><h2>${title}</h2>
<p>${hint}</p>
<pre class="code" tabindex="0"><code>${code.markup}</code></pre></section>`;
  return {
    locale,
    title: says.title,
    self: { path: '/form/code' },
    hidden: true,
    main: html`<h1>${says.title}</h1>
<p class="lead">${says.lead}</p>
${part(says.frame, says.frameHint, frame(site, locale))}
${part(says.plain, says.plainHint, html`${style}\n${plainForm(site, locale)}`)}
${part(says.script, says.scriptHint, script(site))}`,
  };
}

const frame = ({ origin, settings }: Site, locale: ReaderLocale) =>
  html`<iframe src="${origin}${pageHref({ path: '/form', query: { source: 'my-site' } }, locale)}" title="${settings.newsletterName}" width="100%" height="420" style="border:0"></iframe>`;

const style = html`<style>
  .newsletter { display: grid; gap: .75rem; max-width: 26rem; font: inherit }
  .newsletter input[type=email], .newsletter select { width: 100%; padding: .6rem; font: inherit; box-sizing: border-box }
  .newsletter button { padding: .7rem; font: inherit; font-weight: 600; cursor: pointer }
  .newsletter small { line-height: 1.5 }
  .newsletter .unseen { position: absolute; left: -999rem }
</style>`;

/** Nothing of it needs a script. The field that nobody sees keeps out programs that fill in whatever they find. */
function plainForm(site: Site, locale: ReaderLocale): Html {
  const { settings, origin } = site;
  const { signUp, formCode: says } = pagesWords[locale];
  return html`<form class="newsletter" method="post" action="${origin}/subscribe">
  <label>${signUp.email} <input type="email" name="email" required autocomplete="email"></label>
${settings.topics.map(({ id, name }) => html`  <label><input type="checkbox" name="topic-${id}" value="yes"> ${topicName(name, locale)}</label>\n`)}  <label>${says.language} <select name="locale">
${readerLocales.map((each) => html`    <option value="${each}"${each === locale && html` selected`}>${languages[each].name}</option>\n`)}  </select></label>
${asksTransferAbroad(settings) && html`  <label><input type="checkbox" name="transferAbroad" value="yes" required> ${consentWords(site, locale).transferAbroad}</label>\n`}  <input type="hidden" name="source" value="my-site">
  <label class="unseen" aria-hidden="true">${signUp.trap} <input name="homepage" tabindex="-1" autocomplete="off"></label>
  <button>${signUp.submit}</button>
  <small>${signUp.hint} <a href="${settings.privacyNotice}">${newsletterWords[locale].privacy}</a></small>
</form>`;
}

const script = ({ origin }: Site) => html`<script>
  async function subscribe(email) {
    const answer = await fetch("${origin}/subscribe", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ email, source: "my-site" }),
    });
    return answer.json(); // {"status": "check_your_mail"}, or a problem with a code
  }
</script>`;
