import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as it passes from the viewer through the distribution to an origin. */
export type LocalRequest = {
  method: string;
  /** Path as it came, percent-encoded, without the query. */
  path: string;
  /** Without the question mark, as it came. */
  query: string;
  /** Names in lower case; a header that came several times is one text, joined by commas. */
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
  protocol: string;
  /** The viewer's network address. */
  viewer: string;
};

export type LocalResponse = { status: number; headers: Record<string, string | string[]>; body: Buffer | string };

/** Thrown by {@link readRequest} when the body is larger than an HTTP API takes. */
export class BodyTooLarge extends Error {}

export async function readRequest(request: IncomingMessage, bodyLimit: number): Promise<LocalRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    // Read to the end all the same: a viewer that is still writing would see a reset instead of the answer.
    if (size <= bodyLimit) chunks.push(chunk as Buffer);
  }
  if (size > bodyLimit) throw new BodyTooLarge();
  const { cookie = [], ...headers } = request.headersDistinct;
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const forwardedFor = request.headersDistinct['x-forwarded-for']?.join(',').split(',')[0]?.trim();
  return {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, (values ?? []).join(',')])),
    cookies: cookie.flatMap((header) => header.split(/;\s*/)).filter(Boolean),
    body: Buffer.concat(chunks),
    protocol: `HTTP/${request.httpVersion}`,
    viewer: forwardedFor || (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
  };
}

/** What belongs to one connection is not passed on. */
const connectionHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade']);

export function writeResponse(response: ServerResponse, { status, headers, body }: LocalResponse) {
  for (const [name, value] of Object.entries(headers)) if (!connectionHeaders.has(name.toLowerCase())) response.setHeader(name, value);
  response.setHeader('content-length', Buffer.byteLength(body));
  response.writeHead(status).end(body);
}

export const jsonResponse = (status: number, body: unknown): LocalResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const htmlResponse = (status: number, html: string, headers: Record<string, string> = {}): LocalResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: html,
});
