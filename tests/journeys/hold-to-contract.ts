import { expectContract, routeOf } from '../api/expect-contract.ts';

/** Every answer of the API that a journey gets is one that the description of the API knows. Gateways answer 5xx in forms of their own. */
const ask = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const response = await ask(input, init);
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  const method = (init?.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase();
  const path = pathname.startsWith('/api/v1/') ? routeOf(method, pathname) : undefined;
  if (path === undefined || response.status >= 500) return response;
  const { status, headers } = response;
  expectContract(method, path, { status, headers: Object.fromEntries(headers), body: await response.clone().text() });
  return response;
};
