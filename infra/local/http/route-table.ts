/** A route of an HTTP API: `GET /editors/{id}`, `ANY /editors/{proxy+}` or `$default`. */
export type RouteKey = { key: string };

export type RouteMatch<Route extends RouteKey> = { route: Route; pathParameters: Record<string, string> };

/**
 * The route that answers a request, by API Gateway's precedence: a path that matches as a whole, then one with
 * variables, then a greedy one, then `$default`; its own method before `ANY`.
 */
export function matchRoute<Route extends RouteKey>(routes: readonly Route[], method: string, path: string): RouteMatch<Route> | undefined {
  let best: (RouteMatch<Route> & { rank: string }) | undefined;
  for (const route of routes) {
    const match = rankedMatch(route.key, method, path);
    if (match && (!best || match.rank > best.rank)) best = { route, ...match };
  }
  return best && { route: best.route, pathParameters: best.pathParameters };
}

/** The rank sorts as text: a letter per segment, the later in the alphabet the more exact, then the method. */
function rankedMatch(key: string, method: string, path: string) {
  if (key === '$default') return { rank: '', pathParameters: {} };
  const [routeMethod = '', routePath = ''] = key.split(' ');
  if (routeMethod !== 'ANY' && routeMethod !== method) return undefined;
  const pathParameters: Record<string, string> = {};
  const [wanted, given] = [routePath.split('/').slice(1), path.split('/').slice(1)];
  let rank = '';
  for (const [n, segment] of wanted.entries()) {
    const greedy = /^\{(.+)\+\}$/.exec(segment)?.[1];
    const variable = /^\{(.+)\}$/.exec(segment)?.[1];
    const rest = given.slice(n).join('/');
    if (greedy) {
      if (!rest) return undefined;
      pathParameters[greedy] = rest;
      return { rank: `${rank}a${routeMethod === 'ANY' ? 'a' : 'b'}`, pathParameters };
    }
    if (variable) {
      if (!given[n]) return undefined;
      pathParameters[variable] = given[n];
      rank += 'b';
    } else {
      if (given[n] !== segment) return undefined;
      rank += 'c';
    }
  }
  if (given.length !== wanted.length) return undefined;
  return { rank: `${rank}${routeMethod === 'ANY' ? 'a' : 'b'}`, pathParameters };
}
