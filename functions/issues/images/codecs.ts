import type { Vips } from 'wasm-vips';
import { ImageFailure } from './image-failure.ts';

/** Pixels in memory, red green blue alpha. */
export type Pixels = { data: Uint8Array; width: number; height: number };

let vips: Promise<Vips> | undefined;

/**
 * libvips as WebAssembly: it runs on whatever processor Lambda has. Loaded with the first picture, because it costs 0.2 s.
 * AVIF is a library of its own beside it; HEIC is not among them (see {@link heicPixels}).
 */
export function libvips(): Promise<Vips> {
  vips ??= startVips();
  return vips;
}

async function startVips() {
  const { default: start } = await import('wasm-vips');
  const started = await start({ dynamicLibraries: ['vips-heif.wasm'], print: () => undefined, printErr: () => undefined });
  // One picture after the other: a Lambda of this size has one processor.
  started.concurrency(1);
  return started;
}

/** The picture an iPhone takes, upright, as pixels. Decoded by libheif, since libvips for WebAssembly has no HEVC. */
export async function heicPixels(bytes: Uint8Array, refuseTooLarge: (size: { width: number; height: number }) => void): Promise<Pixels> {
  const { default: start } = await import('libheif-js/libheif-wasm/libheif-bundle.mjs');
  const { HeifDecoder } = await start();
  const images = new HeifDecoder().decode(bytes);
  const [image] = images;
  if (!image) throw new ImageFailure('unreadable');
  try {
    const [width, height] = [image.get_width(), image.get_height()];
    refuseTooLarge({ width, height });
    const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
    const shown = await new Promise((resolve) => image.display(target, resolve));
    if (!shown) throw new ImageFailure('unreadable');
    return { data: new Uint8Array(target.data.buffer), width, height };
  } finally {
    for (const each of images) each.free();
  }
}
