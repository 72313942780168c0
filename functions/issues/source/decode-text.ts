import { Refusal } from '../../platform/refusal.ts';
import type { Finding } from '../finding.ts';
import { declaredEncoding, decodedAs, knownEncoding } from './encoding/declared-encoding.ts';
import { guessEncoding } from './encoding/guess-encoding.ts';
import { textFit } from './encoding/text-fit.ts';

/** More than any weekly has: a long issue with 400 links is about 120 KB. */
export const maxTextBytes = 1024 * 1024;

/** UTF-16 takes at most two bytes where UTF-8 takes one; pictures inside of a file are no text, and count apart. */
const maxBytes = 2 * maxTextBytes + 2;
const maxBytesWithPictures = 40 * 1024 * 1024;

type OtherKind = 'pdf_file' | 'packed_file' | 'office_file' | 'rtf_file' | 'picture_file';

const otherKinds: [kind: OtherKind, signature: string | RegExp][] = [
  ['pdf_file', '%PDF-'],
  ['packed_file', 'PK\u0003\u0004'],
  ['packed_file', '\u001f\u008b'],
  ['office_file', '\u00d0\u00cf\u0011\u00e0'],
  ['rtf_file', '{\\rtf'],
  ['picture_file', /^(\u0089PNG|\u00ff\u00d8\u00ff|GIF8|BM.{4}\0|RIFF.{4}WEBP|.{4}ftyp(avif|hei))/s],
];

/** What a text may hold besides characters one can see. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** `wished`: the encoding that an editor chose; `declared`: what the request said of the file. */
export type EncodingHints = { wished?: string | undefined; declared?: string | undefined };

export type DecodedText = { text: string; warnings: Finding[] };

/**
 * The text of a file with `\n` for line ends: in the encoding that an editor chose, in UTF-8 or UTF-16 if its bytes are that, in the one it
 * declares, else in the one it most likely is in. What is doubtful is warned of, and what is more than doubtful refused with a question.
 */
export function decodeText(bytes: Uint8Array, hints: EncodingHints = {}): DecodedText {
  const beginning = String.fromCharCode(...bytes.subarray(0, 16));
  const other = otherKinds.find(([, signature]) =>
    typeof signature === 'string' ? beginning.startsWith(signature) : signature.test(beginning),
  );
  if (other) throw new Refusal(other[0]);
  if (bytes.length > maxBytesWithPictures) throw tooLarge(bytes.length);
  if (bytes.length > maxBytes && bytes.length - inlinedIn(Buffer.from(bytes).toString('latin1')) > maxBytes) throw tooLarge(bytes.length);
  const decoded = decodedBytes(bytes, hints);
  const text = decoded.text.replace(/\r\n?/g, '\n').replace(controls, '');
  const whole = Buffer.byteLength(text);
  const size = whole > maxTextBytes ? whole - inlinedIn(text) : whole;
  if (size > maxTextBytes) throw tooLarge(size);
  return { text, warnings: [...decoded.warnings, ...garbledWarnings(text)] };
}

/** How much of a text is pictures written into it as `data:` addresses. */
function inlinedIn(text: string): number {
  let size = 0;
  for (const [address] of text.matchAll(/data:image\/[\w.+-]+;base64,[\w+/=%-]+/gi)) size += address.length;
  return size;
}

const tooLarge = (size: number) =>
  new Refusal('text_too_large', { kilobytes: Math.ceil(size / 1024), limitKilobytes: maxTextBytes / 1024 });

function decodedBytes(bytes: Uint8Array, { wished, declared }: EncodingHints): DecodedText {
  const chosen = knownEncoding(wished);
  if (chosen) return certain(decodedAs(chosen, bytes) ?? undecodable(bytes, chosen));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return certain(decodedAs('utf-16le', bytes) ?? undecodable(bytes, 'utf-16le'));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return certain(decodedAs('utf-16be', bytes) ?? undecodable(bytes, 'utf-16be'));
  if (bytes.includes(0)) return certain(withoutMark(bytes));
  const utf8 = decodedAs('utf-8', bytes);
  // Text that was saved again is often in UTF-8 and declares what it was in. Escapes are of encodings that look like ASCII.
  if (utf8 !== undefined && !bytes.includes(0x1b)) return isByChance(utf8) ? likely('utf-8', utf8) : certain(utf8);
  const named = declaredEncoding(bytes) ?? knownEncoding(declared);
  const asNamed = named && !named.startsWith('utf-') ? decodedAs(named, bytes) : undefined;
  if (asNamed !== undefined && textFit(asNamed) > 0.8) return certain(asNamed);
  return utf8 === undefined ? guessed(bytes) : certain(guessEncoding(bytes).find(({ certainty }) => certainty === 'sure')?.text ?? utf8);
}

const certain = (text: string): DecodedText => ({ text, warnings: [] });
const likely = (encoding: string, text: string): DecodedText => ({ text, warnings: [{ code: 'encoding_guessed', values: { encoding } }] });

/** A pair of bytes of another encoding may be a rare letter of UTF-8 by chance; several hardly are. */
const isByChance = (text: string) => {
  const beyond = [...text.matchAll(/[^\p{ASCII}]/gu).take(4)].map(([letter]) => letter);
  return (
    beyond.length > 0 && beyond.length <= 3 && beyond.every((letter) => letter < '\u0800') && beyond.some((letter) => letter > '\u017f')
  );
};

function guessed(bytes: Uint8Array): DecodedText {
  if (isMostlyUtf8(bytes)) return undecodable(bytes, 'utf-8');
  const [best, ...others] = guessEncoding(bytes);
  if (!best) return undecodable(bytes, 'utf-8');
  const { encoding, text, certainty } = best;
  if (certainty === 'sure') return certain(text);
  if (certainty === 'likely') return likely(encoding, text);
  const candidates = [encoding, ...others.map((other) => other.encoding)].slice(0, mostCandidates);
  throw new Refusal('encoding_unsure', { candidates });
}

const mostCandidates = 4;

/** Bytes of other encodings hardly ever make characters of three bytes; a few that do not fit are damage. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, 256 * 1024));
  const [whole, broken] = [text.match(/[\u0800-\ufffc]/g)?.length ?? 0, text.match(/\ufffd/g)?.length ?? 0];
  return whole >= broken;
}

/** What becomes of a text that was once decoded in the wrong encoding and saved: signs of it that nobody writes. */
function garbledWarnings(text: string): Finding[] {
  // One letter is found in a megabyte sooner than any of six patterns.
  if (!/[\ufffdÃâï锟烫]/.test(text)) return [];
  const match = /锟斤拷|\ufffd|Ã[\u0080-\u00bf\u201a-\u2122]|â€[\u0080-\u00bf\u0153\u02dc\u2018-\u2122]|烫烫烫|ï»¿/.exec(text);
  if (!match) return [];
  const before = text.slice(0, match.index);
  const sample = text.slice(before.lastIndexOf('\n', match.index) + 1).split('\n', 1)[0] ?? '';
  const from = Math.max(0, match.index - (before.lastIndexOf('\n') + 1) - 12);
  return [
    {
      code: 'garbled_text',
      values: {
        sample: sample
          .slice(from, from + 32)
          .trim()
          .toWellFormed(),
      },
      line: before.split('\n').length,
    },
  ];
}

/** Zero bytes are UTF-16 without its mark, or no text at all. */
function withoutMark(bytes: Uint8Array): string {
  const plausible = ['utf-16le', 'utf-16be']
    .map((encoding) => (bytes.length % 2 === 0 ? decodedAs(encoding, bytes) : undefined))
    .find(
      (text) => text !== undefined && !text.match(controls) && share(text, /[\t\n\r -~\u2010-\u2030\u3000-\u9fff\uff00-\uffef]/g) > 0.9,
    );
  if (plausible === undefined) throw new Refusal('binary_file');
  return plausible;
}

const share = (text: string, wanted: RegExp) => (text.match(wanted)?.length ?? 0) / text.length;

function undecodable(bytes: Uint8Array, encoding: string): never {
  const before = new TextDecoder(encoding).decode(bytes).split('\ufffd', 1)[0] ?? '';
  throw new Refusal('undecodable_text', { line: before.split('\n').length });
}
