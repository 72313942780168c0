import * as z from 'zod';
import { type ApiRoute, type RouteName, routes } from '../api-routes.ts';
import { answerSchemas } from './answers.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import { requestSchemas } from './requests.ts';

type Json = Record<string, unknown>;
type Guarded = Exclude<ApiRoute, { needs: 'nobody' }>;

/** The description of the API in OpenAPI 3.1, from its routes and schemas. */
export function openApi(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Periodical API',
      version: '1',
      summary: 'What the desk and programs use.',
      description:
        'Times are RFC 3339 in UTC. Refusals are problem documents (RFC 9457) with a stable `code`. docs/api.md has the conventions and examples.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [...new Set(Object.values(operations).map(({ group }) => group))].map((name) => ({ name })),
    paths: pathsOf(guardedRoutes()),
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The access token of a person who signed in, or an API key `per_<id>_<secret>`.',
        },
      },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          description: 'A request that is repeated with the same key within a day has one effect, and the same answer.',
          schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!#-~]+$' },
        },
        IfMatch: {
          name: 'If-Match',
          in: 'header',
          description: 'The `ETag` that was seen. With another version nothing changes.',
          schema: { type: 'string', pattern: '^("[0-9]{1,9}"|\\*)$' },
        },
      },
      headers: { ETag: { description: 'The version, in quotes.', schema: { type: 'string' } } },
      responses: {
        Refused: {
          description: 'Refused, for the reason that `code` names.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: { ...componentsOf(answerSchemas, 'output'), ...componentsOf(requestSchemas, 'input') },
    },
  };
}

export const operationOf = (method: string, path: string): Operation | undefined => operations[`${method} ${path}` as RouteName];

const guardedRoutes = () => routes.filter((route): route is Guarded => route.needs !== 'nobody');

const pathsOf = (all: readonly Guarded[]): Json =>
  Object.fromEntries(
    [...Map.groupBy(all, ({ path }) => path)].map(([path, ways]) => [
      path,
      {
        ...parametersIn(path),
        ...Object.fromEntries(ways.map((route) => [route.method.toLowerCase(), describe(route)])),
      },
    ]),
  );

function parametersIn(path: string): Json {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  }));
  return parameters.length > 0 ? { parameters } : {};
}

function describe({ method, path, needs }: Guarded): Json {
  const operation = operations[`${method} ${path}` as RouteName];
  const { id, group, summary, about, query, body, bodyOptional, answers, ifMatch, etag } = operation;
  const needed = `Needs the role ${needs.role}${needs.scopes.length > 0 ? `, or a key with the scope ${needs.scopes.join(' or ')}` : '; no key may do it'}.`;
  const parameters = [
    ...(query ? Object.entries(query.shape).map(queryParameter) : []),
    ...(method === 'POST' ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ...(ifMatch ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
  ];
  return {
    operationId: id,
    tags: [group],
    summary,
    description: [about, needed].filter(Boolean).join('\n\n'),
    'x-needs': needs,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: !bodyOptional, content: bodyContent(body) } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, responseOf(status, answer, etag)])),
      '4XX': { $ref: '#/components/responses/Refused' },
    },
  };
}

function queryParameter([name, schema]: [string, z.core.$ZodType]): Json {
  const { $schema, ...json } = z.toJSONSchema(schema, { io: 'output', override: refine }) as Json;
  return { name, in: 'query', required: !z.safeParse(schema, undefined).success, schema: json };
}

const binary = { type: 'string', format: 'binary' };

function bodyContent(body: NonNullable<Operation['body']>): Json {
  if (body !== 'file') return { 'application/json': { schema: refTo(body) } };
  const form = { type: 'object', required: ['file'], properties: { file: binary, images: { type: 'array', items: binary } } };
  return {
    'text/markdown': { schema: { type: 'string' } },
    'application/octet-stream': { schema: binary },
    'multipart/form-data': { schema: form },
    'application/json': { schema: refTo('UploadReference') },
  };
}

const said: Record<string, string> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Taken, and done soon.',
  204: 'Done.',
  502: 'SES did not take it.',
};

function responseOf(status: string, answer: string, etag: true | undefined): Json {
  const headers = etag ? { headers: { ETag: { $ref: '#/components/headers/ETag' } } } : {};
  const described = { description: said[status] ?? '', ...headers };
  if (answer === 'none') return described;
  if (answer.includes('/')) return { ...described, content: { [answer]: { schema: { type: 'string' } } } };
  return { ...described, content: { [answer === 'Problem' ? 'application/problem+json' : 'application/json']: { schema: refTo(answer) } } };
}

const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Schemas that have a name are referred to by it, wherever they stand in another. */
function componentsOf(all: Record<string, z.ZodType>, io: 'input' | 'output'): Json {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(all)) named.add(schema, { id });
  const { schemas } = z.toJSONSchema(named, { uri: (id) => `#/components/schemas/${id}`, io, override: refine });
  return Object.fromEntries(Object.entries(schemas).map(([name, { $schema, $id, id, ...schema }]) => [name, schema]));
}

/** Adds the words of `describe`, which a registry of names does not know, and takes away what says nothing: bounds of every safe integer, patterns of dates. */
function refine({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema }) {
  const description = z.globalRegistry.get(zodSchema)?.description;
  if (description) jsonSchema.description = description;
  if (jsonSchema.format?.startsWith('date')) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
