import { readFileSync } from 'node:fs';
import { Settings } from './settings.ts';

let read: Settings | undefined;

/**
 * The settings that hold now. Ask once for each request, message or look, and pass the answer on as a value: then one piece of
 * work never mixes two versions. Today they are what was bundled with this function, as `settings.json` beside it.
 */
export async function currentSettings(): Promise<Settings> {
  read ??= Settings.parse(JSON.parse(readFileSync(new URL('./settings.json', import.meta.url), 'utf8')));
  return read;
}

/** The newsletter's own limit of mails in 24 hours. */
export const dailyLimit = async () => (await currentSettings()).dailyLimit;
