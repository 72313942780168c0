import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSettings, loadSettings, WrongSettings } from '../../infra/settings.ts';

const shipped = loadSettings();
const messageFor = (settings: unknown) => {
  try {
    checkSettings(settings, 'cdk.json');
  } catch (error) {
    if (error instanceof WrongSettings) return error.message;
    throw error;
  }
  return 'nothing wrong';
};

test('the settings that ship are in order', () => {
  expect(messageFor(shipped)).toBe('nothing wrong');
  expect(shipped.schedule).toEqual({ weekday: 'friday', time: '09:00' });
  expect(shipped.timeZone).toBe('Asia/Shanghai');
});

test.each([
  ['an unknown weekday', { schedule: { weekday: 'freitag', time: '09:00' } }, 'schedule.weekday', '"freitag"', 'one of monday, tuesday'],
  ['a time of another shape', { schedule: { weekday: 'friday', time: '9 Uhr' } }, 'schedule.time', '"9 Uhr"', 'a time such as 09:00'],
  ['a zone that does not exist', { timeZone: 'Shanghai' }, 'timeZone', '"Shanghai"', 'an IANA time zone such as Asia/Shanghai'],
  ['a missing text', { legalName: undefined }, 'legalName', 'nothing', 'a text'],
  ['a text that is a number', { postalAddress: 200000 }, 'postalAddress', '200000', 'a text'],
  [
    'an address that is none',
    { sender: { name: 'Weekly', address: 'weekly' } },
    'sender.address',
    '"weekly"',
    'an address such as weekly@news.example.org',
  ],
  ['a host with its scheme', { publicHost: 'https://news.example.org' }, 'publicHost', '"https://news.example.org"', 'without https://'],
  [
    'a certificate of another region',
    { certificateArn: 'arn:aws:acm:eu-west-1:1:certificate/x' },
    'certificateArn',
    'eu-west-1',
    'in us-east-1',
  ],
  ['a host without certificate', { certificateArn: undefined }, 'certificateArn', 'nothing, while publicHost', 'us-east-1, or neither'],
  ['a certificate without host', { publicHost: undefined }, 'publicHost', 'nothing, while certificateArn', 'news.example.org, or neither'],
  ['a privacy notice without https', { privacyNotice: 'http://example.org' }, 'privacyNotice', '"http://example.org"', 'https://'],
  [
    'one sender for both',
    { confirmationSender: shipped.sender },
    'confirmationSender.address',
    'weekly@news.example.org',
    'an address of its own',
  ],
  ['a setting that does not exist', { newsleterName: 'x' }, 'newsleterName', 'does not exist', 'newsletterName'],
  ['too few workers', { maxConcurrency: 1 }, 'maxConcurrency', '1', '2 or more'],
])('%s is named, with what came and what would do', (_what, change, setting, came, wouldDo) => {
  const message = messageFor({ ...shipped, ...change });

  expect(message).toContain(`\n  ${setting}\n`);
  expect(message).toMatch(new RegExp(`came: .*${RegExp.escape(came)}`));
  expect(message).toMatch(new RegExp(`would do: .*${RegExp.escape(wouldDo)}`));
});

test('all wrong settings are named at once', () => {
  const message = messageFor({ ...shipped, timeZone: 'x', contact: 'y', locale: 'fr' });

  for (const setting of ['timeZone', 'contact', 'locale']) expect(message).toContain(`\n  ${setting}\n`);
});

test('a wrong setting stops the app with words and not with a stack trace', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'periodical-settings-')), 'settings.json');
  writeFileSync(file, JSON.stringify({ ...shipped, timeZone: 'Mars/Olympus' }));

  const run = spawnSync(process.execPath, ['infra/app.ts'], { env: { ...process.env, PERIODICAL_SETTINGS: file }, encoding: 'utf8' });

  expect(run.status).toBe(1);
  expect(run.stdout).toBe('');
  expect(run.stderr).toContain('timeZone');
  expect(run.stderr).toContain(file);
  expect(run.stderr).not.toMatch(/\n\s+at /);
});

test('cdk synth says nothing when nothing is wrong', () => {
  const output = mkdtempSync(join(tmpdir(), 'periodical-cdk-'));
  const cdk = join(import.meta.dirname, '../../node_modules/aws-cdk/bin/cdk');

  const run = spawnSync(process.execPath, [cdk, 'synth', '--output', output], { encoding: 'utf8', env: { ...process.env, CI: '' } });

  expect({ status: run.status, said: run.stdout + run.stderr }).toEqual({ status: 0, said: '' });
});
