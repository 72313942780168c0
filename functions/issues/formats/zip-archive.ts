import { inflateRawSync } from 'node:zlib';
import { Refusal } from '../../platform/refusal.ts';
import { megabytes } from '../../platform/refusals/refusal-kind.ts';

/** A file in an archive, still packed; `size` is what its directory says, which unpacking enforces. */
export type ArchiveEntry = { path: string; method: number; packed: Uint8Array; size: number };

export const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

const maxEntries = 10_000;
const maxUnpacked = 100 * 1024 * 1024;
/** Deflate reaches 1,032; a text with a lot of white space about 100. */
const maxRatio = 200;
const ratioMatters = 1024 * 1024;

/**
 * What is in a ZIP archive (PKWARE's APPNOTE, sections 4.3 and 4.4). Nothing in it is believed: paths stay inside, archives inside
 * of it stay closed.
 */
export function archiveEntries(archive: Uint8Array): ArchiveEntry[] {
  const entries = entriesOf(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength));
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > maxUnpacked) throw new Refusal('archive_too_large', { megabytes: megabytes(total), limitMegabytes: megabytes(maxUnpacked) });
  const bomb = entries.find(({ size, packed }) => size > ratioMatters && size > packed.length * maxRatio);
  if (bomb) throw new Refusal('archive_ratio', { path: bomb.path, times: maxRatio });
  return entries;
}

function entriesOf(archive: Buffer): ArchiveEntry[] {
  try {
    return readDirectory(archive);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('archive_damaged');
    throw error;
  }
}

function readDirectory(archive: Buffer): ArchiveEntry[] {
  const end = archive.lastIndexOf('PK\u0005\u0006');
  if (end < 0) throw new Refusal('archive_damaged');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff || count > maxEntries) throw new Refusal('archive_too_many_entries', { most: maxEntries });
  const entries: ArchiveEntry[] = [];
  for (let n = 0; n < count; n += 1) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new Refusal('archive_damaged');
    const [flags, method] = [archive.readUInt16LE(at + 8), archive.readUInt16LE(at + 10)];
    const [packedSize, size] = [archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 24)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const path = checkedPath(nameOf(archive.subarray(at + 46, at + 46 + nameLength)));
    if (flags & 1) throw new Refusal('archive_locked', { path });
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    if (start + packedSize > archive.length) throw new Refusal('archive_entry_damaged', { path });
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
    throw new Refusal('archive_path', { path: name.slice(0, 80) });
  return path;
}

/** Exactly as many bytes as the directory says, or a refusal. */
export function unpacked({ path, method, packed, size }: ArchiveEntry): Uint8Array {
  if (method === 0 && packed.length === size) return packed;
  if (method !== 8) throw new Refusal('archive_packing', { path });
  try {
    const bytes = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
    if (bytes.length === size) return bytes;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  throw new Refusal('archive_entry_damaged', { path });
}
