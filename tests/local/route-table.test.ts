import { expect, test } from 'vitest';
import { matchRoute } from '../../infra/local/http/route-table.ts';

const routes = [
  '$default',
  'GET /editors',
  'ANY /editors/{proxy+}',
  'GET /editors/config.json',
  'GET /editors/{id}',
  'PUT /editors/issues/{slug}',
].map((key) => ({ key }));
const chosen = (method: string, path: string) => matchRoute(routes, method, path)?.route.key;

test.each([
  ['GET', '/editors', 'GET /editors'],
  ['GET', '/editors/config.json', 'GET /editors/config.json'],
  ['GET', '/editors/other', 'GET /editors/{id}'],
  ['POST', '/editors/other', 'ANY /editors/{proxy+}'],
  ['GET', '/editors/issues/a-slug', 'ANY /editors/{proxy+}'],
  ['PUT', '/editors/issues/a-slug', 'PUT /editors/issues/{slug}'],
  ['HEAD', '/editors', '$default'],
  ['GET', '/editors/', '$default'],
  ['GET', '/', '$default'],
])('%s %s is answered by %s', (method, path, key) => {
  expect(chosen(method, path)).toBe(key);
});

test('variables are named, a greedy one takes the rest', () => {
  expect(matchRoute(routes, 'PUT', '/editors/issues/a-slug')?.pathParameters).toEqual({ slug: 'a-slug' });
  expect(matchRoute(routes, 'POST', '/editors/issues/a-slug/queue')?.pathParameters).toEqual({ proxy: 'issues/a-slug/queue' });
});

test('without a default there may be no answer', () => {
  expect(matchRoute([{ key: 'GET /a' }], 'GET', '/b')).toBeUndefined();
});
