import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsFile } from '../../infra/cli/frame/settings-file.ts';
import { localeOf } from '../../infra/cli/words/catalogues.ts';

const folder = mkdtempSync(join(tmpdir(), 'periodical-cli-'));

/** The command line as npm runs it: no terminal, no account. */
function periodical(...typed: string[]) {
  const { PERIODICAL_SETTINGS: _, ...environment } = process.env;
  return spawnSync(process.execPath, ['infra/cli/periodical.ts', ...typed], {
    encoding: 'utf8',
    env: { ...environment, LC_ALL: 'en_GB.UTF-8' },
  });
}

test('npm run periodical is this entry, and the settings that ship are refused by name', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

  const refused = periodical('deploy', '--json');

  expect(scripts.periodical).toBe('node infra/cli/periodical.ts');
  expect(refused.status).toBe(1);
  expect(JSON.parse(refused.stdout).error.values.settings).toContain('contact: editors@example.org');
});

test('a wrong call ends with 2 and a hint, on standard error', () => {
  const { status, stdout, stderr } = periodical('deplyo');

  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('periodical --help');
});

test('settings in a file of their own, and those in cdk.json beside what CDK needs', () => {
  const own = settingsFile(join(folder, 'own.json'));
  const cdkJson = join(folder, 'cdk.json');
  copyFileSync('cdk.json', cdkJson);
  const shared = settingsFile(undefined, cdkJson);
  const before = JSON.parse(readFileSync(cdkJson, 'utf8'));

  expect(own.read()).toEqual({});
  own.write({ newsletterName: 'Hafenblatt' });
  shared.write({ newsletterName: 'Hafenblatt' });

  expect(own.read()).toEqual({ newsletterName: 'Hafenblatt' });
  expect(own.environment).toEqual({ PERIODICAL_SETTINGS: own.path });
  expect(shared.read()).toEqual({ newsletterName: 'Hafenblatt' });
  expect(JSON.parse(readFileSync(cdkJson, 'utf8'))).toEqual({ ...before, context: { settings: { newsletterName: 'Hafenblatt' } } });
});

test.each(['{"newsletterName": ', '["Hafenblatt"]', 'null'])('a settings file with %s in it is named, and not overwritten', (text) => {
  const file = join(folder, 'broken.json');
  writeFileSync(file, text);

  expect(() => settingsFile(file).read()).toThrow(
    expect.objectContaining({ code: 'settings_unreadable', values: expect.objectContaining({ file }) }),
  );
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('the language is that of --lang, else of the environment as POSIX ranks it, else English', () => {
  expect(localeOf(['deploy', '--lang', 'zh'], { LANG: 'en_GB.UTF-8' })).toBe('zh-CN');
  expect(localeOf(['--lang=en', 'deploy'], { LANG: 'zh_CN.UTF-8' })).toBe('en');
  expect(localeOf([], { LC_ALL: '', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_GB.UTF-8' })).toBe('zh-CN');
  expect(localeOf([], { LANG: 'de_DE.UTF-8' })).toBe('en');
});
