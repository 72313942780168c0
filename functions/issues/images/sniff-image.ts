import { fileTypeFromBuffer } from 'file-type';

export type ImageKind = 'jpg' | 'png' | 'gif' | 'webp' | 'avif' | 'heic' | 'svg';

const kinds: Readonly<Record<string, ImageKind>> = {
  jpg: 'jpg',
  png: 'png',
  apng: 'png',
  gif: 'gif',
  webp: 'webp',
  avif: 'avif',
  heic: 'heic',
};

/** What the bytes are, whatever name or type they came under; undefined for what is no picture we take. */
export async function sniffImage(bytes: Uint8Array): Promise<ImageKind | undefined> {
  if (isSvg(bytes)) return 'svg';
  const type = await fileTypeFromBuffer(bytes.subarray(0, 64 * 1024));
  return type && kinds[type.ext];
}

function isSvg(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 4_096)).toString('latin1').trimStart();
  return /^(?:\u00ef\u00bb\u00bf)?\s*</.test(beginning) && /<(?:\w+:)?svg[\s>]/i.test(beginning);
}
