import { randomBytes } from 'node:crypto';
import { libvips } from '../../../functions/issues/images/codecs.ts';

type Kind = 'jpg' | 'png' | 'gif' | 'webp' | 'avif';

/** A picture with soft colours, as a file of this kind. */
export async function picture(width: number, height: number, kind: Kind, { alpha = false, orientation = 1 } = {}): Promise<Uint8Array> {
  const bands = alpha ? 4 : 3;
  const pixels = new Uint8Array(width * height * bands);
  for (let n = 0; n < width * height; n += 1) {
    const [x, y] = [n % width, Math.floor(n / width)];
    pixels.set([(x * 255) / width, (y * 255) / height, 120, ...(alpha ? [x < width / 2 ? 0 : 255] : [])], n * bands);
  }
  return encoded(pixels, { width, height, bands, kind, orientation });
}

/** A picture that compresses badly. */
export async function noise(width: number, height: number, kind: Kind): Promise<Uint8Array> {
  const pixels = randomBytes(width * height * 3);
  return encoded(pixels, { width, height, bands: 3, kind, orientation: 1 });
}

type Encoding = { width: number; height: number; bands: number; kind: Kind; orientation: number };

async function encoded(pixels: Uint8Array, { width, height, bands, kind, orientation }: Encoding) {
  const { Image } = await libvips();
  // biome-ignore lint/suspicious/noExplicitAny: tests use more of libvips than the product does
  const image = (Image.newFromMemory(pixels, width, height, bands, 'uchar') as any).copy({ interpretation: 'srgb' });
  if (orientation !== 1) image.setInt('orientation', orientation);
  const bytes = image.writeToBuffer(`.${kind}`, kind === 'avif' ? { effort: 0 } : {}) as Uint8Array;
  image.delete();
  return bytes;
}

/** A GIF of so many frames, written by hand: one colour each. */
export function animation(width: number, height: number, frames: number): Uint8Array {
  const u16 = (value: number) => [value & 255, value >> 8];
  const head = [...Buffer.from('GIF89a'), ...u16(width), ...u16(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  const loop = [0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0'), 3, 1, 0, 0, 0];
  const frame = [0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  return Uint8Array.from([...head, ...loop, ...Array.from({ length: frames }, () => frame).flat(), 0x3b]);
}
