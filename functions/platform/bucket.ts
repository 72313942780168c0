import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

/** A file as it is written bit by bit: parts of at least 5 MiB but for the last, as S3 takes them. */
export interface MultipartFiles {
  begin(key: string, type: string): Promise<string>;
  /** The part's tag; the same number again replaces what was there. `number` counts from 1. */
  addPart(key: string, upload: string, number: number, bytes: Uint8Array): Promise<string>;
  finish(key: string, upload: string, tags: readonly string[]): Promise<void>;
}

/** Files of any size in a private bucket, read and written without holding one in memory. */
export interface Files extends MultipartFiles {
  /** Bytes; undefined when there is no such file. */
  size(key: string): Promise<number | undefined>;
  read(key: string): Promise<Uint8Array | undefined>;
  /** What lies behind a byte, block by block. */
  bytes(key: string, from?: number): AsyncIterable<Uint8Array>;
  put(key: string, bytes: Uint8Array | string, type: string): Promise<void>;
}

let shared: S3Client | undefined;
export const s3 = (): S3Client => {
  shared ??= new S3Client({});
  return shared;
};

/** S3 ends an answer that is read for minutes, so a long file is read in blocks. */
const blockBytes = 4 * 1024 * 1024;

export class Bucket implements Files {
  readonly #name: string;
  readonly #client: S3Client;
  constructor(name: string, client = s3()) {
    this.#name = name;
    this.#client = client;
  }

  async size(key: string) {
    try {
      return (await this.#client.send(new HeadObjectCommand({ Bucket: this.#name, Key: key }))).ContentLength;
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  async read(key: string) {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#name, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async *bytes(key: string, from = 0) {
    for (let at = from; ; ) {
      const block = await this.#block(key, at);
      if (block.length > 0) yield block;
      at += block.length;
      if (block.length < blockBytes) return;
    }
  }

  async #block(key: string, at: number): Promise<Uint8Array> {
    try {
      const range = `bytes=${at}-${at + blockBytes - 1}`;
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#name, Key: key, Range: range }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      // Behind the last byte there is nothing to give: 416.
      if (error instanceof S3ServiceException && error.name === 'InvalidRange') return new Uint8Array();
      throw error;
    }
  }

  async put(key: string, bytes: Uint8Array | string, type: string) {
    await this.#client.send(new PutObjectCommand({ Bucket: this.#name, Key: key, Body: bytes, ContentType: type }));
  }

  async begin(key: string, type: string) {
    const { UploadId } = await this.#client.send(new CreateMultipartUploadCommand({ Bucket: this.#name, Key: key, ContentType: type }));
    if (!UploadId) throw new Error(`S3 began no upload of ${key}.`);
    return UploadId;
  }

  async addPart(key: string, upload: string, number: number, bytes: Uint8Array) {
    const part = { Bucket: this.#name, Key: key, UploadId: upload, PartNumber: number, Body: bytes };
    const { ETag } = await this.#client.send(new UploadPartCommand(part));
    if (!ETag) throw new Error(`S3 gave part ${number} of ${key} no tag.`);
    return ETag;
  }

  async finish(key: string, upload: string, tags: readonly string[]) {
    const parts = tags.map((ETag, n) => ({ ETag, PartNumber: n + 1 }));
    await this.#client.send(
      new CompleteMultipartUploadCommand({ Bucket: this.#name, Key: key, UploadId: upload, MultipartUpload: { Parts: parts } }),
    );
  }
}
