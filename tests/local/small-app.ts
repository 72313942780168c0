import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalRun } from '../../infra/local/local-run.ts';
import { startLocalRun } from '../../infra/local/local-run.ts';
import type { SynthesisedApp, Template, TemplateResource } from '../../infra/local/template.ts';

export type SmallApp = {
  /** The source of each function's module, by logical id. */
  functions: Record<string, string>;
  resources?: Template['Resources'];
  /** Changes to a function's properties, by logical id. */
  properties?: Record<string, Record<string, unknown>>;
};

/** An app of a few lines around what a test is about: a distribution, an API, and functions given as source. */
export function smallApp({ functions, resources = {}, properties = {} }: SmallApp): SynthesisedApp {
  const folder = mkdtempSync(join(tmpdir(), 'small-app-'));
  for (const [logicalId, source] of Object.entries(functions)) {
    mkdirSync(join(folder, logicalId));
    writeFileSync(join(folder, logicalId, 'index.mjs'), source);
  }
  const lambdas = Object.keys(functions).map((logicalId) => [logicalId, lambda(logicalId, properties[logicalId])]);
  return {
    template: { Resources: { ...site, ...Object.fromEntries(lambdas), ...resources } },
    assetFolder: (s3Key) => join(folder, s3Key.replace('.zip', '')),
  };
}

export const startSmallApp = (app: SmallApp, options: { dataFolder?: string; show?: (line: string) => void } = {}): Promise<LocalRun> =>
  startLocalRun({ app: smallApp(app), show: () => {}, ...options });

/** A route with its integration, as two resources. */
export const route = (key: string, functionId: string, more: Record<string, unknown> = {}): Template['Resources'] => {
  const id = key.replace(/\W/g, '');
  return {
    [`Integration${id}`]: resource('AWS::ApiGatewayV2::Integration', {
      ApiId: { Ref: 'Api' },
      IntegrationUri: { 'Fn::GetAtt': [functionId, 'Arn'] },
      PayloadFormatVersion: '2.0',
    }),
    [`Route${id}`]: resource('AWS::ApiGatewayV2::Route', {
      ApiId: { Ref: 'Api' },
      RouteKey: key,
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: `Integration${id}` }]] },
      ...more,
    }),
  };
};

export const resource = (Type: string, Properties: Record<string, unknown> = {}): TemplateResource => ({ Type, Properties });

const lambda = (logicalId: string, properties: Record<string, unknown> = {}) =>
  resource('AWS::Lambda::Function', {
    Code: { S3Bucket: 'assets', S3Key: `${logicalId}.zip` },
    Handler: 'index.handler',
    Timeout: 5,
    MemorySize: 128,
    Environment: { Variables: { POWERTOOLS_SERVICE_NAME: logicalId.toLowerCase() } },
    ...properties,
  });

const apiOrigin = {
  Id: 'api',
  DomainName: { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] },
};

const site: Template['Resources'] = {
  Api: resource('AWS::ApiGatewayV2::Api'),
  Images: resource('AWS::S3::Bucket'),
  Distribution: resource('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Origins: [apiOrigin, { Id: 'images', DomainName: { 'Fn::GetAtt': ['Images', 'RegionalDomainName'] } }],
      CacheBehaviors: [{ PathPattern: '/images/*', TargetOriginId: 'images', AllowedMethods: ['GET', 'HEAD'] }],
      DefaultCacheBehavior: {
        TargetOriginId: 'api',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      },
    },
  }),
};
