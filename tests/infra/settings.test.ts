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
  expect(shipped.schedule).toEqual({ every: 'week', on: ['friday'], time: '09:00' });
  expect(shipped.timeZone).toBe('Asia/Shanghai');
});

test.each([
  [
    'an unknown weekday',
    { schedule: { every: 'week', on: ['freitag'], time: '09:00' } },
    'schedule.on.0',
    '"freitag"',
    'one of monday, tuesday',
  ],
  ['a time of another shape', { schedule: { every: 'day', time: '9 Uhr' } }, 'schedule.time', '"9 Uhr"', 'a time such as 09:00'],
  ['an unknown rhythm', { schedule: { every: 'fortnight', time: '09:00' } }, 'schedule.every', '"fortnight"', 'one of day, working day'],
  ['a schedule without its rhythm', { schedule: { on: ['friday'], time: '09:00' } }, 'schedule.every', 'nothing', 'one of day, working'],
  [
    'a day that is not in every month',
    { schedule: { every: 'month', on: 'day 31', time: '09:00' } },
    'schedule.on',
    '"day 31"',
    'first friday, last friday, last day, or day 1 to day 28',
  ],
  [
    'a date on another weekday',
    { schedule: { every: 'two weeks', on: 'friday', anchor: '2026-12-03', time: '09:00' } },
    'schedule.anchor',
    '"2026-12-03"',
    'a date that is on the weekday',
  ],
  [
    'a part of another rhythm',
    { schedule: { every: 'day', on: ['friday'], time: '09:00' } },
    'schedule.on',
    'does not exist',
    'every, time',
  ],
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
  ['a stack of two words', { stackName: 'Harbour Weekly' }, 'stackName', '"Harbour Weekly"', 'letters, digits and single hyphens'],
  ['a stack whose name Cognito refuses', { stackName: 'Laws-of-trade' }, 'stackName', '"Laws-of-trade"', 'without aws'],
  ['a stage in capitals', { stage: 'Staging' }, 'stage', '"Staging"', 'small letters and digits, such as staging'],
  ['a region that is a city', { region: 'frankfurt' }, 'region', '"frankfurt"', 'a region such as eu-central-1'],
  ['a time that logs cannot be kept', { logRetentionDays: 31 }, 'logRetentionDays', '31', 'one of 1, 3, 5, 7, 14, 30, 60, 90'],
  [
    'an identity that nobody sends from',
    { existing: { identities: ['www.example.org'] } },
    'existing.identities',
    '"www.example.org"',
    'one of news.example.org, confirm.example.org',
  ],
  ['something else that exists', { existing: { queues: [] } }, 'existing.queues', 'does not exist', 'one of identities'],
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
