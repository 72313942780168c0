import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { cannot } from '../../infra/cli/frame/cli-error.ts';
import { awsError } from './fake-aws.ts';
import { fakeNewsletter, setRecords } from './fake-newsletter.ts';
import { ownSettings, periodical, type Run } from './run-periodical.ts';

type Newsletter = Awaited<ReturnType<typeof fakeNewsletter>>;
type Examined = {
  healthy: boolean;
  summary: string;
  findings: { check: string; code: string; level: string; found: string; means?: string; todo?: string }[];
};

const settings = { ...ownSettings, terminationProtection: true };

async function examined(spoil: (newsletter: Newsletter) => unknown = () => undefined, given: Partial<Run> = {}) {
  const newsletter = await fakeNewsletter();
  await spoil(newsletter);
  const { account, fetch } = newsletter;
  const { exit, json, said } = await periodical({ typed: ['doctor', '--json'], account, fetch, settings, ...given });
  return { exit, said, newsletter, ...(json() as Examined) };
}
const codes = ({ findings }: Examined) => findings.map(({ code }) => code);

test('a newsletter that is well passes every check, and one sentence says so', async () => {
  const found = await examined();

  expect(found).toMatchObject({ exit: 0, healthy: true, summary: 'Hafenblatt is well.' });
  expect(codes(found)).toEqual([
    ...['dns_seen', 'dmarc_seen', 'dmarc_seen', 'identity_verified', 'identity_verified'],
    ...['stack_complete', 'certificate', 'ses_production', 'events_published', 'round_trip'],
    ...['page_answers', 'one_click', 'viewer_known', 'alarms_confirmed', 'alarms_quiet'],
    ...['heartbeat', 'no_dead_letters', 'schedule_equal', 'quota_enough', 'cost_last_month'],
  ]);
  expect(found.findings.every(({ level }) => level === 'good')).toBe(true);
});

test.each<[check: string, code: string, level: 'trouble' | 'wait' | 'note', spoil: (newsletter: Newsletter) => unknown]>([
  ['dns', 'dns_missing', 'wait', ({ account }) => account.world.delete('k11._domainkey.post.hafenblatt.de')],
  ['dns', 'dns_missing', 'wait', ({ account }) => account.world.set('brief.hafenblatt.de', { cname: 'other.cloudfront.net' })],
  [
    'dns',
    'dns_missing',
    'wait',
    ({ account }) =>
      account.world.set('bounce.post.hafenblatt.de', {
        txt: ['v=spf1 include:amazonses.com -all'],
        mx: [{ priority: 10, exchange: 'mx.other.de' }],
      }),
  ],
  ['dns', 'dmarc_missing', 'wait', ({ account }) => account.world.delete('_dmarc.post.hafenblatt.de')],
  [
    'dns',
    'dns_not_asked',
    'wait',
    ({ account }) =>
      Object.assign(account.dns, { mx: (name: string) => Promise.reject(cannot('dns_not_reached', { name, fault: 'ETIMEOUT' })) }),
  ],
  ['identities', 'identity_pending', 'wait', ({ account }) => account.identities.set('post.hafenblatt.de', { verified: false })],
  ['identities', 'identity_unknown', 'trouble', ({ account }) => account.identities.delete('post.hafenblatt.de')],
  [
    'stack',
    'stack_unfinished',
    'trouble',
    ({ account }) => account.stacks.set('Periodical', { ...of(account), status: 'UPDATE_ROLLBACK_COMPLETE' }),
  ],
  ['stack', 'stack_unprotected', 'note', ({ account }) => account.stacks.set('Periodical', { ...of(account), isProtected: false })],
  ['certificate', 'certificate_gone', 'trouble', ({ account }) => account.certificates.splice(0)],
  [
    'certificate',
    'certificate_failed',
    'trouble',
    ({ account }) => account.certificates.splice(0, 1, { ...account.certificates[0]!, status: 'EXPIRED' }),
  ],
  [
    'certificate',
    'certificate_ends',
    'trouble',
    ({ account }) => account.certificates.splice(0, 1, { ...account.certificates[0]!, expires: new Date('2026-12-20') }),
  ],
  ['sesAccount', 'ses_sandbox', 'wait', ({ account }) => Object.assign(account.ses, { production: false })],
  ['sesAccount', 'ses_paused', 'trouble', ({ account }) => Object.assign(account.ses, { sending: false })],
  ['sesAccount', 'ses_review', 'note', ({ account }) => Object.assign(account.ses, { enforcement: 'PROBATION' })],
  ['events', 'configuration_set_missing', 'trouble', ({ has }) => Object.assign(has, { configurationSet: undefined })],
  ['events', 'configuration_set_paused', 'trouble', ({ has }) => Object.assign(has.configurationSet!, { sending: false })],
  ['events', 'events_off', 'trouble', ({ has }) => Object.assign(has.configurationSet!.events, { on: false })],
  [
    'events',
    'events_elsewhere',
    'trouble',
    ({ has }) => Object.assign(has.configurationSet!.events, { topic: 'arn:aws:sns:eu-central-1:1:other' }),
  ],
  ['events', 'events_missing', 'trouble', ({ has }) => has.configurationSet!.events.missing.push('COMPLAINT')],
  ['roundTrip', 'round_trip_lost', 'trouble', ({ has }) => has.lost.push('Complaint')],
  [
    'roundTrip',
    'round_trip_not_sent',
    'wait',
    ({ has }) => Object.assign(has, { sendFault: awsError('MessageRejected', 'Email address is not verified.') }),
  ],
  [
    'roundTrip',
    'round_trip_not_sent',
    'trouble',
    ({ has }) => Object.assign(has, { sendFault: awsError('SendingPausedException', 'Sending is paused.') }),
  ],
  ['pages', 'page_unreachable', 'trouble', ({ has }) => Object.assign(has, { fault: 'ECONNREFUSED' })],
  ['pages', 'page_wrong', 'trouble', ({ has }) => Object.assign(has, { answers: () => ({ status: 200, text: '<h1>Parked</h1>' }) })],
  [
    'pages',
    'one_click_blocked',
    'trouble',
    ({ has }) => Object.assign(has, { answers: (method: string) => (method === 'POST' ? { status: 403, text: 'Forbidden' } : undefined) }),
  ],
  ['pages', 'viewer_missing', 'trouble', ({ has }) => Object.assign(has.headers, { 'cloudfront-viewer-address': '' })],
  [
    'pages',
    'viewer_unknown',
    'note',
    ({ has }) =>
      Object.assign(has, { answers: (_: string, path: string) => (path === '/viewer-address' ? { status: 404, text: '' } : undefined) }),
  ],
  ['alarms', 'alarms_unconfirmed', 'trouble', ({ has }) => Object.assign(has, { subscription: 'PendingConfirmation' })],
  ['alarms', 'alarms_raised', 'trouble', ({ has }) => has.alarms.push(['Periodical-work-waiting', 'ALARM'])],
  ['heartbeat', 'heart_stopped', 'trouble', ({ has }) => Object.assign(has, { runs: 0 })],
  ['deadLetters', 'dead_letters', 'trouble', ({ has }) => has.deadLetters.set('SendConfirmation-dead', 2)],
  ['schedule', 'schedule_missing', 'trouble', ({ has }) => Object.assign(has, { schedule: undefined })],
  ['schedule', 'schedule_off', 'trouble', ({ has }) => Object.assign(has.schedule!, { State: 'DISABLED' })],
  ['schedule', 'schedule_differs', 'trouble', ({ has }) => Object.assign(has.schedule!, { ScheduleExpression: 'cron(0 10 ? * FRI *)' })],
  ['quotas', 'quota_small', 'trouble', ({ account }) => Object.assign(account.ses, { day: 200 })],
  ['quotas', 'rate_slow', 'note', ({ account }) => Object.assign(account.ses, { second: 0.5 })],
  ['quotas', 'concurrency_low', 'note', ({ account }) => Object.assign(account, { concurrency: 10 })],
  ['quotas', 'readers_not_counted', 'note', ({ table }) => table.delete({ pk: 'STATISTICS', sk: 'LATEST' })],
  ['cost', 'cost_blind', 'note', ({ has }) => Object.assign(has, { cost: 0, tagIsActive: false })],
])('%s: %s is found, with what it means and what to do', async (check, code, level, spoil) => {
  const found = await examined(spoil);

  const [trouble, ...more] = found.findings.filter((finding) => finding.level !== 'good' && finding.check === check);
  expect(trouble).toMatchObject({ code, level, found: expect.any(String), means: expect.any(String), todo: expect.any(String) });
  expect(more).toEqual([]);
  expect(found.healthy).toBe(level === 'note');
  expect(found.exit).toBe(level === 'note' ? 0 : 1);
});

const of = (account: Newsletter['account']) => account.stacks.get('Periodical')!;

test('a host that is not in the DNS yet is waited for, and is no fault of the pages', async () => {
  const { findings } = await examined(({ account, has }) => {
    account.world.delete('brief.hafenblatt.de');
    has.fault = 'ENOTFOUND';
  });

  expect(findings).toContainEqual(expect.objectContaining({ check: 'pages', code: 'page_unreachable', level: 'wait' }));
});

test('an alias in place of a CNAME, and a DMARC policy of a domain above, are as good', async () => {
  const found = await examined(({ account }) => {
    account.world.set('brief.hafenblatt.de', { addresses: ['198.51.100.7'] });
    account.world.delete('_dmarc.post.hafenblatt.de');
    account.world.set('_dmarc.hafenblatt.de', { txt: ['v=DMARC1; p=reject'] });
  });

  expect(found.healthy).toBe(true);
});

test('the mails to the simulator bear the sender and the configuration set of the newsletter, and no reader is touched', async () => {
  const { newsletter } = await examined();

  const sent = newsletter.account.aws.inputsOf(SendEmailCommand);
  expect(sent.map(({ Destination }) => Destination?.ToAddresses?.[0])).toEqual(
    ['success', 'bounce', 'complaint'].map((name) => `${name}@simulator.amazonses.com`),
  );
  expect(sent[0]).toMatchObject({ FromEmailAddress: 'blatt@post.hafenblatt.de', ConfigurationSetName: 'SenderConfigurationSet-x1' });
});

test('--watch looks again until DNS and SES have the records, and says each stage once', async () => {
  const newsletter = await fakeNewsletter();
  const { account } = newsletter;
  account.world.clear();
  for (const identity of account.identities.values()) identity.verified = false;
  let naps = 0;

  const { exit, said } = await periodical({
    typed: ['doctor', '--watch'],
    account,
    fetch: newsletter.fetch,
    settings,
    onSleep: () => {
      naps += 1;
      if (naps === 3) setRecords(account);
      if (naps === 5) for (const identity of account.identities.values()) identity.verified = true;
    },
  });

  expect(exit).toBe(0);
  expect(naps).toBe(5);
  expect(said.match(/The world does not see k11\._domainkey/g)).toHaveLength(1);
  expect(said.match(/SES has not verified post\.hafenblatt\.de/g)).toHaveLength(1);
  expect(said.trim().split('\n').at(-1)).toBe('Hafenblatt is well.');
});

test('the last sentence counts what is wrong and what waits', async () => {
  const { summary } = await examined(({ account, has }) => {
    has.runs = 0;
    account.identities.set('post.hafenblatt.de', { verified: false });
  });

  expect(summary).toBe('Hafenblatt needs you: one thing is wrong (✗), and 1 wait (…).');
  expect((await examined(undefined, { locale: 'zh-CN' })).summary).toBe('《Hafenblatt》一切正常。');
});

test('what the credentials may not see is said, and the other checks go on', async () => {
  const found = await examined(({ account }) =>
    account.aws.on(ListSubscriptionsByTopicCommand, () => Promise.reject(awsError('AuthorizationErrorException', 'not allowed'))),
  );

  expect(found.findings).toContainEqual(expect.objectContaining({ check: 'alarms', code: 'check_not_allowed', level: 'note' }));
  expect(codes(found)).toContain('cost_last_month');
});

test('where nothing is deployed, it says how to', async () => {
  const newsletter = await fakeNewsletter();
  newsletter.account.stacks.delete('Periodical');

  const { exit, err } = await periodical({ typed: ['doctor'], account: newsletter.account, settings });

  expect(exit).toBe(1);
  expect(err).toContain('periodical deploy');
});
