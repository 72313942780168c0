import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { nearestTests } from './nearest-tests.ts';

const sources = execFileSync('git', ['ls-files', '*.ts'], { encoding: 'utf8' }).trim().split('\n');

test('a module’s nearest tests are those that import it', () => {
  const nearest = nearestTests(['functions/digests/slot.ts'], sources);

  expect(nearest).toContain('tests/digests/slot.test.ts');
  expect(nearest.every((file) => file.endsWith('.test.ts'))).toBe(true);
});

test('what no test imports has the tests of those that import it', () => {
  const [handler = ''] = sources.filter((file) => file.endsWith('run-digest.handler.ts'));

  expect(nearestTests(['infra/outputs.ts'], sources).length).toBeGreaterThan(0);
  expect(nearestTests([handler], sources)).toEqual([]);
});

test('a test is its own, a page has the tests of pages', () => {
  expect(nearestTests(['tests/structure.test.ts', 'README.md'], sources)).toEqual(['tests/docs/', 'tests/structure.test.ts']);
});
