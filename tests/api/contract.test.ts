import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { routes } from '../../functions/api/api-routes.ts';
import { openApi } from '../../functions/api/contract/open-api.ts';
import { openApiFile, openApiText, referenceFile, referencePage } from '../../infra/api-pages.ts';
import { expectContract } from './expect-contract.ts';

type Described = { operationId: string; summary: string; responses: Record<string, unknown>; parameters?: { $ref?: string }[] };
type Document = { paths: Record<string, Record<string, Described>>; components: { schemas: Record<string, object> } };
const document = openApi() as unknown as Document;
const described = Object.entries(document.paths).flatMap(([path, ways]) =>
  Object.entries(ways).flatMap(([method, operation]) =>
    method === 'parameters' ? [] : [{ method: method.toUpperCase(), path, ...operation }],
  ),
);

test('docs/api/ is what routes and schemas say: node infra/api-pages.ts writes it', () => {
  expect(readFileSync(openApiFile, 'utf8')).toBe(openApiText());
  expect(readFileSync(referenceFile, 'utf8')).toBe(referencePage());
});

test('every route that needs somebody is described, once, under a name of its own', () => {
  const guarded = routes.filter(({ needs }) => needs !== 'nobody').map(({ method, path }) => `${method} ${path}`);

  expect(described.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(guarded.sort());
  expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(described.length);
  expect(described.filter(({ operationId }) => !/^[a-z][A-Za-z]+$/.test(operationId))).toEqual([]);
});

test('every POST takes an Idempotency-Key, and every operation tells how it refuses', () => {
  const without = described.filter(
    ({ method, parameters = [] }) => method === 'POST' && !parameters.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey')),
  );

  expect(without).toEqual([]);
  expect(described.filter(({ responses }) => !responses['4XX'])).toEqual([]);
});

test('every schema is JSON Schema of 2020-12, and every reference leads somewhere', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'api');

  for (const name of Object.keys(document.components.schemas))
    expect(() => ajv.getSchema(`api#/components/schemas/${name}`), name).not.toThrow();
  const references = [...openApiText().matchAll(/"\$ref": "#([^"]+)"/g)].map(([, pointer = '']) => pointer);
  expect(references.length).toBeGreaterThan(100);
  const found = (pointer: string) =>
    pointer
      .split('/')
      .slice(1)
      .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document);
  expect(references.filter((pointer) => found(pointer) === undefined)).toEqual([]);
});

test('the page runs nothing and loads nothing', () => {
  const page = referencePage();

  expect(page).not.toMatch(/<(script|link|img|iframe|object)\b|@import|url\(|\bsrc=/i);
  expect([...page.matchAll(/href="([^"]*)"/g)].filter(([, to]) => !to?.startsWith('#'))).toEqual([]);
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  expect([...page.matchAll(/href="#([^"]+)"/g)].filter(([, to]) => !ids.has(to))).toEqual([]);
});

const answer =
  (body: object, status = 200, type = 'application/json') =>
  () =>
    expectContract('POST', '/api/v1/exports', { status, headers: { 'content-type': type }, body: JSON.stringify(body) });
const made = {
  id: 'e',
  format: 'csv',
  bom: false,
  by: { kind: 'person', id: 'a', name: 'a' },
  createdAt: '2026-11-22T12:00:00.000Z',
  readers: 0,
  bytes: 0,
  state: 'running',
  finishedAt: null,
  url: null,
};

test('tests of the API notice an answer that is not described: its status, its type, a member too many or too few', () => {
  const { url, ...without } = made;

  expect(answer(made, 201)).not.toThrow();
  expect(answer(made, 200)).toThrow('not described');
  expect(answer(made, 201, 'text/html')).toThrow('not application/json');
  expect(answer({ ...made, more: 1 }, 201)).toThrow('other members');
  expect(answer(without, 201)).toThrow('no Export');
  expect(answer({ code: 'made_up' }, 400, 'application/problem+json')).toThrow('no Problem');
  expect(answer(made, 500)).toThrow('not described');
});
