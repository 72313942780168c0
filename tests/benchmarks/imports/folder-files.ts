import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from '../../../functions/platform/bucket.ts';

const missing = (error: unknown) => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
};

/** A bucket as a folder: what is in it does not count as the memory of the code that uses it. */
export class FolderFiles implements Files {
  readonly #folder: string;
  constructor(folder: string) {
    this.#folder = folder;
  }

  async pathOf(key: string): Promise<string> {
    const path = join(this.#folder, key);
    await mkdir(dirname(path), { recursive: true });
    return path;
  }

  size = async (key: string) => (await stat(await this.pathOf(key)).catch(missing))?.size;
  read = async (key: string) => readFile(await this.pathOf(key)).catch(missing);
  put = async (key: string, bytes: Uint8Array | string) => writeFile(await this.pathOf(key), bytes);
  async *bytes(key: string, from = 0) {
    yield* createReadStream(await this.pathOf(key), { start: from, highWaterMark: 4 * 1024 * 1024 }) as AsyncIterable<Uint8Array>;
  }

  begin = async (key: string) => {
    await this.put(key, '');
    return key;
  };
  addPart = async (key: string, _upload: string, number: number, bytes: Uint8Array) => {
    await appendFile(await this.pathOf(key), bytes);
    return String(number);
  };
  finish = async () => undefined;
}
