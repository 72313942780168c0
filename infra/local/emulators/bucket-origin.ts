import type { LocalRequest, LocalResponse } from '../http/http-message.ts';

const passedHeaders = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-language',
  'content-encoding',
  'etag',
  'last-modified',
];

/** A private bucket behind the distribution: what is not there is 403, because CloudFront may not list it. */
export const bucketOrigin =
  (endpoint: string) =>
  (bucket: string) =>
  async (request: LocalRequest): Promise<LocalResponse> => {
    // Also for HEAD: the answer then says how long the body would be.
    const response = await fetch(`${endpoint}/${bucket}${request.path}`);
    const body = Buffer.from(await response.arrayBuffer());
    if (!response.ok)
      return {
        status: 403,
        headers: { 'content-type': 'application/xml' },
        body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
      };
    const headers = passedHeaders.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    return { status: response.status, headers: Object.fromEntries(headers), body };
  };
