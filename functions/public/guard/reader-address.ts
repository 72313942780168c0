import { timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from '../../platform/http.ts';

/**
 * Whose request it is. CloudFront says so in `CloudFront-Viewer-Address`, and is believed only with the key that the
 * distribution was given when it was deployed: the API has an address of its own, where anybody can write any header.
 * There, and never from `X-Forwarded-For`, it is whoever made the connection.
 */
export function readerAddress({ headers, sourceAddress }: Pick<HttpRequest, 'headers' | 'sourceAddress'>, originKey: string): string {
  const viewer = headers['cloudfront-viewer-address'];
  if (!viewer || !sameText(headers['x-origin-key'] ?? '', originKey)) return sourceAddress;
  // `198.51.100.7:4711` or `2001:db8::1:4711`: the port is what follows the last colon.
  return viewer.replace(/:\d+$/, '');
}

function sameText(given: string, key: string) {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return key !== '' && a.length === b.length && timingSafeEqual(a, b);
}
