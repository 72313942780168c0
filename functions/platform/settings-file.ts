import { readFileSync } from 'node:fs';
import { Settings } from './settings.ts';

let read: Settings | undefined;

/** The settings that were bundled with this function, as `settings.json` beside it. */
export function settings(): Settings {
  read ??= Settings.parse(JSON.parse(readFileSync(new URL('./settings.json', import.meta.url), 'utf8')));
  return read;
}
