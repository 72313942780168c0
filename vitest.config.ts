import { existsSync, globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { chromiumPath } from './tests/support/chromium.ts';
import { javaPath } from './tests/support/java.ts';
import { spamassassinPath } from './tests/support/spamassassin.ts';
import { isWithout } from './tests/support/without.ts';

/** CI needs everything; elsewhere what needs a browser, Java or SpamAssassin is skipped, by name. */
const required = process.env.CI === 'true';
const runnable = (found: boolean, include: string[], otherwise: string) =>
  found || required ? include : [`tests/skipped/${otherwise}.test.ts`];

/** CI runs the tests a first time as on a machine without tools. What takes long and needs none is for the second time. */
const unlessLong = (include: string[]) => (isWithout('long-runs') ? ['tests/skipped/long-runs.test.ts'] : include);

/**
 * The suites that ask the database real questions: all below the two HTTP faces that start a table, but the one about the SDK's
 * client. They run on dynalite, on the simulation's and, where Java is, on DynamoDB Local.
 */
const storeTests = globSync('tests/**/*.test.ts').filter(
  (file) => !/^tests\/(public|api|platform\/metering)\//.test(file) && /\bstartTable\(\)/.test(readFileSync(file, 'utf8')),
);

export default defineConfig({
  test: {
    // Vitest leaves a core to itself: of two that would be half. Journeys and browsers mostly wait.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // What is polled for comes as soon as it can; on a busy machine that may be late.
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default', ['json', { outputFile: process.env.TEST_RESULTS ?? '.build/test-results.json' }]],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/{infra,journeys,browser,simulation,spam,skipped}/**'],
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'stores',
          include: runnable(javaPath !== undefined, storeTests, 'needs-java'),
          globalSetup: javaPath === undefined && !required ? [] : ['tests/support/start-dynamodb-local.ts'],
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT', TABLES_ON: 'dynamodb-local' },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'memory',
          include: unlessLong(storeTests),
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT', TABLES_ON: 'memory' },
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'spam',
          include: runnable(spamassassinPath !== undefined, ['tests/spam/**/*.test.ts'], 'needs-spamassassin'),
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'simulation',
          include: unlessLong(['tests/simulation/**/*.test.ts']),
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
          testTimeout: 60_000,
        },
      },
      { test: { name: 'infra', include: ['tests/infra/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          setupFiles: ['tests/journeys/hold-to-contract.ts'],
          exclude: isWithout('long-runs') ? ['tests/journeys/{crash,import,notices,one-reader,quota,restore}.test.ts'] : [],
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: runnable(chromiumPath !== undefined && existsSync(chromiumPath), ['tests/browser/**/*.test.ts'], 'needs-chromium'),
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
