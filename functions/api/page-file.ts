import { readFile } from 'node:fs/promises';
import { oncePer } from '../platform/process/once.ts';

/** A file of the desk's page; undefined when there is none of that name. A bundle has them in `page/`, beside itself. */
export const pageFile = oncePer(
  async (name: string): Promise<Uint8Array | undefined> => {
    // Names are plain: nothing outside of `page/` can be asked for.
    if (!/^[a-z-]+\.[a-z]+$/.test(name)) return undefined;
    return readFile(new URL(`./page/${name}`, import.meta.url)).catch(() => undefined);
  },
  (name) => name,
);
