import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isWithout } from './without.ts';

/** DynamoDB Local needs it. */
const oldest = 17;

const isNewEnough = (java: string) => {
  // `openjdk version "17.0.15" …`; before 9 the number was `1.8.0`.
  const [, version] = /version "(\d+)/.exec(spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr) ?? [];
  return Number(version) >= oldest;
};

/** The first `java` on the path, if it is new enough; else undefined, and the store tests run on dynalite alone. */
export const javaPath = (isWithout('java') ? '' : (process.env.PATH ?? ''))
  .split(delimiter)
  .map((folder) => join(folder, 'java'))
  .filter((path) => existsSync(path))
  .slice(0, 1)
  .find(isNewEnough);
