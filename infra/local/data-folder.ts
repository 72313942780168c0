import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Where a local run keeps what must outlive it. A run that begins empty and in memory keeps nothing: only the bytes
 * of its mails, which may be many, lie in a temporary folder that goes with it.
 */
export class DataFolder {
  readonly keeps: boolean;
  readonly #path: string;

  constructor(path?: string) {
    this.keeps = path !== undefined;
    if (path) mkdirSync(path, { recursive: true });
    this.#path = path ?? mkdtempSync(join(tmpdir(), 'periodical-'));
  }

  /** The path of a folder of its own for one emulator. */
  folder(name: string): string {
    const path = join(this.#path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** The same folder, or nothing where the emulator's own way of keeping nothing is memory. */
  keptFolder(name: string): string | undefined {
    return this.keeps ? this.folder(name) : undefined;
  }

  /** A small value that is made once and then stays the same, such as a generated secret. */
  once<Value>(name: string, make: () => Value): Value {
    const path = join(this.#path, `${name}.json`);
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Value;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const made = make();
    writeFileSync(`${path}.new`, JSON.stringify(made), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return made;
  }

  /** Removes what a run that keeps nothing has left. */
  close() {
    if (!this.keeps) rmSync(this.#path, { recursive: true, force: true });
  }
}
