import { boxMark, namedWord, wordsOf } from './box-marks.ts';
import { mediaMark } from './media-mark.ts';
import type { Resolved } from './resolved.ts';

/** They compute, or wrap what is text anyway. */
const silent =
  /^(?:assign|increment|decrement|cycle|raw|endraw|unless|case|when|tabs?|tabbed|cache|endcache|liquid|set|block|extends|centered|cut|more|endmore|toc|end)$|^end/;
const choosing = /^(?:if|elsif|elif|else|for|unless|case|when|tablerow|include|render|partial|import)$/;

const bringing = /^(?:include|include_cached|include_relative|render|partial)$/;
const machine =
  /^(?:src|url|href|link|image|img|path|file|class|id|style|type|width|height|icon|lang|date|target|rel|alt|meta\w*)$|link$|url$/i;

/** Sentences that a tag hands to the file it includes, which would show them: questions, answers, captions. */
const textsIn = (written: string) =>
  Array.from(written.matchAll(/(?<![\w-])([\w-]{1,40})\s{0,3}=\s{0,3}(?:"([^"]*)"|'([^']*)')/g), ([, key = '', double, single]) => ({
    key,
    text: (double ?? single ?? '').trim(),
  }))
    .filter(
      ({ key, text }) =>
        !machine.test(key) && (text.split(/\s+/, 3).length > 2 || (text.match(/[\p{Script=Han}\p{Script=Hiragana}]/gu)?.length ?? 0) > 5),
    )
    .map(({ text }) => text);

/** What stands for a tag of Jekyll, Hexo, GitBook, dev.to or Zola, `{% name … %}`. */
export function liquidTag(name: string, written: string, isAlone: boolean): Resolved {
  const words = wordsOf(written);
  const isEnd = name.startsWith('end');
  const box = boxMark(isEnd ? name.slice(3) : name, words, isEnd, isAlone);
  if (box) return box;
  if (isEnd) return { text: '' };
  const media = mediaMark(name, words);
  if (media) return media;
  if (
    name === 'link' ||
    name === 'post_link' ||
    name === 'asset_link' ||
    name === 'post_url' ||
    name === 'asset_path' ||
    name === 'post_path'
  )
    return linked(name, words);
  if (bringing.test(name)) return { text: textsIn(written).join('\n\n'), leftOut: true };
  return choosing.test(name) || !silent.test(name) ? { text: '', leftOut: true } : { text: '' };
}

/** Jekyll's are addresses, Hexo's have words as well, dev.to's are whole links. */
function linked(name: string, words: readonly string[]): Resolved {
  const address = namedWord(words, 'url') ?? words.find((word) => /^https?:/.test(word));
  const others = words.filter((word) => word !== address && !/^(?:true|false|_blank)$/.test(word));
  if (address) return { text: others.length > 0 ? `[${others.join(' ')}](${address})` : address };
  if (name === 'post_link' || name === 'asset_link') return { text: others.slice(1).join(' ') || (others[0] ?? '') };
  return { text: words[0] ?? '' };
}
