import { CfnResource, TagManager } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { expect, test } from 'vitest';
import { loadSettings } from '../../infra/settings.ts';
import { environmentOf, functionNamed, stackWith, synthesized } from '../support/synthesized.ts';

const app = await synthesized();
const { template, resources, only } = app;

test('readers, issues and the ledger can be restored to any second of the last weeks', () => {
  const table = only('AWS::DynamoDB::GlobalTable');

  expect(table).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, DeletionProtectionEnabled: true }],
  });
});

test('what links in old mails lean on outlives the stack, but not a first deployment that failed, which is repeated', () => {
  const kept = [
    'AWS::SecretsManager::Secret',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
    'AWS::CloudFront::Distribution',
    'AWS::CloudFront::OriginAccessControl',
    'AWS::CloudFront::Function',
    'AWS::CloudFront::CachePolicy',
  ];
  const policiesOf = (type: string) => resources(type).map(([id, resource]) => [id, resource.DeletionPolicy, resource.UpdateReplacePolicy]);

  const policies = kept.flatMap(policiesOf);

  expect(policies).toHaveLength(14);
  for (const [id, onDelete, onReplace] of policies) expect([id, onDelete, onReplace]).toEqual([id, 'RetainExceptOnCreate', 'Retain']);
  // Both are protected from deletion, so that a rollback that wanted to delete them would fail.
  for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::Cognito::UserPool'])
    expect(policiesOf(type)).toEqual([[expect.any(String), 'Retain', 'Retain']]);
});

test('a first deployment can be deleted and repeated; termination protection comes by a setting, for each deployment after', () => {
  expect(stackWith(loadSettings(), app.bundles).stack.terminationProtection).toBe(false);
  expect(stackWith({ ...loadSettings(), terminationProtection: true }, app.bundles).stack.terminationProtection).toBe(true);
});

test('everything that can carry a tag says of which newsletter and stage it is, so that a bill can be read by them', () => {
  const { stack, template: staging } = stackWith({ ...loadSettings(), stackName: 'Harbour', stage: 'staging' }, app.bundles);
  const { Resources } = staging.toJSON() as { Resources: Record<string, object> };
  const taggable = stack.node
    .findAll()
    .filter((part) => CfnResource.isCfnResource(part) && (TagManager.isTaggable(part) || TagManager.isTaggableV2(part)))
    // CDK has tags for it that CloudFormation's schema does not allow.
    .filter((part) => !(part instanceof CfnDashboard))
    .map((part) => stack.getLogicalId(part as CfnResource));

  const untagged = taggable.filter(
    (id) => !/"newsletter".*"Harbour".*"stage".*"staging"|"newsletter":"Harbour","stage":"staging"/.test(JSON.stringify(Resources[id])),
  );

  expect(taggable.length).toBeGreaterThan(60);
  expect(untagged).toEqual([]);
  expect(stack.tags.tagValues()).toEqual({ newsletter: 'Harbour', stage: 'staging' });
});

test('log groups have vended names, and lines are kept as long as the settings say', () => {
  const { resources: kept } = stackWith({ ...loadSettings(), logRetentionDays: 90 }, app.bundles);

  const groups = kept('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties);

  expect(groups).toHaveLength(8);
  for (const { LogGroupName, RetentionInDays } of groups) {
    expect(LogGroupName).toMatch(/^\/aws\/vendedlogs\/Periodical\/[a-z-]+$/);
    expect(RetentionInDays).toBe(90);
  }
});

test('two newsletters in one region count what goes wrong apart', () => {
  const { resources: harbour } = stackWith({ ...loadSettings(), stackName: 'Harbour' }, app.bundles);

  const told = harbour('AWS::Lambda::Function').map(([, { Properties }]) => environmentOf(Properties).POWERTOOLS_METRICS_NAMESPACE);
  const counted = [
    ...harbour('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties.Namespace),
    ...harbour('AWS::Logs::MetricFilter').flatMap(([, { Properties }]) =>
      (Properties.MetricTransformations as { MetricNamespace: string }[]).map(({ MetricNamespace }) => MetricNamespace),
    ),
  ].filter((namespace) => !String(namespace).startsWith('AWS/'));

  expect(new Set(told)).toEqual(new Set(['Harbour']));
  expect(new Set(counted)).toEqual(new Set(['Harbour']));
});

test('the images are nobody’s but the distribution’s', () => {
  for (const [, { Properties }] of resources('AWS::S3::Bucket'))
    expect(Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  const statements = resources('AWS::S3::BucketPolicy').flatMap(
    ([, { Properties }]) =>
      (Properties.PolicyDocument as { Statement: { Effect: string; Principal: unknown; Action: unknown }[] }).Statement,
  );

  const allowed = statements.filter(({ Effect }) => Effect === 'Allow');

  expect(allowed).toMatchObject([{ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } }]);
});

test('what editors upload vanishes by itself, and only their page may send it there from a browser', () => {
  const uploads = only('AWS::S3::Bucket', ({ LifecycleConfiguration: rules }) => JSON.stringify(rules ?? '').includes('uploads/'));

  expect(uploads).toMatchObject({
    LifecycleConfiguration: {
      Rules: [
        { Prefix: 'uploads/', ExpirationInDays: 1, Status: 'Enabled' },
        { Prefix: 'originals/', ExpirationInDays: 15, Status: 'Enabled' },
      ],
    },
    CorsConfiguration: { CorsRules: [{ AllowedMethods: ['POST'], AllowedOrigins: ['https://news.example.org'] }] },
  });
});

test('lists of readers, on their way in or out, are gone after a week, and the nightly copy a little after AWS’s last backup', () => {
  const lists = only('AWS::S3::Bucket', ({ LifecycleConfiguration: rules }) =>
    JSON.stringify(rules ?? '').includes('"ExpirationInDays":7'),
  );

  expect(lists).toMatchObject({
    LifecycleConfiguration: {
      Rules: [
        { Prefix: 'imports/', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, ExpirationInDays: 7, Status: 'Enabled' },
        { Prefix: 'exports/', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, ExpirationInDays: 7, Status: 'Enabled' },
        { Prefix: 'departures/', ExpirationInDays: 40, Status: 'Enabled' },
      ],
    },
  });
});

test('a picture that somebody deletes can be brought back for three months', () => {
  const images = only('AWS::S3::Bucket', ({ VersioningConfiguration: versions }) => versions !== undefined);

  expect(images).toMatchObject({
    VersioningConfiguration: { Status: 'Enabled' },
    LifecycleConfiguration: { Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 90 }, Status: 'Enabled' }] },
  });
});

test('images come from the bucket, all else from the API, and only images, archive, feeds and what pages load are cached', () => {
  const { DistributionConfig: distribution } = only('AWS::CloudFront::Distribution');

  const config = distribution as {
    CacheBehaviors: { PathPattern: string; TargetOriginId: string }[];
    DefaultCacheBehavior: { TargetOriginId: string; CachePolicyId: string; AllowedMethods: string[] };
    Origins: { Id: string; S3OriginConfig?: unknown; CustomOriginConfig?: { OriginProtocolPolicy: string } }[];
  };
  const origin = (id: string) => config.Origins.find(({ Id }) => Id === id);

  expect(config.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
    ...['/images/*', '/archive*', '/feed.xml', '/atom.xml', '/feed.json', '/sitemap.xml', '/robots.txt'],
    ...['/editors/assets/*', '/proof.js'],
  ]);
  expect(origin(config.CacheBehaviors[0]?.TargetOriginId ?? '')).toHaveProperty('S3OriginConfig');
  expect(origin(config.DefaultCacheBehavior.TargetOriginId)).toMatchObject({ CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } });
  // CachingDisabled and AllViewerExceptHostHeader, AWS's own policies.
  expect(config.DefaultCacheBehavior).toMatchObject({
    CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
  });
});

test('only the distribution and the readers’ face know the key that makes a reader’s address believable', () => {
  const { Origins } = only('AWS::CloudFront::Distribution').DistributionConfig as { Origins: { OriginCustomHeaders?: unknown }[] };
  const knowing = resources('AWS::Lambda::Function').filter(([, { Properties }]) => 'ORIGIN_KEY_SECRET' in environmentOf(Properties));

  const [headers, ...more] = Origins.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders);

  expect(more).toEqual([]);
  expect(headers).toMatchObject({ HeaderName: 'x-origin-key' });
  expect(JSON.stringify(headers)).toMatch(/resolve:secretsmanager:.*KeysOriginKey/);
  expect(knowing.map(([id]) => id)).toEqual([functionNamed(app, 'public-api')[0]]);
});

test('what is kept of the archive is told apart by language, kind, search and page alone, and for as long as it says itself', () => {
  const { CachePolicyConfig: policy } = only('AWS::CloudFront::CachePolicy');
  const { DistributionConfig: distribution } = only('AWS::CloudFront::Distribution');
  const { CacheBehaviors: behaviours } = distribution as { CacheBehaviors: Record<string, unknown>[] };

  expect(policy).toMatchObject({
    MinTTL: 0,
    DefaultTTL: 0,
    ParametersInCacheKeyAndForwardedToOrigin: {
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Accept', 'Accept-Language'] },
      QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['q', 'before', 'lang', 'preview'] },
    },
  });
  for (const behaviour of behaviours.slice(1)) expect(behaviour).toMatchObject({ AllowedMethods: ['GET', 'HEAD'], Compress: true });
});

test('no error is kept: who asks again a moment later gets what is there then', () => {
  const { DistributionConfig } = only('AWS::CloudFront::Distribution');
  const { CustomErrorResponses: errors } = DistributionConfig as { CustomErrorResponses: { ErrorCode: number }[] };

  expect(errors).toHaveLength(11);
  for (const error of errors) expect(error).toEqual({ ErrorCode: error.ErrorCode, ErrorCachingMinTTL: 0 });
  expect(errors.map(({ ErrorCode }) => ErrorCode)).toEqual(expect.arrayContaining([403, 404, 500, 502, 503, 504]));
});

test('no route has an authorizer, and each says in writing why it needs none', () => {
  const routes = resources('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
  const reasons = [...app.reasons].filter(([, rules]) => Object.keys(rules).some((rule) => rule.includes('AwsSolutions-APIG4')));

  expect(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType]).sort()).toEqual([
    ['$default', 'NONE'],
    ['ANY /api/v1/{proxy+}', 'NONE'],
    ['GET /editors', 'NONE'],
    ['GET /editors/assets/{file}', 'NONE'],
    ['GET /editors/config.json', 'NONE'],
  ]);
  expect(reasons).toHaveLength(routes.length);
});

test('the function behind the API knows the user pool, its client, and where its keys are', () => {
  const {
    USER_POOL_ID: pool,
    USER_POOL_KEYS_URL: keysUrl,
    USER_POOL_CLIENT_ID: client,
  } = environmentOf(functionNamed(app, 'api')[1].Properties);

  const [[poolId] = []] = resources('AWS::Cognito::UserPool');
  expect(pool).toEqual({ Ref: poolId });
  expect(JSON.stringify(keysUrl)).toMatch(/https:\/\/cognito-idp\..*\.amazonaws\.com\/.*\/\.well-known\/jwks\.json/);
  expect(resources('AWS::Cognito::UserPoolClient').map(([id]) => ({ Ref: id }))).toEqual([client]);
});

test('no route ends in a slash, which the HTTP API refuses; the page’s address loses its own on the way', () => {
  const keys = resources('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => String(Properties.RouteKey));
  const { FunctionCode: edge } = only('AWS::CloudFront::Function', ({ FunctionCode }) => String(FunctionCode).includes('/editors/'));
  const handler = new Function(`${edge}; return handler;`)() as (event: unknown) => { uri: string };

  const seenByTheApi = ['/editors/', '/api/v1/issues', '/archive/'].map((uri) => handler({ request: { uri } }).uri);

  expect(keys.filter((key) => key.endsWith('/'))).toEqual([]);
  expect(seenByTheApi).toEqual(['/editors', '/api/v1/issues', '/archive/']);
});

test('nobody makes themselves an account, and a code stolen on the way is worth nothing without its verifier', () => {
  template.hasResourceProperties('AWS::Cognito::UserPool', {
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    MfaConfiguration: 'ON',
    DeletionProtection: 'ACTIVE',
  });
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    GenerateSecret: false,
    AllowedOAuthFlows: ['code'],
    CallbackURLs: ['https://news.example.org/editors/'],
  });
});

test('the access log knows neither what stood behind the question mark nor who asked', () => {
  const { AccessLogSettings: accessLog } = only('AWS::ApiGatewayV2::Stage');

  const { Format: format } = accessLog as { Format: string };

  expect(format).toContain('$context.status');
  expect(format).not.toMatch(/query|sourceIp|identity|userAgent|authorizer/i);
});

test('nothing hidden runs at deployment, and no function reserves what a new account does not have', () => {
  const types = Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type);

  expect(types.filter((type) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')).toEqual([]);
  for (const [, { Properties }] of resources('AWS::Lambda::Function'))
    expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
});

test('all functions run Node 24 on arm64 and keep their environment far below 4 KB', () => {
  const functions = resources('AWS::Lambda::Function').map(([, { Properties }]) => Properties);

  expect(functions).toHaveLength(7);
  for (const properties of functions) {
    expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
    expect(JSON.stringify(environmentOf(properties)).length).toBeLessThan(3000);
  }
});

test('a report that does not add up, which only a log line tells of, raises an alarm that says whom it hurts', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'Periodical',
    MetricName: 'ReportDoesNotAddUp',
    Threshold: 1,
    AlarmActions: [Match.anyValue()],
    AlarmDescription: Match.stringLikeRegexp('readers may have been lost'),
  });
});

test('links carry the public host; without one they carry the distribution’s domain, and synthesis warns', () => {
  const { publicHost: _host, certificateArn: _certificate, ...settings } = loadSettings();

  const { stack, ...without } = stackWith(settings, app.bundles);

  expect(environmentOf(functionNamed(app, 'public-api')[1].Properties).PUBLIC_ORIGIN).toBe('https://news.example.org');
  expect(JSON.stringify(environmentOf(functionNamed(without, 'public-api')[1].Properties).PUBLIC_ORIGIN)).toMatch(
    /"https:\/\/",\{"Fn::GetAtt":\["SiteDistribution\w+","DomainName"\]/,
  );
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('publicHost is missing'));
});

test('the outputs list every DNS record of both senders and of the public host', () => {
  const outputs = Object.keys(template.findOutputs('*'));
  const records = ['Dkim1', 'Dkim2', 'Dkim3', 'MailFromMx', 'MailFromSpf', 'Dmarc'];

  expect(outputs).toEqual(
    expect.arrayContaining([
      'PublicAddress',
      'EditorsAddress',
      ...['NewColleague', 'GiveRole', 'EndSessions', 'TakeRole'],
      'DnsPublicHost',
      ...[1, 2].flatMap((n) => records.map((record) => `DnsSender${n}${record}`)),
    ]),
  );
  expect(template.findOutputs('DnsSender2MailFromSpf')).toMatchObject({
    DnsSender2MailFromSpf: { Value: 'bounce.confirm.example.org TXT "v=spf1 include:amazonses.com -all"' },
  });
});
