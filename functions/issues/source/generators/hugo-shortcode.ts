import { boxMark, wordsOf } from './box-marks.ts';
import { mediaMark } from './media-mark.ts';
import type { Resolved } from './resolved.ts';

/** What stands for a shortcode of Hugo, the inside of `{{< … >}}` or `{{% … %}}`. */
export function hugoShortcode(written: string, isAlone: boolean): Resolved {
  // `{{</* name */>}}` is how a shortcode is written about.
  const shown = /^\s*\/\*([\s\S]*)\*\/\s*$/.exec(written)?.[1];
  if (shown !== undefined) return { text: `\`{{< ${shown.trim()} >}}\`` };
  const inside = written.trim();
  const [opening = '', close = '', name = ''] = /^(\/?)\s*([\w./-]{1,60})/.exec(inside) ?? [];
  const words = wordsOf(inside.slice(opening.length).replace(/\/$/, ''));
  const box = boxMark(name, words, close !== '', isAlone);
  if (box) return box;
  if (close) return { text: '' };
  if (name === 'ref' || name === 'relref') return { text: words[0] ?? '' };
  return mediaMark(name, words) ?? { text: '', leftOut: true };
}
