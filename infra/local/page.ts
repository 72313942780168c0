/** The frame of every page below `/_local`: plain, quiet, and readable in the dark. */
export const localPage = ({ title, body, head = '' }: { title: string; body: string; head?: string }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
${head}
</head>
<body>${body}</body>
</html>`;

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `
:root { color-scheme: light dark; --ink: #1c1b19; --soft: #6b675f; --line: #e4e0d8; --paper: #fbfaf7; --card: #fff; --accent: #8a3b12; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceae4; --soft: #a19c92; --line: #35322d; --paper: #191815; --card: #22201c; --accent: #e39b6f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; font-weight: 600; letter-spacing: -.01em; margin: 0 0 .25rem; }
h2 { font-size: 1rem; font-weight: 600; margin: 2.25rem 0 .5rem; }
p { margin: .25rem 0 1rem; }
.soft, small { color: var(--soft); }
a { color: var(--accent); text-underline-offset: .15em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 500; color: var(--soft); font-size: .85rem; }
td { overflow-wrap: anywhere; }
code, pre { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 1rem; overflow: auto; max-height: 40rem; white-space: pre-wrap; overflow-wrap: anywhere; }
iframe { width: 100%; height: 46rem; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
button { font: inherit; padding: .6rem 1.1rem; border: 0; border-radius: 6px; background: var(--accent); color: var(--paper); cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.card { max-width: 26rem; margin: 12vh auto 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 2rem; }
.tag { display: inline-block; margin: 0 .35rem .2rem 0; padding: 0 .4rem; border: 1px solid var(--line); border-radius: 4px; color: var(--soft); font-size: .8rem; }
`;
