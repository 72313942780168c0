/**
 * Takes out the blanks that MJML indents its output with. Every one of them holds a line break, and nothing an author
 * wrote does: `blockHtml` has turned theirs into blanks or `<br>`.
 */
export const squeezeHtml = (html: string) =>
  html
    .replace(/>(\s+)</g, (between, blanks: string) => (blanks.includes('\n') ? '><' : between))
    .replace(/\s+/g, (blanks) => (blanks.includes('\n') ? ' ' : blanks))
    .replace(/<(\w+)\s{2,}/g, '<$1 ')
    .replace(/\s+>?/g, (blanks) => (blanks.endsWith('>') ? '>' : blanks))
    .replace(/<style([^<>]*)>([^<]*)<\/style>/g, (_all, attributes, css) => `<style${attributes}>${squeezeCss(css)}</style>`)
    .trim();

const squeezeCss = (css: string) =>
  css
    .replace(/\s+[{}:;,>]?/g, (blanks) => (blanks.trim() === '' ? blanks : blanks.trim()))
    .replace(/([{}:;,>])\s+/g, '$1')
    .replaceAll(';}', '}')
    .trim();
