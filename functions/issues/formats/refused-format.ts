import { Refusal, type RefusalValues } from '../../platform/refusal.ts';
import { isListOfReaders } from './is-list-of-readers.ts';

type Format = RefusalValues<'format_not_read'>['format'];

/** How much of a text has to show what it is. */
const beginning = 20_000;

/** By format, how a text in it begins or what it has in many places. */
const formats: readonly [format: Format, isIt: (text: string) => boolean][] = [
  ['LaTeX', (text) => /^[ \t]*\\(?:documentclass|begin\{document\})/m.test(text) && !/^#{1,6} /m.test(text)],
  ['Org', (text) => /^#\+(?:title|author|date|options|begin_src|startup|filetags)\b/im.test(text) && !/^---\s*$/m.test(text.slice(0, 10))],
  ['reStructuredText', isRestructured],
  ['AsciiDoc', isAsciiDoc],
];

/** Refuses what is a text, but in a format that is not read here, or no issue at all; nothing of it is kept. */
export function refuseOtherFormats(text: string): void {
  if (isListOfReaders(text)) throw new Refusal('list_of_readers');
  const plain = withoutCode(text.slice(0, beginning));
  const found = formats.find(([, isIt]) => isIt(plain));
  if (found) throw new Refusal('format_not_read', { format: found[0] });
}

/** A weekly may show what LaTeX looks like. */
function withoutCode(text: string): string {
  let fence = '';
  return text
    .split('\n')
    .filter((line) => {
      const sign = /^\s{0,3}(```|~~~)/.exec(line)?.[1] ?? '';
      const isInside = fence !== '';
      if (sign && (fence === '' || fence === sign)) fence = isInside ? '' : sign;
      return !isInside && !sign;
    })
    .join('\n');
}

function isRestructured(text: string): boolean {
  const directives = text.match(/^\.\. (?:[\w-]{2,40}::|_[^:.\n]{1,80}[:.]|\[[#\w]{1,20}\])/gm)?.length ?? 0;
  const links = text.match(/`[^`<\n]{1,200}<[^<>`\n]{1,300}>`__?/g)?.length ?? 0;
  const fields = text.match(/^:[\w-]{2,30}: \S/gm)?.length ?? 0;
  const roles = text.match(/:[\w-]{2,30}:`[^`\n]{1,200}`/g)?.length ?? 0;
  return directives > 0 ? directives + links + fields + roles > 1 || /^(?:=|-|~|\^){4,}\s*$/m.test(text) : links > 1 && fields + roles > 0;
}

function isAsciiDoc(text: string): boolean {
  if (/^#{1,6} /m.test(text)) return false;
  const title = /^(?:\s|\/\/[^\n]*\n|:[\w-]{1,40}:[^\n]*\n)*= \S/.test(text) ? 2 : 0;
  const headings = text.match(/^={2,6} \S/gm)?.length ?? 0;
  const attributes = text.match(/^:[\w-]{2,40}:(?: |$)/gm)?.length ?? 0;
  const words = text.match(/[^\s[\]]+\[?/g) ?? [];
  const hasMacro =
    /^\[(?:source|quote|NOTE|TIP|verse)\b/m.test(text) ||
    words.some((word) => word.endsWith('[') && /\b(?:image|link):|https?:\/\/[^[]{3}/.test(word));
  return title + Math.min(headings, 2) + Math.min(attributes, 1) + Number(hasMacro) >= 3;
}
