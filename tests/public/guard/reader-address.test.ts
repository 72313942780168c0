import { expect, test } from 'vitest';
import { readerAddress, showWhetherViewerIsKnown } from '../../../functions/public/guard/reader-address.ts';

const key = 'k'.repeat(64);
const connection = '130.176.0.1';
const seen = (headers: Record<string, string>, originKey = key) => readerAddress({ headers, sourceAddress: connection }, originKey);

test('what CloudFront says is believed with the key of the distribution', () => {
  expect(seen({ 'x-origin-key': key, 'cloudfront-viewer-address': '198.51.100.7:4711' })).toBe('198.51.100.7');
  expect(seen({ 'x-origin-key': key, 'cloudfront-viewer-address': '2001:db8:0:0:0:0:0:1:4711' })).toBe('2001:db8:0:0:0:0:0:1');
});

test.each([
  ['no key', { 'cloudfront-viewer-address': '198.51.100.7:4711' }],
  ['a wrong key', { 'x-origin-key': 'x'.repeat(64), 'cloudfront-viewer-address': '198.51.100.7:4711' }],
  ['a part of the key', { 'x-origin-key': key.slice(1), 'cloudfront-viewer-address': '198.51.100.7:4711' }],
  ['an address in X-Forwarded-For', { 'x-origin-key': key, 'x-forwarded-for': '198.51.100.7' }],
  ['an address in Forwarded', { forwarded: 'for=198.51.100.7', 'x-real-ip': '198.51.100.7', 'true-client-ip': '198.51.100.7' }],
])('with %s it is the address that made the connection', (_what, headers) => {
  expect(seen(headers as Record<string, string>)).toBe(connection);
});

test('a key that is not there opens nothing', () => {
  expect(seen({ 'x-origin-key': '', 'cloudfront-viewer-address': '198.51.100.7:4711' }, '')).toBe(connection);
});

test('whether the address arrives can be asked, and the answer does not tell it', () => {
  const asked = (headers: Record<string, string>) =>
    showWhetherViewerIsKnown({ headers } as Parameters<typeof showWhetherViewerIsKnown>[0], { originKey: key });
  const arrives = asked({ 'x-origin-key': key, 'cloudfront-viewer-address': '198.51.100.7:4711' });

  expect(arrives).toMatchObject({ status: 200, body: '{"viewerAddress":"arrives"}', headers: { 'cache-control': 'no-store' } });
  expect(asked({ 'x-origin-key': key }).body).toBe('{"viewerAddress":"missing"}');
  expect(asked({ 'cloudfront-viewer-address': '198.51.100.7:4711' }).body).toBe('{"viewerAddress":"missing"}');
});
