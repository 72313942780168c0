import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { libvips } from '../../../functions/issues/images/codecs.ts';
import { mailImage } from '../../../functions/issues/images/mail-image.ts';
import { withoutMetadata } from '../../../functions/issues/images/without-metadata.ts';
import { animation, picture } from './pictures.ts';

const secret = '52 deg 31 min N, 13 deg 24 min E, kept by Lin';

const u16 = (value: number) => [value >> 8, value & 255];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];
const latin = (text: string) => [...Buffer.from(text, 'latin1')];

/** A segment behind the beginning of a JPEG. */
const withSegment = (jpeg: Uint8Array, marker: number, content: number[]) =>
  Uint8Array.from([...jpeg.subarray(0, 2), 0xff, marker, ...u16(content.length + 2), ...content, ...jpeg.subarray(2)]);

/** A chunk behind the header of a PNG. Readers leave out what they do not know, whatever its checksum. */
const withChunk = (png: Uint8Array, type: string, content: number[]) =>
  Uint8Array.from([...png.subarray(0, 33), ...u32(content.length), ...latin(type), ...content, 0, 0, 0, 0, ...png.subarray(33)]);

const subBlocks = (content: number[]): number[] =>
  content.length === 0 ? [0] : [Math.min(255, content.length), ...content.slice(0, 255), ...subBlocks(content.slice(255))];

/** An extension behind the colours of a GIF. */
function withExtension(gif: Uint8Array, label: number, head: number[], content: number[]) {
  const flags = gif[10] ?? 0;
  const start = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  return Uint8Array.from([...gif.subarray(0, start), 0x21, label, ...head, ...subBlocks(content), ...gif.subarray(start)]);
}

const behind = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.from(`\n<script>${secret}</script>`)]);

const noted: [what: string, kind: 'jpg' | 'png' | 'gif', put: (bytes: Uint8Array) => Uint8Array][] = [
  ['the Exif of a camera', 'jpg', (bytes) => withSegment(bytes, 0xe1, latin(`Exif\0\0${secret}`))],
  ['XMP', 'jpg', (bytes) => withSegment(bytes, 0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${secret}`))],
  ['IPTC', 'jpg', (bytes) => withSegment(bytes, 0xed, latin(`Photoshop 3.0\0${secret}`))],
  ['a comment', 'jpg', (bytes) => withSegment(bytes, 0xfe, latin(secret))],
  ['a marker of a maker', 'jpg', (bytes) => withSegment(bytes, 0xe7, latin(secret))],
  ['a second picture or a script behind the end', 'jpg', behind],
  ['text', 'png', (bytes) => withChunk(bytes, 'tEXt', latin(`Author\0${secret}`))],
  ['compressed text', 'png', (bytes) => withChunk(bytes, 'zTXt', [...latin('a\0\0'), ...deflateSync(secret)])],
  ['international text', 'png', (bytes) => withChunk(bytes, 'iTXt', latin(`XML:com.adobe.xmp\0\0\0\0\0${secret}`))],
  ['Exif', 'png', (bytes) => withChunk(bytes, 'eXIf', latin(secret))],
  ['the time', 'png', (bytes) => withChunk(bytes, 'tIME', [7, 234, 11, 30, 9, 0, 0])],
  ['what a program added', 'png', (bytes) => withChunk(bytes, 'prVt', latin(secret))],
  ['what lies behind the end', 'png', behind],
  ['a comment', 'gif', (bytes) => withExtension(bytes, 0xfe, [], latin(secret.repeat(9)))],
  ['XMP', 'gif', (bytes) => withExtension(bytes, 0xff, [11, ...latin('XMP DataXMP')], latin(secret))],
  ['a text', 'gif', (bytes) => withExtension(bytes, 0x01, [12, ...new Array(12).fill(0)], latin(secret))],
  ['what lies behind the end', 'gif', behind],
];

test.each(noted)('%s of a %s goes at the door, and every other byte stays', async (_what, kind, put) => {
  const plain = withoutMetadata(await picture(300, 200, kind), kind);

  const { bytes } = await mailImage(put(plain));

  expect(Buffer.from(bytes).equals(Buffer.from(plain))).toBe(true);
});

test('an animation loses its comment and none of its frames', async () => {
  const plain = animation(40, 30, 3);

  const { bytes } = await mailImage(withExtension(plain, 0xfe, [], latin(secret)));

  expect(Buffer.from(bytes).equals(Buffer.from(plain))).toBe(true);
});

test('a colour profile, and what a JPEG says of its colours, stay: the picture looks the same', async () => {
  const plain = await picture(60, 40, 'jpg');
  const profile = latin('ICC_PROFILE\0\x01\x01profile');

  const bare = Buffer.from(withoutMetadata(withSegment(withSegment(plain, 0xe2, profile), 0xee, latin('Adobe\0dabcdef')), 'jpg'));

  expect(bare.includes('ICC_PROFILE')).toBe(true);
  expect(bare.includes('Adobe')).toBe(true);
});

test.each(['jpg', 'png', 'gif'] as const)('whatever %s it is, no pixel changes', async (kind) => {
  const { Image } = await libvips();
  const bytes = await picture(97, 61, kind);

  const [before, after] = [bytes, withoutMetadata(bytes, kind)].map((each) => Image.newFromBuffer(each, '').avg());

  expect(after).toBe(before);
});

test.each(['jpg', 'png', 'gif'] as const)('a torn %s is refused wherever it is torn', async (kind) => {
  const bytes = await picture(90, 60, kind);

  for (let length = 20; length < bytes.length - 1; length += 7)
    expect(() => withoutMetadata(bytes.subarray(0, length), kind), `${length} of ${bytes.length} bytes`).toThrow('damaged or cut off');
});

test('a torn animation is refused', async () => {
  const bytes = animation(40, 30, 5);

  await expect(mailImage(bytes.subarray(0, bytes.length - 9))).rejects.toMatchObject({ reason: 'unreadable' });
});

test('whatever bytes come, the answer is a picture or a refusal', () => {
  const begun = { jpg: [0xff, 0xd8], png: latin('\x89PNG\r\n\x1a\n'), gif: latin('GIF89a') };
  const kinds = fc.constantFrom('jpg' as const, 'png' as const, 'gif' as const);
  fc.assert(
    fc.property(kinds, fc.uint8Array({ maxLength: 400 }), (kind, rest) => {
      try {
        expect(withoutMetadata(Uint8Array.from([...begun[kind], ...rest]), kind).length).toBeLessThanOrEqual(rest.length + 8);
      } catch (error) {
        expect(error).toMatchObject({ name: 'ImageFailure', reason: 'unreadable' });
      }
    }),
  );
});
