import type { Vips, VipsImage } from 'wasm-vips';
import { heicPixels, libvips } from './codecs.ts';
import { ImageFailure } from './image-failure.ts';
import { type ImageKind, sniffImage } from './sniff-image.ts';
import { withoutMetadata } from './without-metadata.ts';

/** A picture that every mail program shows; `width` and `height` in pixels, upright. */
export type MailImage = { bytes: Uint8Array; extension: 'jpg' | 'png' | 'gif'; width: number; height: number };

const longestSide = 1_200;
/** A column in a mail, with pixels to spare: what is very tall is not made narrower. */
const narrowest = 600;
const largest = 1_000_000;
const maxPixels = 60_000_000;
/** What is longer is no picture: rows and columns cost memory of their own. */
const longestRead = 20_000;

/**
 * The picture as a mail needs it: JPEG, PNG or GIF, at most 1,200 pixels a side and 1 MB. Of what is so already every pixel
 * stays as it is, animations stay whatever they are; WebP, AVIF and HEIC become JPEG, or PNG where something shows through.
 * What a camera or a program noted in it goes in every case.
 * @throws ImageFailure
 */
export async function mailImage(bytes: Uint8Array): Promise<MailImage> {
  const kind = await sniffImage(bytes);
  if (kind === undefined) throw new ImageFailure('not_a_picture');
  if (kind === 'svg') throw new ImageFailure('svg');
  const vips = await libvips();
  try {
    return kind === 'heic' ? await fromHeic(vips, bytes) : fromFile(vips, bytes, kind);
  } catch (error) {
    if (error instanceof ImageFailure) throw error;
    throw new ImageFailure('unreadable', { cause: cappedCause(error) });
  }
}

/** A codec complains of every row that is torn: the beginning says it all. */
const cappedCause = (error: unknown) => new Error(String(error instanceof Error ? error.message : error).slice(0, 200));

async function fromHeic(vips: Vips, bytes: Uint8Array): Promise<MailImage> {
  const { data, width, height } = await heicPixels(bytes, refuseTooLarge);
  const whole = vips.Image.newFromMemory(data, width, height, 4, 'uchar');
  try {
    return smaller({ width, height }, (to) => whole.thumbnailImage(to.width, { height: to.height, size: 'down' }), 'heic');
  } finally {
    whole.delete();
  }
}

function fromFile(vips: Vips, bytes: Uint8Array, kind: ImageKind): MailImage {
  const image = vips.Image.newFromBuffer(bytes, '', { access: 'sequential', fail_on: 'truncated' });
  try {
    const field = (name: string, otherwise: number) => (image.getTypeof(name) === 0 ? otherwise : image.getInt(name));
    const orientation = field('orientation', 1);
    const size = upright(image, orientation);
    if (kind === 'gif' && field('n-pages', 1) > 1) return animated(vips, bytes, { ...size, frames: field('n-pages', 1) });
    refuseTooLarge(size);
    const fits = Math.max(size.width, size.height) <= longestSide && bytes.length <= largest;
    if (fits && orientation === 1 && (kind === 'jpg' || kind === 'png' || kind === 'gif')) {
      // Reads every pixel, so that what is torn is not kept.
      image.avg();
      return { bytes: withoutMetadata(bytes, kind), extension: kind, ...size };
    }
    return smaller(
      size,
      (to) => vips.Image.thumbnailBuffer(bytes, to.width, { height: to.height, size: 'down', fail_on: 'truncated' }),
      kind,
    );
  } finally {
    image.delete();
  }
}

/** Decided by what the file says of itself, before a pixel is decoded. */
function refuseTooLarge({ width, height }: Size, frames = 1) {
  if (width * height * frames > maxPixels) throw new ImageFailure('too_many_pixels');
  if (Math.max(width, height) > longestRead) throw new ImageFailure('side_too_long');
}

/** Every frame is read once, so that what is torn is not kept. */
function animated(vips: Vips, bytes: Uint8Array, { width, height, frames }: Size & { frames: number }): MailImage {
  refuseTooLarge({ width, height }, frames);
  const image = vips.Image.newFromBuffer(bytes, '', { access: 'sequential', fail_on: 'truncated', n: -1 });
  try {
    image.avg();
  } finally {
    image.delete();
  }
  return { bytes: withoutMetadata(bytes, 'gif'), extension: 'gif', width, height };
}

/** Orientations 5 to 8 of EXIF lie on their side. */
const upright = ({ width, height }: VipsImage, orientation: number) =>
  orientation >= 5 ? { width: height, height: width } : { width, height };

type Size = { width: number; height: number };

/** As large as may be, and smaller again until it is under 1 MB. */
function smaller(size: Size, scaledTo: (size: Size) => VipsImage, kind: ImageKind): MailImage {
  for (const share of [1, 0.8, 0.6, 0.4]) {
    const scaled = scaledTo(scaledSize(size, share));
    const image = scaled.copyMemory();
    scaled.delete();
    try {
      const encoded = encode(image, kind);
      if (encoded) return { ...encoded, width: image.width, height: image.height };
    } finally {
      image.delete();
    }
  }
  throw new ImageFailure('too_large');
}

function scaledSize({ width, height }: Size, share: number): Size {
  const within = Math.min(1, longestSide / Math.max(width, height));
  const scale = Math.max(within, Math.min(1, narrowest / width)) * share;
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Drawings stay PNG while they are small enough; photographs and what is opaque become JPEG. */
function encode(image: VipsImage, kind: ImageKind): Pick<MailImage, 'bytes' | 'extension'> | undefined {
  const tries: [extension: 'jpg' | 'png', options: object][] = showsThrough(image)
    ? [
        ['png', {}],
        ['png', { palette: true }],
      ]
    : [
        ...(kind === 'png' || kind === 'gif' ? [['png', {}] as ['png', object]] : []),
        ['jpg', { Q: 84, background: [255, 255, 255] }],
        ['jpg', { Q: 70, background: [255, 255, 255] }],
      ];
  for (const [extension, options] of tries) {
    // What a camera noted about place and time goes no further.
    const bytes = image.writeToBuffer(`.${extension}`, { keep: 'none', ...options });
    if (bytes.length <= largest) return { bytes, extension };
  }
  return undefined;
}

function showsThrough(image: VipsImage): boolean {
  if (!image.hasAlpha()) return false;
  const alpha = image.extractBand(image.bands - 1);
  try {
    return alpha.min() < 255;
  } finally {
    alpha.delete();
  }
}
