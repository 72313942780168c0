import { readFile } from 'node:fs/promises';
import { once } from '../../platform/process/once.ts';

/** The script that solves a proof of work in the browser. A bundle has it in `page/`, beside itself. */
export const proofScript = once(
  async (): Promise<Uint8Array | undefined> => readFile(new URL('./page/proof.js', import.meta.url)).catch(() => undefined),
);
