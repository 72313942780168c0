import { withoutEnd } from '../../platform/without-end.ts';
import { withoutDates } from './dates/find-dates.ts';

/** What programs and people call a file that they give no name. */
const noName =
  /^(?:index|readme|untitled|document|new document|doc|draft|post|page|article|newsletter|issue|export|download|email|mail|message|content|text|test|copy|final|新建文本文档|未命名|无标题|文档|文章|正文|無題|문서|제목 없음)$/i;

/** A file's name as a title: without its folder, its ending and its date; undefined where no word is left. */
export function fileTitle(fileName: string | undefined): string | undefined {
  const name = (fileName ?? '').split(/[/\\]/).at(-1) ?? '';
  const named = withoutDates(decoded(name).replace(/(?:\.[a-z]\w{0,8}){1,2}$/i, ''))
    .replace(/[\s_+¦]+/g, ' ')
    // A dash between words is a space, one between spaces or numbers is itself.
    .replace(/(?<=[\p{L}\p{N}])-+(?=[\p{L}\p{N}])/gu, ' ')
    .replace(/\s?\(\d{1,2}\)$/, '')
    .replace(/^[\s\-–—.,]+/, '');
  const words = withoutEnd(named, /[\s\-–—.,]/);
  const plain = words.replace(/[^\p{L} ]/gu, '').trim();
  if (plain.replaceAll(' ', '').length < 2 || (noName.test(plain) && !/\d/.test(words))) return undefined;
  const begun = /^\p{Ll}\p{Lu}/u.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1);
  return begun.slice(0, 120).toWellFormed();
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
