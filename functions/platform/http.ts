import middy, { type MiddlewareObj } from '@middy/core';
import httpRouter from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { faultOf, logger } from './logger.ts';
import { problemOf } from './problem.ts';
import { Refusal } from './refusal.ts';

/** A request as endpoints see it: the payload format 2.0 of an HTTP API, decoded. */
export type HttpRequest = {
  method: string;
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
  /** Who called the API: CloudFront, or anybody who knows the API's own address; never logged. `guard/reader-address.ts` says whose request it is. */
  sourceAddress: string;
};

export type HttpResponse = { status: number; headers?: Record<string, string>; body?: string | Uint8Array };

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  path: string;
  endpoint: (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;
};

/** How a face turns a refusal, or an internal fault, into an answer; by default `application/problem+json`. */
export type Refuse = (error: unknown, request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

/**
 * A Lambda for an HTTP API. A GET route also answers HEAD, without its body. Refusals become their status; any other
 * error is logged and answered 500 without a word of what went wrong inside.
 */
export function httpApi(routes: readonly Route[], refuse: Refuse = problemResponse) {
  const router = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
    routes: routes.flatMap(({ method, path, endpoint }) => {
      const handler = async (event: APIGatewayProxyEventV2) => payload(await endpoint(requestOf(event)), event.requestContext.http.method);
      const head = method === 'GET' ? [{ method: 'HEAD' as const, path, handler }] : [];
      return [{ method, path, handler }, ...head];
    }),
    notFoundResponse: ({ method, path }) => {
      throw noRoute(routes, method, path);
    },
  });
  return middy(router).use(errorsAnswered(refuse));
}

/** Middleware: what an endpoint, or the router, throws becomes an answer. */
const errorsAnswered = (refuse: Refuse): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => ({
  onError: async (invocation) => {
    const { method, path } = invocation.event.requestContext.http;
    if (problemOf(invocation.error).status === 500) logger.error('A request failed', { method, path, fault: faultOf(invocation.error) });
    invocation.response = payload(await refuse(invocation.error, requestOf(invocation.event)), method);
  },
});

const noRoute = (routes: readonly Route[], method: string, path: string) =>
  routes.some((route) => matches(route.path, path)) ? new Refusal('method_not_allowed', { method }) : new Refusal('not_found');

function requestOf(event: APIGatewayProxyEventV2): HttpRequest {
  const { method, path, sourceIp } = event.requestContext.http;
  return {
    method,
    path,
    params: Object.fromEntries(Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, value ?? ''])),
    query: new URLSearchParams(event.rawQueryString),
    headers: Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value ?? ''])),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    sourceAddress: sourceIp,
  };
}

/** Bytes travel as base64, text as it is; an answer to HEAD has the headers and nothing else. */
function payload({ status, headers = {}, body }: HttpResponse, method: string): APIGatewayProxyStructuredResultV2 {
  if (method === 'HEAD' || body === undefined) return { statusCode: status, headers };
  if (typeof body === 'string') return { statusCode: status, headers, body };
  return { statusCode: status, headers, body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
}

/** Piece by piece: `{slug}` is any one that is not empty. A slash at the end is none. */
function matches(pattern: string, path: string): boolean {
  const pieces = path.replace(/(?<=.)\/$/, '').split('/');
  const wanted = pattern.split('/');
  return wanted.length === pieces.length && wanted.every((want, n) => (want.startsWith('{') ? pieces[n] !== '' : want === pieces[n]));
}

/** RFC 9457: `application/problem+json`. */
export function problemResponse(error: unknown, _request?: HttpRequest): HttpResponse {
  const { status, code, values, title, detail, errors } = problemOf(error);
  const { headers, members } = Refusal.is(error) ? error.extras : {};
  return {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ type: 'about:blank', title, status, code, values, detail, ...(errors.length > 0 && { errors }), ...members }),
  };
}
