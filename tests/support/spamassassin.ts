import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isWithout } from './without.ts';

/** The `spamassassin` on the path, or undefined: then nobody scores the mails. */
export const spamassassinPath = (isWithout('spamassassin') ? '' : (process.env.PATH ?? ''))
  .split(delimiter)
  .map((folder) => join(folder, 'spamassassin'))
  .find((path) => existsSync(path));
