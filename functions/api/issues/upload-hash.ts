import { createHash } from 'node:crypto';
import type { UploadedImage } from '../../issues/images/issue-upload.ts';

/** SHA-256 of an issue's file and the pictures beside it, hex: the same again is the same issue. Programs count it themselves. */
export function uploadHash(file: Uint8Array, images: readonly UploadedImage[]): string {
  const hash = createHash('sha256').update(file);
  for (const part of images.flatMap(({ path, bytes }) => [Buffer.from(path), bytes]))
    hash.update(createHash('sha256').update(part).digest());
  return hash.digest('hex');
}
