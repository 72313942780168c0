import { RequestCertificateCommand } from '@aws-sdk/client-acm';
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { RequestServiceQuotaIncreaseCommand } from '@aws-sdk/client-service-quotas';
import { GetAccountCommand } from '@aws-sdk/client-sesv2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { cannot } from '../../infra/cli/frame/cli-error.ts';
import { loadSettings } from '../../infra/settings.ts';
import { FakeAccount } from './fake-account.ts';
import { awsError } from './fake-aws.ts';
import { deployed, fakeCdk } from './fake-cdk.ts';
import { ownSettings, periodical, type Run } from './run-periodical.ts';

const { certificateArn: _, ...withoutCertificate } = ownSettings;

/** An account in which a deployment works: its zone is in Route 53, its certificate is issued. */
function ready() {
  const account = new FakeAccount();
  account.zones.set('hafenblatt.de', []);
  account.certificates.push({ arn: ownSettings.certificateArn, names: ['brief.hafenblatt.de'], status: 'ISSUED' });
  return account;
}
const deploy = (account: FakeAccount, { typed = ['deploy', '--yes'], ...given }: Partial<Run> = {}) => {
  const { cdk, ran } = fakeCdk(account);
  return periodical({ typed, account, cdk, ...given }).then((result) => ({ ...result, ran }));
};
/** Everything that was found, as a program is told. */
const codesOf = (out: string) => (JSON.parse(out).findings as { code: string }[]).map(({ code }) => code);
const recordsIn = (account: FakeAccount, zone = 'hafenblatt.de') =>
  (account.zones.get(zone) ?? []).map(({ Name, Type }) => `${Name} ${Type}`).sort();

test('where all is well, one command deploys, protects the stack for good and writes every record', async () => {
  const account = ready();

  const { exit, ran, settings, said } = await deploy(account);

  expect(exit).toBe(0);
  expect(ran).toEqual(['deploy Periodical --require-approval never']);
  expect(account.stacks.get('Periodical')?.isProtected).toBe(true);
  expect(settings).toEqual({ ...ownSettings, terminationProtection: true });
  expect(recordsIn(account)).toEqual([
    '_dmarc.anmeldung.hafenblatt.de TXT',
    '_dmarc.post.hafenblatt.de TXT',
    'bounce.anmeldung.hafenblatt.de MX',
    'bounce.anmeldung.hafenblatt.de TXT',
    'bounce.post.hafenblatt.de MX',
    'bounce.post.hafenblatt.de TXT',
    'brief.hafenblatt.de A',
    'brief.hafenblatt.de AAAA',
    ...[1, 2, 3].map((key) => `k1${key}._domainkey.post.hafenblatt.de CNAME`),
    ...[1, 2, 3].map((key) => `k2${key}._domainkey.anmeldung.hafenblatt.de CNAME`),
  ]);
  expect(said).toContain('Readers sign up at https://brief.hafenblatt.de');
});

test('a second deployment writes nothing twice, and a protection that was switched off on purpose stays off', async () => {
  const account = ready();
  await deploy(account);

  const { exit, settings, out } = await deploy(account, {
    typed: ['deploy', '--yes', '--json'],
    settings: { ...ownSettings, terminationProtection: false },
  });

  expect(exit).toBe(0);
  expect(codesOf(out)).toContain('records_there');
  expect(account.aws.inputsOf(ChangeResourceRecordSetsCommand)).toHaveLength(1);
  expect(settings.terminationProtection).toBe(false);
});

test('records for another provider are shown as its panel wants them, and nothing waits for them', async () => {
  const account = ready();
  account.zones.clear();
  account.world.set('hafenblatt.de', { apex: true });

  const { exit, said } = await deploy(account);

  expect(exit).toBe(0);
  expect(said).toContain('$ORIGIN hafenblatt.de.');
  expect(said).toMatch(/^brief +3600 IN CNAME d1q2w3e4r5\.cloudfront\.net\.$/m);
  expect(said).toMatch(/^bounce\.post +3600 IN MX +10 feedback-smtp\.eu-central-1\.amazonses\.com\.$/m);
  expect(said).toMatch(/^bounce\.post +3600 IN TXT +"v=spf1 include:amazonses\.com -all"$/m);
  expect(said).toMatch(/^_dmarc\.post +3600 IN TXT +"v=DMARC1; p=none; rua=mailto:redaktion@hafenblatt\.de"$/m);
});

test('records are written only on a yes', async () => {
  const account = ready();

  const { said } = await deploy(account, { typed: ['deploy'], answers: ['yes', 'no'] });

  expect(recordsIn(account)).toEqual([]);
  expect(said).toContain('13 records to set by hand');
});

test.each([
  ['its own', '_dmarc.post.hafenblatt.de'],
  ['one above it', '_dmarc.hafenblatt.de'],
])('a domain that has a DMARC policy, %s, gets no other', async (_name, name) => {
  const account = ready();
  account.world.set(name, { txt: ['v=DMARC1; p=reject'] });

  const { out } = await deploy(account, { typed: ['deploy', '--yes', '--json'] });

  expect(recordsIn(account)).not.toContain('_dmarc.post.hafenblatt.de TXT');
  expect(codesOf(out)).toContain('dmarc_kept');
});

test('what a zone has in the place of a record is never overwritten', async () => {
  const account = ready();
  account.zones.set('hafenblatt.de', [
    { Name: 'brief.hafenblatt.de.', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '203.0.113.9' }] },
    { Name: 'bounce.post.hafenblatt.de.', Type: 'MX', TTL: 60, ResourceRecords: [{ Value: '10 mx.hafenblatt.de' }] },
  ]);

  const { said } = await deploy(account);

  expect(recordsIn(account).filter((each) => /^(brief|bounce\.post)\..*(A|MX|AAAA)$/.test(each))).toEqual([
    'bounce.post.hafenblatt.de. MX',
    'brief.hafenblatt.de. A',
  ]);
  expect(said).toContain('has something else at brief.hafenblatt.de');
  expect(said).toContain('has something else at bounce.post.hafenblatt.de');
});

test('made-up settings are refused before anything is asked of AWS', async () => {
  const account = ready();

  const { exit, err, ran } = await deploy(account, { settings: loadSettings() as Record<string, unknown> });

  expect(exit).toBe(1);
  expect(err).toContain('  legalName: 示例出版有限公司');
  expect([account.aws.asked, ran]).toEqual([[], []]);
});

test('without a certificate one is requested, its record written, and the deployment goes on when it is issued', async () => {
  const account = ready();
  account.certificates.length = 0;

  const { exit, settings, ran } = await deploy(account, { settings: withoutCertificate });

  expect(exit).toBe(0);
  expect(settings.certificateArn).toBe(ownSettings.certificateArn);
  expect(recordsIn(account)).toContain('_3f1.brief.hafenblatt.de CNAME');
  expect(ran).toHaveLength(1);
});

test('if somebody else has to set the record of the certificate, it is shown, and the same command goes on later without a second request', async () => {
  const account = ready();
  account.certificates.length = 0;
  account.zones.clear();

  const first = await deploy(account, { settings: withoutCertificate });
  account.world.set('_3f1.brief.hafenblatt.de', {});
  const second = await deploy(account, { settings: first.settings });

  expect(first).toMatchObject({ exit: 1, ran: [] });
  expect(first.said).toMatch(/^_3f1\.brief +3600 IN CNAME _a7c\.xlfgrmvvlj\.acm-validations\.aws\.$/m);
  expect(second).toMatchObject({ exit: 0, ran: ['deploy Periodical --require-approval never'] });
  expect(account.aws.inputsOf(RequestCertificateCommand)).toHaveLength(1);
});

test('a certificate that the account has is used', async () => {
  const account = ready();
  account.certificates.unshift({ arn: 'arn:other', names: ['*.hafenblatt.de.example.net'], status: 'ISSUED' });

  const { settings } = await deploy(account, { settings: withoutCertificate });

  expect(settings.certificateArn).toBe(ownSettings.certificateArn);
});

test.each<[string, (account: FakeAccount) => unknown, Partial<Run>]>([
  [
    'certificate_for_others',
    (account) =>
      account.certificates.splice(0, 1, {
        arn: ownSettings.certificateArn,
        names: ['*.brief.hafenblatt.de', 'hafenblatt.de'],
        status: 'ISSUED',
      }),
    {},
  ],
  ['certificate_gone', (account) => account.certificates.splice(0, 1), {}],
  [
    'certificate_failed',
    (account) =>
      account.certificates.splice(0, 1, {
        arn: ownSettings.certificateArn,
        names: ['brief.hafenblatt.de'],
        status: 'VALIDATION_TIMED_OUT',
      }),
    {},
  ],
  ['bootstrap_missing', (account) => account.stacks.delete('CDKToolkit'), { answers: ['no'] }],
  ['identity_taken', (account) => account.identities.set('post.hafenblatt.de', { verified: true }), { answers: ['no'] }],
  ['identity_not_there', () => undefined, { settings: { ...ownSettings, existing: { identities: ['post.hafenblatt.de'] } } }],
  ['host_taken', (account) => account.distributions.push({ id: 'E0LD', aliases: ['brief.hafenblatt.de'] }), {}],
  ['ses_paused', (account) => Object.assign(account.ses, { sending: false, enforcement: 'SHUTDOWN' }), {}],
  [
    'services_missing',
    (account) =>
      account.aws.on(GetAccountCommand, () =>
        Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND email.xx'), { code: 'ENOTFOUND' })),
      ),
    {},
  ],
])('%s is said before CDK begins, and it does not begin', async (code, spoil, given) => {
  const account = ready();
  spoil(account);

  const { exit, said, ran } = await deploy(account, given.answers ? { typed: ['deploy'], ...given } : given);

  expect(exit).toBe(1);
  expect(ran).toEqual([]);
  expect(said).toContain('✗');
  expect(said).toContain('Nothing was deployed');
  const { answers: _answers, ...unasked } = given;
  const { out } = await deploy(account, { ...unasked, typed: ['deploy', '--look', '--json'] });
  expect(codesOf(out)).toContain(code);
});

test('a domain that this stack has made must not be called an existing one', async () => {
  const account = deployed(ready());

  const { exit, out } = await deploy(account, {
    typed: ['deploy', '--json', '--yes'],
    settings: { ...ownSettings, existing: { identities: ['post.hafenblatt.de'] } },
  });

  expect(exit).toBe(1);
  expect(codesOf(out)).toContain('identity_would_go');
});

test('a domain that SES has already is taken over by the settings, on a yes', async () => {
  const account = ready();
  account.identities.set('post.hafenblatt.de', { verified: true });

  const { exit, settings } = await deploy(account);

  expect(exit).toBe(0);
  expect(settings.existing).toEqual({ identities: ['post.hafenblatt.de'] });
});

test('CDK is prepared on a yes', async () => {
  const account = ready();
  account.stacks.delete('CDKToolkit');

  const { ran, exit } = await deploy(account);

  expect(exit).toBe(0);
  expect(ran).toEqual(['bootstrap aws://318274659020/eu-central-1', 'deploy Periodical --require-approval never']);
});

test('a new account’s ten functions are said, more are asked for once, and the deployment goes on', async () => {
  const account = ready();
  account.concurrency = 10;

  const first = await deploy(account, { typed: ['deploy', '--yes', '--json'] });
  await deploy(account);

  expect(first.exit).toBe(0);
  expect(codesOf(first.out)).toContain('concurrency_asked');
  expect(account.aws.inputsOf(RequestServiceQuotaIncreaseCommand)).toEqual([
    { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384', DesiredValue: 1000 },
  ]);
});

test('the sandbox, an account without CloudFront yet, and what failed creations have left are said and do not stop it', async () => {
  const account = ready();
  account.ses.production = false;
  account.distributions.length = 0;
  account.tagged.push('arn:aws:dynamodb:eu-central-1:318274659020:table/Periodical-Table-0LD');

  const { exit, out } = await deploy(account, { typed: ['deploy', '--yes', '--json'] });

  expect(exit).toBe(0);
  expect(codesOf(out)).toEqual(expect.arrayContaining(['ses_sandbox', 'cloudfront_unknown', 'left_behind']));
  const again = await deploy(account, { typed: ['deploy', '--look', '--json'] });
  expect(JSON.stringify(again.json())).not.toContain('table/Periodical-Table-1A2B');
});

test.each([
  [
    'cloudfront_not_allowed',
    'SiteDistribution',
    "Access denied for operation 'AWS::CloudFront::Distribution: Your account must be verified before you can add new CloudFront resources. To verify your account, please contact AWS Support'",
  ],
  ['resource_exists', 'SenderIdentity1', 'post.hafenblatt.de already exists in stack arn:aws:cloudformation:eu-central-1:1:stack/other'],
  [
    'certificate_refused',
    'SiteDistribution',
    'Invalid request provided: The specified SSL certificate doesn’t exist, isn’t in us-east-1 region, isn’t valid',
  ],
  [
    'host_in_use',
    'SiteDistribution',
    'Resource handler returned message: One or more of the CNAMEs you provided are already associated with a different resource.',
  ],
  ['resource_failed', 'Table', 'Internal failure'],
])('%s is what a failed deployment is told for, and the second try works', async (code, resource, reason) => {
  const account = ready();
  const { cdk } = fakeCdk(account, { resource, reason });

  const first = await periodical({ typed: ['deploy', '--yes', '--json'], account, cdk });
  const second = await deploy(account);

  expect(first.exit).toBe(1);
  const told = (first.json() as { findings: { code: string; found: string }[] }).findings.slice(-1);
  expect(told).toMatchObject([{ code, found: expect.stringContaining(reason) }]);
  expect(first.settings).toEqual(ownSettings);
  expect(second.exit).toBe(0);
});

test('no credentials, old ones, and ones that may not are told apart', async () => {
  const failing = async (name: string) => {
    const account = ready();
    account.aws.on(GetCallerIdentityCommand, () => Promise.reject(awsError(name)));
    const { exit, json } = await deploy(account, { typed: ['deploy', '--json'] });
    return [exit, (json() as { error: { code: string } }).error.code];
  };

  expect(await failing('CredentialsProviderError')).toEqual([1, 'no_credentials']);
  expect(await failing('ExpiredToken')).toEqual([1, 'wrong_credentials']);
  expect(await failing('AccessDeniedException')).toEqual([1, 'access_denied']);
});

test('the region comes from the settings, else from the profile; without any it stops', async () => {
  const { region: _region, ...nowhere } = ownSettings;

  expect(await deploy(ready(), { settings: nowhere, regionOfProfile: 'eu-west-1' })).toMatchObject({ exit: 0 });
  expect((await deploy(ready(), { settings: nowhere, typed: ['deploy', '--json'] })).json()).toMatchObject({
    error: { code: 'no_region' },
  });
});

test('nobody to ask and no --yes: it looks, and does not deploy', async () => {
  const { exit, out, ran } = await deploy(ready(), { typed: ['deploy', '--json'] });

  expect(JSON.parse(out)).toMatchObject({ error: { code: 'needs_yes' } });
  expect({ exit, ran }).toEqual({ exit: 1, ran: [] });
});

test('a command or an option that does not exist ends with 2, in the language of the environment', async () => {
  expect(await periodical({ typed: ['deplyo'], account: ready() })).toMatchObject({ exit: 2, err: expect.stringContaining('deplyo') });
  expect((await periodical({ typed: ['deploy', '--loko'], account: ready(), locale: 'zh-CN' })).err).toContain('看不懂这条命令');
  expect((await periodical({ typed: ['--help'], account: ready(), locale: 'zh-CN' })).out).toMatch(/用法：[\s\S]*命令：/);
});

test('where the DNS cannot be asked, no DMARC record is written: there may be a policy', async () => {
  const account = ready();
  const { txt } = account.dns;
  account.dns.txt = async (name) => {
    if (name.startsWith('_dmarc.')) throw cannot('dns_not_reached', { name, fault: 'ETIMEOUT' });
    return txt(name);
  };

  const { exit, out } = await deploy(account, { typed: ['deploy', '--yes', '--json'] });

  expect(exit).toBe(0);
  expect(codesOf(out)).toContain('dmarc_unknown');
  expect(recordsIn(account).filter((each) => each.startsWith('_dmarc'))).toEqual([]);
  expect(recordsIn(account)).toContain('brief.hafenblatt.de A');
});

test('--look changes nothing, whatever is agreed to', async () => {
  const account = ready();
  account.concurrency = 10;
  account.stacks.clear();
  account.identities.set('post.hafenblatt.de', { verified: true });

  const { exit, ran, settings } = await deploy(account, { typed: ['deploy', '--look', '--yes'], settings: withoutCertificate });

  expect({ exit, ran, settings }).toEqual({ exit: 1, ran: [], settings: withoutCertificate });
  const changing = account.aws.asked.filter(({ command }) => /^(Request|Change|Update|Put|Create)/.test(command));
  expect(changing).toEqual([]);
});

test('--repair has CloudFormation look at what somebody changed by hand', async () => {
  const { ran } = await deploy(ready(), { typed: ['deploy', '--repair', '--yes'] });

  expect(ran).toEqual(['deploy Periodical --revert-drift --require-approval never']);
});
