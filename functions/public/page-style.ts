import { createHash } from 'node:crypto';
import { palette } from '../../emails/palette.ts';

const { light, dark } = palette;

/**
 * The look of all public pages. One block in the page itself, because a page is then one request and its
 * Content-Security-Policy can name this very text by its hash.
 */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: ${light.tint}; --raised: ${light.paper}; --ink: ${light.ink}; --text: ${light.text}; --soft: ${light.soft}; --line: ${light.line};
  --accent: ${light.accent}; --on-accent: #fff; --field: #8b8274; --wrong: #a3181f; --good: #2b6444;
  --sans: system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, Georgia, serif;
}
:is(:lang(zh-TW), :lang(zh-HK), :lang(zh-MO), :lang(zh-Hant)) {
  --sans: system-ui, -apple-system, "Segoe UI", "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", "Noto Sans TC", sans-serif;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Songti TC", "Noto Serif CJK TC", "Source Han Serif TC", PMingLiU, Georgia, serif;
}
:lang(ja) { --sans: system-ui, -apple-system, "Hiragino Sans", "Yu Gothic", Meiryo, "Noto Sans CJK JP", sans-serif; --serif: "Iowan Old Style", "Hiragino Mincho ProN", "Yu Mincho", "Noto Serif CJK JP", serif }
:lang(ko) { --sans: system-ui, -apple-system, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", sans-serif; --serif: "Iowan Old Style", AppleMyungjo, Batang, "Noto Serif CJK KR", serif }
@media (prefers-color-scheme: dark) {
  :root {
    --paper: ${dark.page}; --raised: ${dark.paper}; --ink: ${dark.ink}; --text: ${dark.text}; --soft: ${dark.soft}; --line: ${dark.line};
    --accent: ${dark.accent}; --on-accent: #25100a; --field: #857c6f; --wrong: #ff9d96; --good: #8fcfa8;
  }
}
*, *::before, *::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column; background: var(--paper); color: var(--text);
  font: 1.0625rem/1.65 var(--sans); -webkit-font-smoothing: antialiased; text-rendering: optimizeLegibility; overflow-wrap: break-word;
}
:lang(zh) { line-height: 1.8; text-autospace: normal }
:where(header, main, footer) > * { max-width: 40rem; margin-inline: auto; padding-inline: 1.375rem }
a { color: inherit; text-decoration-color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .22em }
a:hover { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px }
.skip { position: absolute; left: -999rem }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--raised); z-index: 1 }

.masthead { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; padding-block: 1.125rem; font-size: .9375rem }
.masthead p { margin: 0; min-width: 0 }
.masthead p a { font-family: var(--serif); font-weight: 700; text-decoration: none; color: var(--ink) }
.languages { display: flex; gap: .875rem; margin: 0; padding: 0; list-style: none; white-space: nowrap; color: var(--soft) }
.languages a { display: inline-block; padding-block: .25rem; text-decoration: none }
.languages a[aria-current] { color: var(--ink); border-bottom: 2px solid var(--accent) }

main { flex: 1; padding-block: clamp(1.5rem, 5vh, 4rem) 3.5rem }
section.card form { margin-top: 1rem }
h1, h2 { color: var(--ink); font-family: var(--serif); text-wrap: balance; line-height: 1.25 }
h1 { margin: 0; font-size: clamp(1.875rem, 1.35rem + 2.4vw, 2.75rem); letter-spacing: -.005em }
h1:lang(zh) { line-height: 1.35; letter-spacing: .01em }
h1.day { word-break: keep-all }
h2:lang(zh) { line-height: 1.45 }
:is(h1, h2, h3):lang(zh) { text-wrap: pretty }
h2 { margin: 0 0 .5rem; font-size: 1.25rem }
p { margin: 0 0 1rem; text-wrap: pretty }
.cover { padding-top: 1.75rem; border-top: 4px double var(--ink) }
.cover h1 { font-size: clamp(2.375rem, 1.4rem + 4.6vw, 4rem); line-height: 1.14 }
.deck { margin: 1.125rem 0 0; font: 1.25rem/1.6 var(--serif); color: var(--ink) }
.rhythm { margin: .875rem 0 0; color: var(--soft); font-size: .9375rem }
.rhythm::first-letter { text-transform: uppercase }
.lead { margin-top: 1.125rem; font-size: 1.125rem }
.address { font-weight: 600; white-space: nowrap }

body.framed { min-height: 0 }
.framed .masthead { justify-content: flex-end; padding-block: .25rem }
.framed main { padding-block: .5rem 1rem }
.framed .card { margin-top: .25rem }
.unseen { position: absolute; left: -999rem }
section:has(> .code) { margin-top: 2.5rem }
pre.code { overflow-x: auto; padding: 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: 3px; font: .875rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
form { margin: 0 }
.card { margin-top: 2rem; padding: 1.5rem 1.375rem 1.375rem; background: var(--raised); border: 1px solid var(--line); border-radius: 4px }
label, legend { font-weight: 600 }
fieldset { margin: 0; padding: 0; border: 0 }
fieldset + fieldset { margin-top: 1.5rem }
legend { padding: 0; margin-bottom: .375rem }
.entry { display: grid; grid-template-columns: 1fr auto; gap: .625rem; margin-top: .5rem }
.entry:not(:has(button)) { grid-template-columns: 1fr }
.entry .wrong { grid-column: 1 / -1; order: 1; margin: 0 }
input:is([type=email], [type=search]) {
  width: 100%; min-width: 0; min-height: 3.125rem; padding: .5rem .875rem; border: 1px solid var(--field); border-radius: 3px;
  background: var(--paper); color: var(--ink); font: inherit; font-size: 1.0625rem; text-autospace: no-autospace
}
input[aria-invalid=true] { border: 2px solid var(--wrong) }
button {
  min-height: 3.125rem; padding: .5rem 1.625rem; border: 1px solid transparent; border-radius: 3px; cursor: pointer;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600
}
button:hover { filter: brightness(1.08) }
button:active { filter: brightness(.94) }
button.quiet { background: none; border-color: var(--field); color: var(--ink) }
@media (max-width: 30rem) {
  .entry { grid-template-columns: 1fr }
  .entry .wrong { order: 0 }
  .act button { flex: 1 1 100% }
}
.box { display: flex; gap: .75rem; align-items: flex-start; margin-top: 1.125rem; font-size: .9375rem; line-height: 1.65 }
.box label { font-weight: 400 }
input[type=checkbox], input[type=radio] { flex: none; width: 1.25rem; height: 1.25rem; margin: .2rem 0 0; accent-color: var(--accent) }
.choice { display: flex; gap: .75rem; align-items: center; padding-block: .375rem }
.choice input { margin: 0 }
.choice label { font-weight: 400 }
.trap { position: absolute; left: -999rem }
.proving .act { visibility: hidden }
.meant { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line) }
.meant p { margin: 0 }
.meant .act { margin-top: .75rem }
.meant button { overflow-wrap: anywhere }
form > .wrong[role=status] { margin: 0 0 1rem }
.hint { margin: .625rem 0 0; color: var(--soft); font-size: .9375rem }
.wrong { display: flex; gap: .5rem; margin: .5rem 0 0; color: var(--wrong); font-size: .9375rem; line-height: 1.6 }
.wrong::before { content: "!"; flex: none; width: 1.25em; height: 1.25em; margin-top: .2em; border-radius: 50%; background: var(--wrong); color: var(--raised); font-size: .8125em; line-height: 1.25; text-align: center }
.done { padding-left: .875rem; border-left: 3px solid var(--good) }
form > .act { margin-top: 1.375rem }
.act { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.5rem; margin-top: 1.75rem }
.then { margin-top: 2rem; padding-top: 1.125rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9375rem }

.facts { display: grid; gap: 0; margin-top: 2.75rem; margin-bottom: 0; font-size: .9375rem }
.facts > div { display: grid; grid-template-columns: 7.5rem 1fr; gap: .25rem 1.25rem; padding-block: .875rem; border-top: 1px solid var(--line); align-items: baseline }
.facts dt { font-family: var(--serif); font-weight: 700 }
.facts dd { margin: 0; color: var(--soft) }
@media (max-width: 30rem) { .facts > div { grid-template-columns: 1fr } }

.kicker { margin: 0 0 .375rem; color: var(--soft); font-size: .875rem }
.issues { margin: 2rem 0 0; padding: 0; list-style: none }
.issues li { padding-block: 1.375rem; border-top: 1px solid var(--line) }
.issues h2, .issues h3 { margin: 0; font: 700 1.3125rem/1.4 var(--serif) }
.issues h3 { font-size: 1.125rem }
.issues a { text-decoration: none }
.issues a:hover { text-decoration: underline }
.issues p:last-child:not(.kicker) { margin: .5rem 0 0; color: var(--soft); font-size: .9375rem }
.recent { margin-top: 3rem }
.recent .issues { margin-top: .75rem }
.contents { margin-top: 1.5rem; padding-block: 1rem; border-block: 1px solid var(--line) }
.contents ol { margin: 0; padding-inline-start: 1.375rem }
.contents li { padding-block: .1875rem }

.search { margin-top: 1.75rem }
.search .entry { margin-top: .375rem }
.search label { color: var(--soft); font-size: .9375rem; font-weight: 400 }
.search .entry { grid-template-columns: 1fr auto }
.search + .lead { margin-top: 2.25rem }

.neighbours { display: grid; grid-template-columns: 1fr 1fr; gap: 1.25rem 2rem; margin-top: 3.5rem; padding-top: 1.375rem; border-top: 4px double var(--ink) }
.neighbours a[rel] { display: block; text-decoration: none; color: var(--ink) }
.neighbours a[rel]:hover .to { text-decoration: underline }
.neighbours .kicker { display: block }
.neighbours .to { font: 700 1.0625rem/1.5 var(--serif) }
.neighbours [rel=next] { grid-column: 2; text-align: right }
.neighbours p { grid-column: 1 / -1; margin: 0; font-size: .9375rem }
@media (max-width: 30rem) {
  .neighbours { grid-template-columns: 1fr }
  .neighbours [rel=next] { grid-column: 1; text-align: left }
}
.invitation { margin-top: 3rem }
.invitation .card { margin-top: .75rem }
details { margin-top: 1rem; font-size: .9375rem }
summary { cursor: pointer; color: var(--soft); padding-block: .25rem }
summary:hover { color: var(--accent) }
details .facts { margin-top: .75rem }

.issue { font-family: var(--sans) }
.issue .title { margin-bottom: 1.5rem }
.issue + .issue, .contents + .issue, .day + .issue { margin-top: 3rem; padding-top: 1.5rem; border-top: 4px double var(--ink) }
h2.title { font-size: 1.75rem }
.issue section { margin-top: 2.75rem }
.issue .part { margin: 0 0 1.125rem; padding-bottom: .5rem; border-bottom: 2px solid var(--ink); font: 700 1.375rem/1.4 var(--serif); color: var(--ink) }
.item + .item, section > p + .item { margin-top: 1.625rem; padding-top: 1.5rem; border-top: 1px solid var(--line) }
.issue .item-title { margin: 0 0 .625rem; font: 700 1.125rem/1.5 var(--serif); color: var(--ink) }
.n { color: var(--accent); margin-inline-end: .25em }
.issue :is(h2, h3, h4, h5, h6):not([class]) { margin: 1.5rem 0 .5rem; font: 700 1.0625rem/1.5 var(--sans); color: var(--ink) }
.issue :is(p, ul, ol, dl, blockquote, table, pre, figure) { margin: 0 0 1rem }
.issue :is(ul, ol) { padding-inline-start: 1.5rem }
.issue img { display: block; max-width: 100%; height: auto; margin-inline: auto; border-radius: 3px }
.issue figcaption { margin-top: .5rem; color: var(--soft); font-size: .875rem; text-align: center }
.issue :is(em, i, cite):is(:lang(zh), :lang(ja), :lang(ko)) { font-style: normal; font-family: KaiTi, "Kaiti SC", "Kaiti TC", STKaiti, DFKai-SB, BiauKai, var(--serif) }
.issue blockquote { padding-block: .125rem; padding-inline: 1.125rem 0; border-inline-start: 3px solid var(--accent); color: var(--soft) }
.issue blockquote > :last-child { margin-bottom: 0 }
.issue :is(code, kbd, samp, pre) { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace }
.issue :not(pre) > code { padding: .1em .3em; border-radius: 3px; background: var(--raised); font-size: .9em }
.issue .wide { overflow-x: auto; margin: 0 0 1rem }
.issue table { min-width: 100%; margin: 0; border-collapse: collapse; font-size: .9375rem }
.issue :is(th, td) { padding: .5rem .75rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top }
.issue :is(th, td):first-child { min-width: 5.5em }
.issue :is(th, td).right { text-align: right; font-variant-numeric: tabular-nums }
.issue :is(th, td).center { text-align: center }
.issue pre { overflow-x: auto; padding: 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: 3px; font-size: .875rem }
.issue hr { width: 4rem; margin: 2rem auto; border: 0; border-top: 1px solid var(--line) }
.closing { margin-top: 2.75rem; padding-top: 1.25rem; border-top: 1px solid var(--line) }

footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem }
footer > * { padding-block: 1.375rem 1.75rem }
footer p { margin: 0 0 .375rem }
footer ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; list-style: none }
footer ul a { display: inline-block; padding-block: .25rem }
@media print {
  :root { color-scheme: light; --paper: #fff; --raised: #fff; --ink: #000; --text: #000; --soft: #444; --line: #bbb; --accent: #000 }
  @page { margin: 2cm }
  body { display: block; font-size: 11pt }
  .skip, .languages, .search, .neighbours, .invitation, .then, footer ul, form { display: none }
  :where(header, main, footer) > * { max-width: none; padding-inline: 0 }
  main { padding-block: 1rem }
  h1, h2, h3, h4, h5 { break-after: avoid }
  figure, img, pre, blockquote, tr { break-inside: avoid }
  p, li { orphans: 3; widows: 3 }
  .issue pre { white-space: pre-wrap }
  .issue .wide { overflow: visible }
  .issue a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .8em; color: #444; overflow-wrap: anywhere }
  .issue + .issue { break-before: page }
}
@media (forced-colors: active) { button { border-color: ButtonText } }
@media (prefers-reduced-motion: no-preference) { button, a { transition: color .12s, filter .12s } }
`;

/** As a Content-Security-Policy names it. */
export const pageStyleHash = `'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`;
