import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeUpSettings } from '../../infra/made-up-settings.ts';
import { checkSettings, loadSettings } from '../../infra/settings.ts';
import { FakeAccount } from './fake-account.ts';
import { ownSettings, periodical } from './run-periodical.ts';

const shipped = loadSettings() as Record<string, unknown>;
/** In the order of the questions. */
const answers = [
  ...['Hafenblatt', 'en', 'Europe/Berlin', 'friday', '09:00'],
  ...['Hafenblatt Verlag GmbH', 'Am Kai 1, 20457 Hamburg', 'redaktion@hafenblatt.de', '', 'https://www.hafenblatt.de/datenschutz'],
  ...['eu-central-1', 'brief.hafenblatt.de', 'blatt@post.hafenblatt.de', 'hallo@anmeldung.hafenblatt.de'],
];
const answered = (changes: Record<number, string[]>) => answers.flatMap((each, n) => changes[n] ?? [each]);
const [host, sender, confirmation] = [11, 12, 13];

function hafenblatt() {
  const account = new FakeAccount();
  account.zones.set('hafenblatt.de', []);
  account.certificates.push({ arn: ownSettings.certificateArn, names: ['*.hafenblatt.de'], status: 'ISSUED' });
  return account;
}
const elsewhere = () => new FakeAccount();

test('from the settings that ship, the answers make settings that can be deployed, and nothing made up remains', async () => {
  const { exit, settings, said } = await periodical({ typed: ['init'], account: hafenblatt(), settings: shipped, answers });

  expect(exit).toBe(0);
  expect(madeUpSettings(settings)).toEqual([]);
  expect(checkSettings(settings, 'test')).toMatchObject(ownSettings);
  expect(said).toContain('PIPL Art. 17');
  expect(said).toContain('hafenblatt.de is in Route 53');
});

test('in Chinese, every question and reason is Chinese', async () => {
  const { said } = await periodical({ typed: ['init'], account: hafenblatt(), settings: {}, answers, locale: 'zh-CN' });

  expect(said).toContain('? 由谁发行（法定名称）？ Hafenblatt Verlag GmbH');
  expect(said.split('\n').filter((line) => /[a-z]{3,} [a-z]{3,} [a-z]{3,}/i.test(line.replace(/^\? .*/, '')))).toEqual([]);
});

test('an answer that cannot be used is asked for again: a made-up domain, a web address for a host, no name', async () => {
  const wrong = answered({
    0: ['', 'Hafenblatt'],
    7: ['editors@example.org', 'redaktion@hafenblatt.de'],
    [host]: ['https://brief.hafenblatt.de', 'brief.hafenblatt.de.', 'localhost', 'brief.hafenblatt.de'],
  });

  const { settings, said } = await periodical({ typed: ['init'], account: hafenblatt(), settings: {}, answers: wrong });

  expect(settings).toMatchObject({ newsletterName: 'Hafenblatt', contact: 'redaktion@hafenblatt.de', publicHost: 'brief.hafenblatt.de' });
  expect(said).toContain('“https://brief.hafenblatt.de” will not do: a host');
});

test('a host where a zone begins is refused, unless that zone is in Route 53', async () => {
  const outside = elsewhere();
  outside.world.set('hafenblatt.de', { apex: true });
  const bare = answered({ [host]: ['hafenblatt.de', 'brief.hafenblatt.de'] });

  const refused = await periodical({ typed: ['init'], account: outside, settings: {}, answers: bare });
  const taken = await periodical({
    typed: ['init'],
    account: hafenblatt(),
    settings: {},
    answers: answered({ [host]: ['hafenblatt.de'] }),
  });

  expect(refused.said).toContain('hafenblatt.de is where a zone begins');
  expect(refused.settings.publicHost).toBe('brief.hafenblatt.de');
  expect(taken.settings.publicHost).toBe('hafenblatt.de');
});

test.each([
  ['on the public host itself', { [sender]: ['blatt@brief.hafenblatt.de', 'no', 'blatt@post.hafenblatt.de'] }, 'can have no MX'],
  [
    'where people get their mail',
    { [sender]: ['blatt@hafenblatt.de', 'no', 'blatt@post.hafenblatt.de'] },
    'is where people get their mail',
  ],
  [
    'that both share',
    { [confirmation]: ['hallo@post.hafenblatt.de', 'no', 'hallo@anmeldung.hafenblatt.de'] },
    'Both senders are on post.hafenblatt.de',
  ],
])('a sender’s domain %s is questioned, and another is taken', async (_, changes, why) => {
  const { said, settings } = await periodical({ typed: ['init'], account: elsewhere(), settings: {}, answers: answered(changes) });

  expect(said).toContain(why);
  expect(settings).toMatchObject({ sender: ownSettings.sender, confirmationSender: ownSettings.confirmationSender });
});

test('a domain with an MX is where people get their mail; who wants it so may have it so', async () => {
  const account = elsewhere();
  account.world.set('post.hafenblatt.de', { mx: [{ priority: 10, exchange: 'mx.hafenblatt.de' }] });

  const { said, settings } = await periodical({
    typed: ['init'],
    account,
    settings: {},
    answers: answered({ [sender]: ['blatt@post.hafenblatt.de', 'yes'] }),
  });

  expect(said).toContain('post.hafenblatt.de is where people get their mail');
  expect(settings.sender).toEqual(ownSettings.sender);
});

test('the two senders have two addresses', async () => {
  const { said } = await periodical({
    typed: ['init'],
    account: elsewhere(),
    settings: {},
    answers: answered({ [confirmation]: ['Blatt@post.hafenblatt.de', 'hallo@anmeldung.hafenblatt.de'] }),
  });

  expect(said).toContain('Digests come from Blatt@post.hafenblatt.de, too');
});

test('without a host there is no certificate, and one for another host is not kept', async () => {
  const { settings } = await periodical({
    typed: ['init'],
    account: hafenblatt(),
    settings: ownSettings,
    answers: answered({ [host]: ['-'] }),
  });
  const moved = await periodical({
    typed: ['init'],
    account: hafenblatt(),
    settings: { ...ownSettings, certificateArn: 'arn:aws:acm:us-east-1:318274659020:certificate/other' },
    answers: answered({ [host]: ['news.hafenblatt.de'] }),
  });

  expect(settings).not.toHaveProperty('certificateArn');
  expect(settings).not.toHaveProperty('publicHost');
  expect(moved.settings.certificateArn).toBe(ownSettings.certificateArn);
});

test('what is not asked is kept: topics, limits, a schedule of the desk’s liking', async () => {
  const before = { ...ownSettings, topics: [{ id: 'ships', name: 'Ships' }], undoMinutes: 5 };

  const { settings } = await periodical({ typed: ['init'], account: hafenblatt(), settings: before, answers: answers.map(() => '') });

  expect(settings).toEqual(before);
});

test('a schedule of another kind is kept, and not asked for', async () => {
  const before = { ...ownSettings, schedule: { every: 'month', on: 'first friday', time: '07:30' } };
  const others = answers.filter((_, n) => n !== 3 && n !== 4).map(() => '');

  const { settings } = await periodical({ typed: ['init'], account: hafenblatt(), settings: before, answers: others });

  expect(settings).toEqual(before);
});

test('nobody at a terminal: the answers come from a file, and a wrong one is named with what would do', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'periodical-answers-')), 'answers.json');
  const names = [
    'newsletterName',
    'locale',
    'timeZone',
    'day',
    'time',
    'legalName',
    'postalAddress',
    'contact',
    'replyTo',
    'privacyNotice',
  ];
  const all = Object.fromEntries(
    [...names, 'region', 'publicHost', 'senderAddress', 'confirmationAddress'].map((name, n) => [name, answers[n]]),
  );
  const given = { ...all, replyTo: 'redaktion@hafenblatt.de' };
  const run = (content: object) => {
    writeFileSync(file, JSON.stringify(content));
    return periodical({ typed: ['init', '--json', '--answers', file], account: hafenblatt(), settings: {} });
  };

  const well = await run({ ...given, senderAddress: 'blatt@brief.hafenblatt.de', confirmationAddress: 'hallo@brief.hafenblatt.de' });
  const wrong = await run({ ...given, contact: 'editors@example.org' });
  const none = await periodical({ typed: ['init', '--json'], account: hafenblatt(), settings: {} });

  expect(well.json()).toMatchObject({ settings: { publicHost: 'brief.hafenblatt.de' }, findings: [{ code: 'senders_share_domain' }, {}] });
  expect(wrong).toMatchObject({ exit: 1, settings: {} });
  expect(wrong.json()).toMatchObject({ error: { code: 'answer_not_accepted', values: { name: 'contact', came: 'editors@example.org' } } });
  expect(none.json()).toMatchObject({ error: { code: 'init_needs_answers' } });
});

test('Ctrl+C leaves the settings as they were', async () => {
  expect(await periodical({ typed: ['init'], account: hafenblatt(), settings: {}, answers: answers.slice(0, 5) })).toMatchObject({
    exit: 130,
    settings: {},
  });
});
