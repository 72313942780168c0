import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { nearestTests } from './nearest-tests.ts';

// `npm run test:near`: the tests nearest to what has changed and is not committed; `-- main` since that commit. The structure of
// the house is looked at in any case. Not what has the last word: that is `npm run check`.

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).split('\n').filter(Boolean);

const since = process.argv[2] ?? 'HEAD';
const changed = [...git('diff', '--name-only', since), ...git('ls-files', '--others', '--exclude-standard')].filter(existsSync);
const sources = git('ls-files', '--cached', '--others', '--exclude-standard', '*.ts').filter(existsSync);
const nearest = nearestTests(changed, sources);
const unseen = changed.filter((file) => file.endsWith('.ts') && nearestTests([file], sources).length === 0);
console.log(`${changed.length} files have changed; the nearest tests: ${nearest.join(' ') || 'none'}`);
if (unseen.length > 0) console.log(`Only journeys and browsers see ${unseen.join(' ')}: npm test -- --project journeys --project browser`);
const tests = [...new Set([...nearest, 'tests/structure.test.ts'])];
const projects = ['unit', 'infra', 'simulation'].flatMap((project) => ['--project', project]);
const { status } = spawnSync('vitest', ['run', ...projects, ...tests], { stdio: 'inherit' });
process.exitCode = status ?? 1;
