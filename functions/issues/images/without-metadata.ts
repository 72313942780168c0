import { ImageFailure } from './image-failure.ts';

/**
 * The same picture without what a camera or a program noted in it: places, times, comments, thumbnails, and whatever lies
 * behind its end. Only whole parts of the file are left out, so that no pixel changes; what decides how the pixels look
 * (colour profiles, transparency, the frames of an animation) stays.
 * @throws ImageFailure `unreadable`, where the file is torn or does not keep to its format
 */
export function withoutMetadata(bytes: Uint8Array, kind: 'jpg' | 'png' | 'gif'): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    return { jpg: bareJpeg, png: barePng, gif: bareGif }[kind](file);
  } catch (error) {
    if (error instanceof ImageFailure) throw error;
    // Whatever was read behind the end of the file.
    throw new ImageFailure('unreadable', { cause: error });
  }
}

const torn = () => new ImageFailure('unreadable');

/**
 * JPEG (ITU-T T.81, annex B): marker segments up to the end of the image. Of the application segments JFIF (0), colour
 * profiles (2) and Adobe's word about colours (14) stay; Exif, XMP and IPTC are in the others, and comments in COM.
 */
function bareJpeg(file: Buffer): Buffer {
  const kept: Buffer[] = [file.subarray(0, 2)];
  let at = 2;
  for (;;) {
    if (file.readUInt8(at) !== 0xff) throw torn();
    const marker = file.readUInt8(at + 1);
    // Any number of 0xff may be before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) return Buffer.concat([...kept, file.subarray(at, at + 2)]);
    const end = at + 2 + file.readUInt16BE(at + 2);
    const isScan = marker === 0xda;
    const next = isScan ? endOfScan(file, end) : end;
    if (next > file.length) throw torn();
    if (isWantedInJpeg(marker, file.subarray(at + 4, end))) kept.push(file.subarray(at, next));
    at = next;
  }
}

function isWantedInJpeg(marker: number, content: Buffer): boolean {
  if (marker === 0xfe) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  const says = (word: string) => content.toString('latin1', 0, word.length) === word;
  return says('JFIF\0') || says('ICC_PROFILE\0') || says('Adobe');
}

/** Compressed pixels end at a marker that is neither a stuffed zero nor a restart. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at !== -1; at = file.indexOf(0xff, at + 1)) {
    const next = file.readUInt8(at + 1);
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw torn();
}

/** PNG (W3C, third edition): chunks that draw, also those of an animation. Text, times, Exif and chunks of programs go. */
const drawing = new Set('IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD pHYs acTL fcTL fdAT'.split(' '));

function barePng(file: Buffer): Buffer {
  const kept: Buffer[] = [file.subarray(0, 8)];
  for (let at = 8; ; ) {
    const type = file.toString('latin1', at + 4, at + 8);
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) throw torn();
    if (drawing.has(type)) kept.push(file.subarray(at, end));
    if (type === 'IEND') return Buffer.concat(kept);
    at = end;
  }
}

/** GIF89a: frames, how long they last and how often they repeat. Comments, texts and what programs added (XMP) go. */
function bareGif(file: Buffer): Buffer {
  const head = 13 + colourTable(file.readUInt8(10));
  const kept: Buffer[] = [file.subarray(0, head)];
  for (let at = head; ; ) {
    const block = file.readUInt8(at);
    if (block === 0x3b) return Buffer.concat([...kept, file.subarray(at, at + 1)]);
    if (block !== 0x21 && block !== 0x2c) throw torn();
    const isFrame = block === 0x2c;
    const data = isFrame ? at + 11 + colourTable(file.readUInt8(at + 9)) : at + 2;
    const end = endOfSubBlocks(file, data);
    if (isFrame || isWantedInGif(file, at)) kept.push(file.subarray(at, end));
    at = end;
  }
}

/** Bytes of a colour table, by the flags that announce it. */
const colourTable = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

function isWantedInGif(file: Buffer, at: number): boolean {
  const label = file.readUInt8(at + 1);
  if (label === 0xf9) return true;
  return label === 0xff && ['NETSCAPE2.0', 'ANIMEXTS1.0'].includes(file.toString('latin1', at + 3, at + 14));
}

/** Each sub-block says its length first; one of no length is the last. */
function endOfSubBlocks(file: Buffer, from: number): number {
  let at = from;
  for (let length = file.readUInt8(at); length !== 0; length = file.readUInt8(at)) at += 1 + length;
  return at + 1;
}
