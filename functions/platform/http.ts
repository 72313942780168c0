import middy from '@middy/core';
import httpRouter from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { faultOf, logger } from './logger.ts';
import { problemOf, problemResponse } from './problem.ts';
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
  /** Who called the API: CloudFront, or whoever knows the API's own address; never logged. `guard/reader-address.ts` says whose request it is. */
  sourceAddress: string;
  /** What the JWT authorizer vouched for; empty on public routes. */
  claims: Record<string, unknown>;
};

export type HttpResponse = { status: number; headers?: Record<string, string>; body?: string | Uint8Array };

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  endpoint: (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;
};

/** How a face turns a refusal, or a fault of ours, into an answer; by default `application/problem+json`. */
export type Refuse = (error: unknown, request: HttpRequest) => HttpResponse;

/**
 * A Lambda for an HTTP API. A GET route also answers HEAD, without its body. Refusals become their status; any other
 * error is logged and answered 500 without a word of what went wrong inside.
 */
export function httpApi(routes: readonly Route[], refuse: Refuse = problemResponse) {
  const router = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
    routes: routes.flatMap(({ method, path, endpoint }) => {
      const handler = async (event: APIGatewayProxyEventV2) => answer(endpoint, event, refuse);
      const head = method === 'GET' ? [{ method: 'HEAD' as const, path, handler }] : [];
      return [{ method, path, handler }, ...head];
    }),
    notFoundResponse: () => ({ notFound: true }),
  });
  return middy(router).after((request) => {
    const { event } = request as { event: APIGatewayProxyEventV2 };
    const response = request.response as APIGatewayProxyStructuredResultV2 & { notFound?: true };
    if (response.notFound) request.response = payload(refuse(noRoute(routes, event), requestOf(event)), event.requestContext.http.method);
  });
}

function noRoute(routes: readonly Route[], event: APIGatewayProxyEventV2) {
  const { method, path } = event.requestContext.http;
  return routes.some((route) => matches(route.path, path))
    ? new Refusal('method_not_allowed', `${method} does not work on this address.`)
    : new Refusal('not_found', 'There is nothing at this address.');
}

async function answer(endpoint: Route['endpoint'], event: APIGatewayProxyEventV2, refuse: Refuse) {
  const request = requestOf(event);
  try {
    return payload(await endpoint(request), request.method);
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status === 500)
      logger.error('A request failed', {
        method: request.method,
        path: request.path,
        fault: faultOf(error),
      });
    return payload(refuse(error, request), request.method);
  }
}

function requestOf(event: APIGatewayProxyEventV2): HttpRequest {
  const { method, path, sourceIp } = event.requestContext.http;
  const authorizer = (event.requestContext as { authorizer?: { jwt?: { claims?: Record<string, unknown> } } }).authorizer;
  return {
    method,
    path,
    params: Object.fromEntries(Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, value ?? ''])),
    query: new URLSearchParams(event.rawQueryString),
    headers: Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value ?? ''])),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    sourceAddress: sourceIp,
    claims: authorizer?.jwt?.claims ?? {},
  };
}

/** Bytes travel as base64, text as it is; an answer to HEAD has the headers and nothing else. */
function payload({ status, headers = {}, body }: HttpResponse, method: string): APIGatewayProxyStructuredResultV2 {
  if (method === 'HEAD' || body === undefined) return { statusCode: status, headers };
  if (typeof body === 'string') return { statusCode: status, headers, body };
  return { statusCode: status, headers, body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
}

const matches = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replace(/[.+?^$()|[\]\\]/g, '\\$&').replace(/\{[^/}]+\}/g, '[^/]+')}/?$`).test(path);
