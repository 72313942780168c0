import { Refusal } from '../../platform/refusal.ts';

/** More than any weekly has: a long issue with 400 links is about 120 KB. */
export const maxTextBytes = 1024 * 1024;

/** UTF-16 takes at most two bytes where UTF-8 takes one; pictures inside of a file are no text, and count apart. */
const maxBytes = 2 * maxTextBytes + 2;
const maxBytesWithPictures = 40 * 1024 * 1024;

const otherKinds: [name: string, signature: string | RegExp][] = [
  ['a PDF', '%PDF-'],
  ['a ZIP or Office file', 'PK\u0003\u0004'],
  ['a gzip file', '\u001f\u008b'],
  ['an old Office file', '\u00d0\u00cf\u0011\u00e0'],
  ['an RTF file', '{\\rtf'],
  ['a picture', /^(\u0089PNG|\u00ff\u00d8\u00ff|GIF8|BM.{4}\0|RIFF.{4}WEBP|.{4}ftyp(avif|hei))/s],
];

/** What a text may hold besides characters one can see. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** The text of a file in UTF-8, UTF-16 or GB18030, recognised by its bytes, with `\n` for line ends. */
export function decodeText(bytes: Uint8Array): string {
  const beginning = String.fromCharCode(...bytes.subarray(0, 16));
  const other = otherKinds.find(([, signature]) =>
    typeof signature === 'string' ? beginning.startsWith(signature) : signature.test(beginning),
  );
  if (other) throw new Refusal('unsupported_type', `This is ${other[0]}; an issue is a text: HTML, Markdown or JSON.`);
  if (bytes.length > maxBytesWithPictures) throw tooLarge(bytes.length);
  if (bytes.length > maxBytes && bytes.length - inlinedIn(Buffer.from(bytes).toString('latin1')) > maxBytes) throw tooLarge(bytes.length);
  const text = decoded(bytes).replace(/\r\n?/g, '\n').replace(controls, '');
  const whole = Buffer.byteLength(text);
  const size = whole > maxTextBytes ? whole - inlinedIn(text) : whole;
  if (size > maxTextBytes) throw tooLarge(size);
  return text;
}

/** How much of a text is pictures written into it as `data:` addresses. */
function inlinedIn(text: string): number {
  let size = 0;
  for (const [address] of text.matchAll(/data:image\/[\w.+-]+;base64,[\w+/=%-]+/gi)) size += address.length;
  return size;
}

const tooLarge = (size: number) =>
  new Refusal('too_large', `The file has ${Math.ceil(size / 1024)} KB of text; an issue may have ${maxTextBytes / 1024} KB.`);

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodedAs('utf-16le', bytes) ?? undecodable(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodedAs('utf-16be', bytes) ?? undecodable(bytes, 'utf-16be');
  if (bytes.includes(0)) return withoutMark(bytes);
  const utf8 = decodedAs('utf-8', bytes);
  if (utf8 !== undefined) return utf8;
  const gb = looksLikeGb18030(bytes) ? decodedAs('gb18030', bytes) : undefined;
  return gb ?? undecodable(bytes, 'utf-8');
}

function decodedAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Zero bytes are UTF-16 without its mark, or no text at all. */
function withoutMark(bytes: Uint8Array): string {
  const plausible = ['utf-16le', 'utf-16be']
    .map((encoding) => (bytes.length % 2 === 0 ? decodedAs(encoding, bytes) : undefined))
    .find(
      (text) => text !== undefined && !text.match(controls) && share(text, /[\t\n\r -~\u2010-\u2030\u3000-\u9fff\uff00-\uffef]/g) > 0.9,
    );
  if (plausible === undefined) throw new Refusal('unsupported_type', 'This is a binary file; an issue is a text: HTML, Markdown or JSON.');
  return plausible;
}

const share = (text: string, wanted: RegExp) => (text.match(wanted)?.length ?? 0) / text.length;

/** In Chinese text nearly all pairs are of GB 2312, whose second byte is high; bytes of other encodings pair up at random. */
function looksLikeGb18030(bytes: Uint8Array): boolean {
  let pairs = 0;
  let common = 0;
  for (let n = 0; n < bytes.length; n += 1) {
    const first = bytes[n] ?? 0;
    if (first < 0x81) continue;
    const second = bytes[n + 1] ?? 0;
    pairs += 1;
    if (first >= 0xa1 && first <= 0xf7 && second >= 0xa1) common += 1;
    n += 1;
  }
  return pairs > 0 && common / pairs > 0.6;
}

function undecodable(bytes: Uint8Array, encoding: string): never {
  const before = new TextDecoder(encoding).decode(bytes).split('\ufffd', 1)[0] ?? '';
  const line = before.split('\n').length;
  throw new Refusal('unreadable_file', `The text is neither UTF-8, UTF-16 nor GB18030: line ${line} cannot be decoded.`, [
    { path: `line ${line}`, message: 'bytes that are no text in any of these encodings' },
  ]);
}
