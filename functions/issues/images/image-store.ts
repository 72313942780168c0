import { createHash } from 'node:crypto';
import { GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '../../platform/bucket.ts';
import type { MailImage } from './mail-image.ts';

const types = { jpg: 'image/jpeg', png: 'image/png', gif: 'image/gif' } as const;

/**
 * Pictures that are ours, by the hash of their bytes, and for some days what came with an upload. An address says what is
 * behind it, so it may be cached for ever and the same picture is there once.
 */
export class ImageStore {
  readonly #images: string;
  readonly #uploads: string;
  readonly #origin: string;
  constructor({ images, uploads, origin }: { images: string; uploads: string; origin: string }) {
    this.#images = images;
    this.#uploads = uploads;
    this.#origin = origin;
  }

  /** The public address it has from now on. */
  async keep({ bytes, extension }: MailImage): Promise<string> {
    const key = `images/${hashOf(bytes)}.${extension}`;
    await s3().send(
      new PutObjectCommand({
        Bucket: this.#images,
        Key: key,
        Body: bytes,
        ContentType: types[extension],
        CacheControl: 'public, max-age=31536000, immutable',
      }),
    );
    return `${this.#origin}/${key}`;
  }

  /** Whether it leads to a picture that is ours already, as in a file made from one of our own pages. */
  isOurs(address: string): boolean {
    const images = `${this.#origin}/images/`;
    return address.startsWith(images) && /^[0-9a-f]{64}\.(?:jpg|png|gif)$/.test(address.slice(images.length));
  }

  /** Puts by what came with an upload, for the worker. */
  async putBy(hash: string, bytes: Uint8Array): Promise<void> {
    await s3().send(new PutObjectCommand({ Bucket: this.#uploads, Key: `originals/${hash}`, Body: bytes }));
  }

  putByEarlier(hash: string): Promise<Uint8Array | undefined> {
    return objectIn(this.#uploads, `originals/${hash}`);
  }
}

export const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** An object's bytes, or undefined when there is none. */
export async function objectIn(bucket: string, key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
