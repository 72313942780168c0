import type { Files } from '../../functions/platform/bucket.ts';

/** A private bucket in memory. `blockBytes`: how much of a file comes at once. */
export class MemoryFiles implements Files {
  readonly stored = new Map<string, Uint8Array>();
  readonly #uploads = new Map<string, Map<number, Uint8Array>>();
  readonly #blockBytes: number;
  constructor(blockBytes = 64 * 1024) {
    this.#blockBytes = blockBytes;
  }

  text(key: string): string | undefined {
    const bytes = this.stored.get(key);
    return bytes && Buffer.from(bytes).toString('utf8');
  }

  async size(key: string) {
    return this.stored.get(key)?.length;
  }
  async read(key: string) {
    return this.stored.get(key);
  }
  async *bytes(key: string, from = 0) {
    const whole = this.stored.get(key) ?? new Uint8Array();
    for (let at = from; at < whole.length; at += this.#blockBytes) yield whole.subarray(at, at + this.#blockBytes);
  }
  async put(key: string, bytes: Uint8Array | string) {
    this.stored.set(key, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  }

  async begin(key: string) {
    const upload = `${key}-${this.#uploads.size + 1}`;
    this.#uploads.set(upload, new Map());
    return upload;
  }
  async addPart(_key: string, upload: string, number: number, bytes: Uint8Array) {
    this.#uploads.get(upload)?.set(number, bytes);
    return `tag-${number}`;
  }
  async finish(key: string, upload: string, tags: readonly string[]) {
    const parts = this.#uploads.get(upload);
    if (!parts) throw Object.assign(new Error('The upload is over.'), { name: 'NoSuchUpload' });
    this.#uploads.delete(upload);
    this.stored.set(key, Buffer.concat(tags.map((_tag, n) => parts.get(n + 1) ?? new Uint8Array())));
  }
}
