import { connect } from 'node:net';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalRun } from '../../infra/local/local-run.ts';
import { startLocalRun } from '../../infra/local/local-run.ts';
import { resource, route, smallApp, startSmallApp } from './small-app.ts';

const echo = `
let calls = 0;
export const handler = async (event, context) => {
  const { sayings } = process.env;
  switch (event.rawPath) {
    case '/crash': throw new Error('on purpose');
    case '/wait': return new Promise(() => {});
    case '/large': return { statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024) };
    case '/time': return { now: new Date().toISOString(), stamp: Date.now(), later: new Date(0).toISOString(), isDate: new Date() instanceof Date };
    case '/environment': return { region: process.env.AWS_REGION, ses: process.env.AWS_ENDPOINT_URL_SES, path: process.env.HOME ?? null, s3: process.env.AWS_ENDPOINT_URL_S3,
      name: context.functionName, left: context.getRemainingTimeInMillis(), memory: context.memoryLimitInMB, request: context.awsRequestId };
    case '/calls': return { calls: ++calls };
    default: return event;
  }
};`;

let run: LocalRun;
const said: string[] = [];
beforeAll(async () => {
  run = await startSmallApp(
    {
      functions: { Echo: echo },
      resources: {
        ...route('$default', 'Echo'),
        ...route('ANY /api/v1/{proxy+}', 'Echo'),
        Pool: resource('AWS::Cognito::UserPool'),
        Client: resource('AWS::Cognito::UserPoolClient', { AllowedOAuthScopes: ['openid'] }),
      },
      properties: { Echo: { Timeout: 1 } },
    },
    { show: (line) => said.push(line) },
  );
});
afterAll(() => run.stop());

const ask = async (path: string, options: RequestInit = {}) => {
  const response = await fetch(run.origin + path, options);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && (JSON.parse(text) as Record<string, never>) };
};

test('a request reaches the function as a payload of format 2.0', async () => {
  const { body } = await ask('/a/b?c=d', {
    method: 'POST',
    body: new URLSearchParams({ email: 'ada@example.org' }),
    headers: { cookie: 'x=1' },
  });

  expect(body).toMatchObject({
    version: '2.0',
    rawPath: '/a/b',
    rawQueryString: 'c=d',
    cookies: ['x=1'],
    body: Buffer.from('email=ada%40example.org').toString('base64'),
    isBase64Encoded: true,
    requestContext: { http: { method: 'POST' } },
  });
});

test('the viewer’s host stops at the distribution; their address is what X-Forwarded-For says first', async () => {
  const { body } = await ask('/', { headers: { 'x-forwarded-for': '203.0.113.9, 10.0.0.1', 'cloudfront-viewer-address': '192.0.2.1:1' } });

  expect(body).toMatchObject({
    headers: {
      host: 'api.execute-api.us-east-1.amazonaws.com',
      'x-forwarded-for': '203.0.113.9, 10.0.0.1',
      'cloudfront-viewer-address': '203.0.113.9:443',
    },
    requestContext: { domainName: 'api.execute-api.us-east-1.amazonaws.com', http: { sourceIp: '130.176.0.1' } },
  });
});

test('HEAD is a method of its own', async () => {
  const response = await fetch(`${run.origin}/`, { method: 'HEAD' });

  expect(response.status).toBe(200);
  expect(await response.text()).toBe('');
});

test('a greedy route tells what it matched, and the token reaches the function, which checks it itself', async () => {
  const { body } = await ask('/_local/editor-token?role=writer');
  const { token } = body as unknown as { token: string };

  expect(await ask('/api/v1/issues', { headers: { authorization: `Bearer ${token}` } })).toMatchObject({
    status: 200,
    body: { pathParameters: { proxy: 'issues' }, headers: { authorization: `Bearer ${token}` } },
  });
  expect((await ask('/_local/editor-token?role=king')).status).toBe(400);
});

test('a template whose route has an authorizer does not start: it would run open here', async () => {
  const app = smallApp({ functions: { Echo: echo }, resources: route('$default', 'Echo', { AuthorizationType: 'JWT' }) });

  await expect(startLocalRun({ app })).rejects.toThrow('has an authorizer (JWT)');
});

test('a function that throws, or answers too much, is a 500 without its words', async () => {
  expect(await ask('/crash')).toMatchObject({ status: 500, body: { message: 'Internal Server Error' } });
  expect(await ask('/large')).toMatchObject({ status: 500, body: { message: 'Internal Server Error' } });
  expect(said).toContainEqual(expect.stringContaining('on purpose'));
});

test('a function that runs out of time is ended and a fresh one takes over', async () => {
  await ask('/calls');

  expect(await ask('/wait')).toMatchObject({ status: 500 });
  expect(said).toContainEqual(expect.stringContaining('Task timed out after 1.00 seconds'));
  expect(await ask('/calls')).toMatchObject({ body: { calls: 1 } });
});

test('10 MB is the most a request may bring, 6 MB the most a function takes', async () => {
  const post = (size: number) => ask('/', { method: 'POST', body: Buffer.alloc(size) });

  expect(await post(10 * 1024 * 1024 + 1)).toMatchObject({ status: 413, body: { message: 'Request Entity Too Large' } });
  expect(await post(5 * 1024 * 1024)).toMatchObject({ status: 413 });
});

test('a function sees Lambda’s environment and nothing of this machine’s', async () => {
  const { body } = await ask('/environment');

  expect(body).toMatchObject({
    region: 'us-east-1',
    path: null,
    name: 'Echo',
    memory: '128',
    ses: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  });
  expect((body as unknown as { left: number }).left).toBeGreaterThan(500);
});

test('the clock moves functions’ dates, and only those of now', async () => {
  await ask('/_local/clock', { method: 'PUT', body: JSON.stringify({ now: '2027-01-01T00:00:00Z' }) });

  const { body } = await ask('/time');

  expect(body).toMatchObject({ now: expect.stringMatching(/^2027-01-01T00:00:0/), later: '1970-01-01T00:00:00.000Z', isDate: true });
  expect(await ask('/_local/clock', { method: 'PUT', body: '{"offsetMs":0}' })).toMatchObject({ body: { offsetMs: 0 } });
  expect(await ask('/_local/clock', { method: 'PUT', body: '{"then":0}' })).toMatchObject({ status: 400 });
});

test('what is in the bucket comes from /images/, what is not is forbidden', async () => {
  const { body } = await ask('/environment');
  const s3 = new S3Client({
    endpoint: (body as unknown as { s3: string }).s3,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await s3.send(
    new PutObjectCommand({ Bucket: 'images', Key: 'images/a.png', Body: 'bytes', ContentType: 'image/png', CacheControl: 'max-age=1' }),
  );

  const found = await fetch(`${run.origin}/images/a.png`);

  expect(found.status).toBe(200);
  expect(found.headers.get('content-type')).toBe('image/png');
  expect(found.headers.get('cache-control')).toBe('max-age=1');
  expect(await found.text()).toBe('bytes');
  expect((await fetch(`${run.origin}/images/b.png`)).status).toBe(403);
  expect((await fetch(`${run.origin}/images/a.png`, { method: 'POST' })).status).toBe(403);
});

test('a path that is not UTF-8 is a bad request', async () => {
  expect(await ask('/%E5%91')).toMatchObject({ status: 400, body: { message: 'Bad Request' } });
});

test('pages of other sites cannot work the controls', async () => {
  const answer = await ask('/_local/outbox', { method: 'DELETE', headers: { 'sec-fetch-site': 'cross-site' } });

  expect(answer.status).toBe(403);
});

test('a port that is taken is said in words', async () => {
  await expect(startLocalRun({ port: run.port, app: smallApp({ functions: {} }) })).rejects.toThrow(`Port ${run.port} is taken`);
});

test('both ways to say localhost lead here', async () => {
  const reach = (host: string) =>
    new Promise((resolve) => {
      const socket = connect(run.port, host, () => resolve('reached')).once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      socket.once('connect', () => socket.destroy());
    });

  expect(await reach('127.0.0.1')).toBe('reached');
  expect(await reach('::1')).toMatch(/reached|EADDRNOTAVAIL|EAFNOSUPPORT/);
});
