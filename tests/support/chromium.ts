import { existsSync } from 'node:fs';
import { isWithout } from './without.ts';

/** Debian's Chromium, or the one named by `CHROMIUM`; undefined where there is none. */
export const chromiumPath = isWithout('chromium')
  ? undefined
  : [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));

/** How the tests start it: without a sandbox, since CI runs as root, and without calls to its maker. */
export const chromiumArguments = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
