import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isWithout } from './without.ts';

/** The `java` on the path, or undefined: then the store tests run on dynalite alone. */
export const javaPath = (isWithout('java') ? '' : (process.env.PATH ?? ''))
  .split(delimiter)
  .map((folder) => join(folder, 'java'))
  .find((path) => existsSync(path));
