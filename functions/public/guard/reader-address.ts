import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { sameBytes } from '../../platform/sealing/keyed-hash.ts';
import { securityHeaders } from '../page-layout.ts';

/**
 * Whose request it is. CloudFront says so in `CloudFront-Viewer-Address`, and is believed only with the key that the
 * distribution was given when it was deployed: the API has an address of its own, where anybody can write any header.
 * It is the maker of the connection, never what `X-Forwarded-For` says.
 */
export function readerAddress({ headers, sourceAddress }: Pick<HttpRequest, 'headers' | 'sourceAddress'>, originKey: string): string {
  // `198.51.100.7:4711` or `2001:db8::1:4711`: the port is what follows the last colon.
  return viewerOf(headers, originKey)?.replace(/:\d+$/, '') ?? sourceAddress;
}

function viewerOf(headers: HttpRequest['headers'], originKey: string): string | undefined {
  const trusted = originKey !== '' && sameBytes(Buffer.from(headers['x-origin-key'] ?? ''), Buffer.from(originKey));
  return trusted ? headers['cloudfront-viewer-address'] : undefined;
}

/** For who operates the newsletter: whether CloudFront says whose request it is. The address itself is not told, nor kept. */
export const showWhetherViewerIsKnown = ({ headers }: HttpRequest, { originKey }: { originKey: string }): HttpResponse => ({
  status: 200,
  headers: { ...securityHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify({ viewerAddress: viewerOf(headers, originKey) ? 'arrives' : 'missing' }),
});
