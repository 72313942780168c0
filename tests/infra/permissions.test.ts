import { expect, test } from 'vitest';
import { loadSettings } from '../../infra/settings.ts';
import { functionNamed, stackWith, synthesized } from '../support/synthesized.ts';

const app = await synthesized();
const { resources } = app;

type Statement = { Effect: string; Action: string | string[]; Resource: unknown; Condition?: unknown };

const list = <Value>(value: Value | Value[]): Value[] => (Array.isArray(value) ? value : [value]);
const policies = resources('AWS::IAM::Policy').map(([id, { Properties, ...resource }]) => ({
  id,
  path: String((resource as { Metadata?: { 'aws:cdk:path'?: string } }).Metadata?.['aws:cdk:path'] ?? ''),
  roles: (Properties.Roles as { Ref: string }[]).map(({ Ref }) => Ref),
  statements: (Properties.PolicyDocument as { Statement: Statement[] }).Statement,
}));
const roleOf = (name: Parameters<typeof functionNamed>[1]) =>
  (functionNamed(app, name)[1].Properties.Role as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
const statementsOf = (name: Parameters<typeof functionNamed>[1]) =>
  policies.filter(({ roles }) => roles.includes(roleOf(name))).flatMap(({ statements }) => statements);
const actionsOf = (name: Parameters<typeof functionNamed>[1]) => statementsOf(name).flatMap(({ Action }) => list(Action));

test('every function has a role of its own, and none has one of AWS’s broad policies', () => {
  const roles = resources('AWS::Lambda::Function').map(([, { Properties }]) => JSON.stringify(Properties.Role));

  expect(new Set(roles).size).toBe(roles.length);
  for (const [, { Properties }] of resources('AWS::IAM::Role')) expect(Properties).not.toHaveProperty('ManagedPolicyArns');
});

test('every permission names its actions', () => {
  const actions = policies.flatMap(({ statements }) => statements.flatMap(({ Action }) => list(Action)));

  expect(actions.filter((action) => action.includes('*'))).toEqual([]);
});

test('every permission names its resources, or a written reason says why it cannot', () => {
  const wide = policies.flatMap(({ statements, roles }) =>
    statements
      .filter(({ Resource }) => list(Resource).some((resource) => JSON.stringify(resource).includes('*')))
      .map((statement) => ({ ...statement, roles })),
  );

  const isSender = ({ Action }: Statement) => list(Action).includes('ses:SendRawEmail');
  const account = wide.filter(({ Resource }) => Resource === '*');
  const folders = wide.filter((statement) => statement.Resource !== '*' && !isSender(statement));
  // SES asks for the recipient's identity too while the account is in its sandbox; the sender's address is what narrows it.
  for (const { Condition } of wide.filter(isSender)) expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': expect.any(String) } });
  expect(account.map(({ Action }) => Action)).toEqual(Array.from({ length: 4 }, () => 'ses:GetSendQuota'));
  // Objects are named by what is in them; a folder of a bucket is as narrow as it gets.
  for (const { Action, Resource } of folders) {
    for (const action of list(Action)) expect(['s3:PutObject', 's3:GetObject']).toContain(action);
    for (const resource of list(Resource))
      expect(JSON.stringify(resource)).toMatch(/"\/(images|uploads|originals|imports|exports|departures)\/\*"/);
  }
  const reasons = [...app.reasons].filter(([, rules]) =>
    Object.keys(rules).some((rule) => rule.endsWith('AwsSolutions-IAM5[Resource::*]')),
  );
  expect(reasons.map(([path]) => path).sort()).toEqual([
    '/Periodical/Api/Worker/Role',
    '/Periodical/Deliveries/Batches/Worker/Role',
    '/Periodical/Deliveries/Watch/Role',
    '/Periodical/Subscribers/Confirmations/Worker/Role',
  ]);
});

test('every acknowledged finding has a reason longer than a shrug', () => {
  const reasons = [...app.reasons.values()].flatMap((rules) => Object.values(rules));

  expect(reasons.length).toBeGreaterThan(5);
  for (const reason of reasons) expect(reason.length, reason).toBeGreaterThan(60);
});

test('mail leaves only under the address its kind of mail is sent from', () => {
  const sending = (name: Parameters<typeof functionNamed>[1]) =>
    statementsOf(name).filter(({ Action }) => list(Action).includes('ses:SendRawEmail'));

  expect(sending('deliver-batches')).toMatchObject([{ Condition: { StringEquals: { 'ses:FromAddress': 'weekly@news.example.org' } } }]);
  expect(sending('api')).toMatchObject([{ Condition: { StringEquals: { 'ses:FromAddress': 'weekly@news.example.org' } } }]);
  expect(sending('send-confirmation')).toMatchObject([{ Condition: { StringEquals: { 'ses:FromAddress': 'hello@confirm.example.org' } } }]);
  expect(sending('watch-digests')).toMatchObject([{ Condition: { StringEquals: { 'ses:FromAddress': 'weekly@news.example.org' } } }]);
  for (const name of ['public-api', 'work', 'record-ses-events'] as const) expect(sending(name), name).toEqual([]);
});

test('where readers are welcomed, the worker that confirms may also send as the digests do', () => {
  const { resources: welcoming } = stackWith({ ...loadSettings(), welcomeMail: true }, app.bundles);
  const role = (functionNamed({ resources: welcoming }, 'send-confirmation')[1].Properties.Role as { 'Fn::GetAtt': [string] })[
    'Fn::GetAtt'
  ][0];

  const conditions = welcoming('AWS::IAM::Policy')
    .filter(([, { Properties }]) => (Properties.Roles as { Ref: string }[]).some(({ Ref }) => Ref === role))
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement)
    .filter(({ Action }) => list(Action).includes('ses:SendRawEmail'))
    .map(({ Condition }) => Condition);

  expect(conditions).toEqual(
    ['hello@confirm.example.org', 'weekly@news.example.org'].map((address) => ({ StringEquals: { 'ses:FromAddress': address } })),
  );
});

test.each(['work', 'deliver-batches', 'watch-digests', 'api'] as const)('%s, which asks for open batches, may', (name) => {
  const queries = statementsOf(name).filter(({ Action }) => list(Action).includes('dynamodb:Query'));

  expect(JSON.stringify(queries)).toContain('/index/open-batches');
});

test('the public face can neither start a digest nor scan the readers', () => {
  const mayPut = statementsOf('public-api').filter(({ Action }) => list(Action).includes('sqs:SendMessage'));

  expect(mayPut).toHaveLength(1);
  expect(JSON.stringify(mayPut)).toContain('Confirmations');
  expect(actionsOf('public-api')).not.toContain('dynamodb:Scan');
});

test('only what makes images ours may write them, nobody may delete one, and the worker sees no upload', () => {
  const writers = policies.flatMap(({ statements, roles }) =>
    statements.some(({ Action, Resource }) => Action === 's3:PutObject' && JSON.stringify(Resource).includes('/images/*')) ? roles : [],
  );

  expect(new Set(writers)).toEqual(new Set([roleOf('api'), roleOf('work')]));
  expect(policies.flatMap(({ statements }) => statements.flatMap(({ Action }) => list(Action)))).not.toContain('s3:DeleteObject');
  // `imports/uploads/` are lists.
  expect(JSON.stringify(statementsOf('work'))).not.toContain('"/uploads/*"');
});

test('a role is lent to Scheduler only for this stack’s schedules', () => {
  const trusts = resources('AWS::IAM::Role')
    .map(([, { Properties }]) => JSON.stringify(Properties.AssumeRolePolicyDocument))
    .filter((trust) => trust.includes('scheduler.amazonaws.com'));

  expect(trusts).toHaveLength(5);
  for (const trust of trusts) expect(trust).toMatch(/aws:SourceArn.*Schedules/);
});
