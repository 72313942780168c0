import { expect, test } from 'vitest';
import { Distribution } from '../../infra/local/http/distribution.ts';
import type { HttpApi } from '../../infra/local/http/http-api.ts';
import type { LocalRequest } from '../../infra/local/http/http-message.ts';
import { LocalStack } from '../../infra/local/local-stack.ts';
import { resource } from './small-app.ts';

const edgeCode = `
function handler(event) {
  if (event.request.uri === '/old') return { statusCode: 301, headers: { location: { value: '/new' } } };
  if (event.request.uri === '/editors/') event.request.uri = '/editors';
  event.request.headers['x-viewer'] = { value: event.viewer.ip };
  return event.request;
}`;

const stack = new LocalStack(
  {
    Resources: {
      Edge: resource('AWS::CloudFront::Function', { Name: 'edge', FunctionCode: edgeCode }),
      Api: resource('AWS::ApiGatewayV2::Api'),
      Distribution: resource('AWS::CloudFront::Distribution', {
        DistributionConfig: {
          Origins: [
            {
              Id: 'api',
              DomainName: { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.us-east-1.amazonaws.com']] },
              OriginCustomHeaders: [{ HeaderName: 'X-Origin', HeaderValue: '{{secret}}' }],
            },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: 'api',
            AllowedMethods: ['GET', 'HEAD'],
            ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03',
            FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Edge', 'FunctionARN'] } }],
          },
        },
      }),
    },
  },
  { region: 'us-east-1', accountId: '000000000000', distributionDomain: 'localhost:3000', queuesOrigin: 'http://127.0.0.1:1' },
);

const passed: LocalRequest[] = [];
const answer = async (request: LocalRequest) => {
  passed.push(request);
  return { status: 200, headers: { 'x-frame-options': 'DENY', 'x-content-type-options': 'sniff' }, body: 'from the API' };
};
const distribution = new Distribution(stack.resource('Distribution'), {
  stack,
  apis: new Map([['api', { answer } as unknown as HttpApi]]),
  bucketOrigin: () => answer,
  reveal: (text) => text.replace('{{secret}}', 'mine'),
});

const ask = (path: string, method = 'GET') =>
  distribution.answer({
    method,
    path,
    query: '',
    headers: { host: 'localhost:3000' },
    cookies: [],
    body: Buffer.alloc(0),
    protocol: 'HTTP/1.1',
    viewer: '198.51.100.7',
  });

test('a function at the edge changes the request, or answers it', async () => {
  await ask('/editors/');

  expect(passed.at(-1)).toMatchObject({ path: '/editors', headers: { 'x-viewer': '198.51.100.7' } });
  expect(await ask('/old')).toMatchObject({ status: 301, headers: { location: '/new' } });
});

test('the origin is called by its own name, with the headers the distribution adds', async () => {
  await ask('/');

  expect(passed.at(-1)?.headers).toMatchObject({
    host: 'api.execute-api.us-east-1.amazonaws.com',
    'x-origin': 'mine',
    'x-forwarded-for': '198.51.100.7',
    'x-forwarded-proto': 'https',
  });
});

test('security headers are added; only those the policy overrides replace the origin’s own', async () => {
  const { headers } = await ask('/');

  expect(headers).toMatchObject({
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
  });
});

test('a method the distribution does not take goes no further', async () => {
  const before = passed.length;

  expect((await ask('/', 'POST')).status).toBe(403);
  expect(passed).toHaveLength(before);
});
