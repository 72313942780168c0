import { analyse } from 'chardet';
import type { Encoding } from './table-shape.ts';

/** What a guess from the bytes may be, by the name the guesser has for it. */
const guessed: Partial<Record<string, Encoding>> = {
  GB18030: 'gb18030',
  Big5: 'big5',
  Shift_JIS: 'shift_jis',
  'windows-1252': 'windows-1252',
  'ISO-8859-1': 'windows-1252',
};

const marks: [Encoding, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The encoding of a file, from its beginning: a byte batch mark says it; zero bytes, valid UTF-8 and common characters tell. */
export function recogniseEncoding(head: Uint8Array): Encoding {
  const marked = marks.find(([, mark]) => mark.every((byte, n) => head[n] === byte));
  if (marked) return marked[0];
  const zeros = zerosIn(head);
  if (zeros) return zeros;
  if (isUtf8(head)) return 'utf-8';
  for (const { name } of analyse(head)) {
    const encoding = guessed[name];
    if (encoding) return encoding;
  }
  return 'windows-1252';
}

/** UTF-16 without its mark: every second byte of what is mostly ASCII is zero. */
function zerosIn(head: Uint8Array): Encoding | undefined {
  let [even, odd] = [0, 0];
  for (let n = 0; n + 1 < head.length; n += 2) {
    if (head[n] === 0) even += 1;
    if (head[n + 1] === 0) odd += 1;
  }
  const most = head.length / 2 / 4;
  if (odd > most && odd > even * 4) return 'utf-16le';
  return even > most && even > odd * 4 ? 'utf-16be' : undefined;
}

/** The last character may be cut off where the beginning of the file ends. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
