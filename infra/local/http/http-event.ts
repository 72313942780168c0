import type { LocalRequest, LocalResponse } from './http-message.ts';

/** What a request has besides itself when an HTTP API hands it to a function. */
export type EventContext = {
  requestId: string;
  routeKey: string;
  pathParameters: Record<string, string>;
  domainName: string;
  apiId: string;
  accountId: string;
  now: Date;
};

/** A request in payload format 2.0 ("Working with AWS Lambda proxy integrations for HTTP APIs"). */
export function httpEvent(request: LocalRequest, context: EventContext) {
  const { method, protocol, viewer, headers } = request;
  const path = decodeURIComponent(request.path);
  const parameters = queryParameters(request.query);
  return {
    version: '2.0',
    routeKey: context.routeKey,
    rawPath: path,
    rawQueryString: request.query,
    ...(request.cookies.length > 0 && { cookies: request.cookies }),
    headers,
    ...(Object.keys(parameters).length > 0 && { queryStringParameters: parameters }),
    requestContext: {
      accountId: context.accountId,
      apiId: context.apiId,
      domainName: context.domainName,
      domainPrefix: context.domainName.split('.')[0],
      http: { method, path, protocol, sourceIp: viewer, userAgent: headers['user-agent'] ?? '' },
      requestId: context.requestId,
      routeKey: context.routeKey,
      stage: '$default',
      time: requestTime(context.now),
      timeEpoch: context.now.getTime(),
    },
    ...(Object.keys(context.pathParameters).length > 0 && { pathParameters: context.pathParameters }),
    ...bodyFields(request),
  };
}

/** Only these types travel as text; everything else is base64, forms included. */
const textual = /^(text\/.*|application\/(json|xml|javascript))$/i;

function bodyFields({ headers, body }: LocalRequest): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  return textual.test(type)
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
}

function queryParameters(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  return parameters;
}

/** `12/Mar/2020:19:03:58 +0000` */
function requestTime(now: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

type FunctionResponse = {
  statusCode?: unknown;
  headers?: Record<string, unknown>;
  cookies?: unknown[];
  body?: unknown;
  isBase64Encoded?: unknown;
};

/** What an HTTP API makes of a function's answer: anything without a status code is the body of a 200. */
export function httpResponse(answer: unknown): LocalResponse | undefined {
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer))
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof answer === 'string' ? answer : JSON.stringify(answer ?? null),
    };
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded } = answer as FunctionResponse;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599 || typeof body !== 'string') return undefined;
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return {
    status,
    headers: {
      ...(!('content-type' in named) && { 'content-type': 'text/plain;charset=UTF-8' }),
      ...named,
      ...(cookies.length > 0 && { 'set-cookie': cookies.map(String) }),
    },
    body: isBase64Encoded === true ? Buffer.from(body, 'base64') : body,
  };
}
