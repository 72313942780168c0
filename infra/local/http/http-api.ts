import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { functionNamed } from '../emulators/functions/event-sources.ts';
import { FunctionError } from '../emulators/functions/function-instance.ts';
import type { FunctionLog } from '../emulators/functions/function-log.ts';
import type { LocalFunction } from '../emulators/functions/local-function.ts';
import type { LocalStack } from '../local-stack.ts';
import { read } from '../template.ts';
import { httpEvent, httpResponse } from './http-event.ts';
import type { LocalRequest, LocalResponse } from './http-message.ts';
import { jsonResponse } from './http-message.ts';
import { matchRoute } from './route-table.ts';

type Route = { key: string; target: LocalFunction };

export type HttpApiParts = {
  stack: LocalStack;
  functions: Map<string, LocalFunction>;
  log: FunctionLog;
  now: () => Date;
};

/** How long an HTTP API waits for a function. */
const integrationTimeoutMs = 30_000;

/** Events of one function that an HTTP API hands out at once here; further requests wait. */
const concurrency = 4;

/** API Gateway's HTTP API: routes, and payload format 2.0 both ways. */
export class HttpApi {
  readonly apiId: string;
  readonly #routes: Route[];
  readonly #parts: HttpApiParts;

  constructor(apiLogicalId: string, parts: HttpApiParts) {
    this.#parts = parts;
    this.apiId = parts.stack.identity(apiLogicalId).ref;
    this.#routes = routesOf(this.apiId, parts);
    for (const target of new Set(this.#routes.map((route) => route.target))) target.allow(concurrency);
  }

  async answer(request: LocalRequest): Promise<LocalResponse> {
    const path = decoded(request.path);
    if (path === undefined) return jsonResponse(400, { message: 'Bad Request' });
    const match = matchRoute(this.#routes, request.method, path);
    if (!match) return jsonResponse(404, { message: 'Not Found' });
    const { route, pathParameters } = match;
    return this.#invoke(route, this.#eventOf(request, route, pathParameters));
  }

  #eventOf(request: LocalRequest, route: Route, pathParameters: Record<string, string>) {
    const { stack, now } = this.#parts;
    return httpEvent(request, {
      requestId: randomUUID(),
      routeKey: route.key,
      pathParameters,
      domainName: request.headers.host ?? '',
      apiId: this.apiId,
      accountId: stack.place.accountId,
      now: now(),
    });
  }

  async #invoke({ target }: Route, event: object): Promise<LocalResponse> {
    const { name } = target.definition;
    const timer = new AbortController();
    try {
      const tooSlow = pause(integrationTimeoutMs, 'too slow' as const, { signal: timer.signal });
      const answer = await Promise.race([target.invoke(event), tooSlow]);
      if (answer === 'too slow') return jsonResponse(503, { message: 'Service Unavailable' });
      const response = httpResponse(answer);
      if (response) return response;
      throw new FunctionError({ errorType: 'InvalidResponse', errorMessage: 'The answer is not in payload format 2.0.' });
    } catch (error) {
      if (error instanceof FunctionError && error.errorType === 'RequestEntityTooLarge')
        return jsonResponse(413, { message: 'Request Entity Too Large' });
      this.#parts.log.failure(name, error);
      return jsonResponse(500, { message: 'Internal Server Error' });
    } finally {
      timer.abort();
    }
  }
}

function routesOf(apiId: string, { stack, functions }: HttpApiParts): Route[] {
  return stack
    .ofType('AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => read.text(properties, 'ApiId') === apiId)
    .map(({ logicalId, properties }) => {
      const integration = stack.resource((read.text(properties, 'Target') ?? '').replace('integrations/', ''));
      if (read.text(integration.properties, 'PayloadFormatVersion') !== '2.0')
        throw new Error(`${integration.logicalId}: the local run only knows payload format 2.0.`);
      const target = functionNamed(functions, functionArnIn(read.text(integration.properties, 'IntegrationUri') ?? ''));
      if (!target) throw new Error(`${logicalId} leads to a function that is not in the template.`);
      const authorization = read.text(properties, 'AuthorizationType') ?? 'NONE';
      if (authorization !== 'NONE')
        throw new Error(`${logicalId} has an authorizer (${authorization}), which the local run does not know.`);
      return { key: read.text(properties, 'RouteKey') ?? '', target };
    });
}

/** An integration names its function by ARN, or by the address under which API Gateway invokes it. */
const functionArnIn = (uri: string) => /functions\/(arn:[^/]+)\/invocations/.exec(uri)?.[1] ?? uri;

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
