import { expect, test } from 'vitest';
import { httpEvent, httpResponse } from '../../infra/local/http/http-event.ts';
import type { LocalRequest } from '../../infra/local/http/http-message.ts';

const aRequest = (changes: Partial<LocalRequest> = {}): LocalRequest => ({
  method: 'GET',
  path: '/',
  query: '',
  headers: { host: 'api.example.org', 'user-agent': 'curl' },
  cookies: [],
  body: Buffer.alloc(0),
  protocol: 'HTTP/1.1',
  viewer: '198.51.100.7',
  ...changes,
});

const eventOf = (changes: Partial<LocalRequest>) =>
  httpEvent(aRequest(changes), {
    requestId: 'r1',
    routeKey: '$default',
    pathParameters: {},
    domainName: 'api.example.org',
    apiId: 'api',
    accountId: '000000000000',
    now: new Date('2026-11-27T01:00:00Z'),
  });

const bodyOf = (type: string | undefined, body: string) => {
  const { body: text, isBase64Encoded } = eventOf({
    method: 'POST',
    headers: type ? { 'content-type': type } : {},
    body: Buffer.from(body),
  });
  return { text, isBase64Encoded };
};

test('an event says what came, by whom, when and on which route', () => {
  const event = eventOf({ path: '/confirm', query: 't=abc' });

  expect(event).toMatchObject({
    version: '2.0',
    routeKey: '$default',
    requestContext: {
      stage: '$default',
      domainName: 'api.example.org',
      domainPrefix: 'api',
      time: '27/Nov/2026:01:00:00 +0000',
      timeEpoch: 1795741200000,
      http: { method: 'GET', path: '/confirm', protocol: 'HTTP/1.1', sourceIp: '198.51.100.7', userAgent: 'curl' },
    },
  });
});

test('the path is decoded, the query string is not, its parameters are', () => {
  const event = eventOf({ path: '/archive/%E5%91%A8%E6%8A%A5', query: 'q=a%20b&tag=x&tag=y' });

  expect(event.rawPath).toBe('/archive/周报');
  expect(event.rawQueryString).toBe('q=a%20b&tag=x&tag=y');
  expect(event.queryStringParameters).toEqual({ q: 'a b', tag: 'x,y' });
});

test.each(['text/plain', 'text/html; charset=utf-8', 'application/json', 'application/xml', 'application/javascript'])(
  '%s travels as text',
  (type) => {
    expect(bodyOf(type, '正文')).toEqual({ text: '正文', isBase64Encoded: false });
  },
);

test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/problem+json', 'image/png', undefined])(
  '%s travels as base64',
  (type) => {
    expect(bodyOf(type, 'a=b')).toEqual({ text: 'YT1i', isBase64Encoded: true });
  },
);

test('a request without a body has none in the event', () => {
  expect(eventOf({ headers: { 'content-type': 'application/json' } })).not.toHaveProperty('body');
});

test('cookies travel on their own', () => {
  expect(eventOf({ cookies: ['a=1', 'b=2'] }).cookies).toEqual(['a=1', 'b=2']);
});

test('an answer without a status code is the body of a 200', () => {
  expect(httpResponse({ hello: 'world' })).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"hello":"world"}',
  });
});

test('an answer has its headers, cookies and bytes', () => {
  const response = httpResponse({
    statusCode: 200,
    headers: { 'Content-Type': 'image/png' },
    cookies: ['a=1', 'b=2'],
    body: 'AAE=',
    isBase64Encoded: true,
  });

  expect(response).toEqual({
    status: 200,
    headers: { 'content-type': 'image/png', 'set-cookie': ['a=1', 'b=2'] },
    body: Buffer.from([0, 1]),
  });
});

test('an answer whose body is not a text cannot be sent', () => {
  expect(httpResponse({ statusCode: 200, body: { not: 'text' } })).toBeUndefined();
});
