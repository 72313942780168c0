import { inflateRawSync } from 'node:zlib';
import { Refusal } from '../../platform/refusal.ts';
import type { IssueUpload } from './issue-upload.ts';
import { sniffImage } from './sniff-image.ts';

export const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

const maxEntries = 10_000;
const maxUnpacked = 100 * 1024 * 1024;
/** Deflate reaches 1,032; a text with a lot of white space about 100. */
const maxRatio = 200;
const ratioMatters = 1024 * 1024;

type Entry = { path: string; method: number; packed: Uint8Array; size: number };

/**
 * The issue's file and its pictures in a ZIP archive (PKWARE's APPNOTE, sections 4.3 and 4.4). Nothing in it is believed:
 * paths stay inside, sizes are enforced while unpacking, archives inside of it stay closed.
 */
export async function unzipIssue(archive: Uint8Array): Promise<IssueUpload> {
  const entries = entriesOf(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)).filter(({ path }) => !isLeftover(path));
  if (entries.some(({ path }) => path === '[Content_Types].xml'))
    throw new Refusal('unsupported_type', 'This is an Office file; save it as HTML, or as text, and upload that.');
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > maxUnpacked)
    throw new Refusal('too_large', `The archive unpacks to ${megabytes(total)} MB; up to ${megabytes(maxUnpacked)} MB would do.`);
  const bomb = entries.find(({ size, packed }) => size > ratioMatters && size > packed.length * maxRatio);
  if (bomb) throw unusable(`“${bomb.path}” unpacks to more than ${maxRatio} times its size`);
  const texts: Entry[] = [];
  const images: IssueUpload['images'] = [];
  for (const entry of entries) {
    const named = /\.(md|markdown|mdown|html?|xhtml|txt|text|json)$/i.test(entry.path);
    if (named) texts.push(entry);
    else {
      const bytes = unpacked(entry);
      if ((await sniffImage(bytes)) !== undefined) images.push({ path: entry.path, bytes });
    }
  }
  const file = issueAmong(texts);
  return { bytes: unpacked(file), path: file.path, images };
}

/** What operating systems leave in archives, and what is hidden. */
const isLeftover = (path: string) => path.endsWith('/') || path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** The one text, or the one nearest to the top: pages beside it may be notes and licences. */
function issueAmong(texts: readonly Entry[]): Entry {
  const depth = ({ path }: Entry) => path.split('/').length;
  const top = Math.min(...texts.map(depth));
  const nearest = texts.filter((entry) => depth(entry) === top);
  const named = nearest.filter(({ path }) => !/(^|\/)(readme|license|licence|changelog)\.\w+$/i.test(path));
  const [first, second] = named.length > 0 ? named : nearest;
  if (!first) throw unusable('it holds no text: no .md, .html, .txt or .json');
  if (second) throw unusable(`it holds several texts (${first.path}, ${second.path}…), and one of them has to be the issue`);
  return first;
}

function entriesOf(archive: Buffer): Entry[] {
  try {
    return readDirectory(archive);
  } catch (error) {
    if (error instanceof RangeError) throw unusable('its directory is torn');
    throw error;
  }
}

function readDirectory(archive: Buffer): Entry[] {
  const end = archive.lastIndexOf('PK\u0005\u0006');
  if (end < 0) throw unusable('it has no end');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff || count > maxEntries) throw unusable(`it has more than ${maxEntries} entries`);
  const entries: Entry[] = [];
  for (let n = 0; n < count; n += 1) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw unusable('its directory is torn');
    const [flags, method] = [archive.readUInt16LE(at + 8), archive.readUInt16LE(at + 10)];
    const [packedSize, size] = [archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 24)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const path = checkedPath(nameOf(archive.subarray(at + 46, at + 46 + nameLength)));
    if (flags & 1) throw unusable(`“${path}” is locked with a password`);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    if (start + packedSize > archive.length) throw unusable(`“${path}” is torn`);
    entries.push({ path, method, packed: archive.subarray(start, start + packedSize), size });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** Archives made on a Chinese Windows write names in its own encoding, and few say which. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function checkedPath(name: string): string {
  const path = name.replaceAll('\\', '/');
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..') || path.includes('\0'))
    throw unusable(`“${name.slice(0, 80)}” leads out of it`);
  return path;
}

function unpacked({ path, method, packed, size }: Entry): Uint8Array {
  if (method === 0 && packed.length === size) return packed;
  if (method !== 8) throw unusable(`“${path}” is packed in a way other than deflate`);
  try {
    const bytes = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
    if (bytes.length === size) return bytes;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  throw unusable(`“${path}” is not what the archive says it is`);
}

const unusable = (why: string) => new Refusal('unreadable_file', `The archive cannot be used: ${why}.`);
const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024);
