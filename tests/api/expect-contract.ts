import { deepStrictEqual } from 'node:assert';
import { routes } from '../../functions/api/api-routes.ts';
import { type AnswerName, answerSchemas } from '../../functions/api/contract/answers.ts';
import { operationOf } from '../../functions/api/contract/open-api.ts';

type Answered = { status: number; headers?: Record<string, string>; body?: string | Uint8Array };

/** Throws unless the description of the API says that a route answers so: status, type, and every member of the body. */
export function expectContract(method: string, path: string, { status, headers = {}, body }: Answered): void {
  const operation = operationOf(method, path);
  if (!operation || method === 'HEAD') return;
  const type = headers['content-type']?.split(';')[0];
  const answer = status >= 400 && status < 500 ? 'Problem' : (operation.answers as Record<number, string>)[status];
  const said = `${method} ${path} answers ${status} ${type ?? ''}`;
  if (answer === undefined) throw new Error(`${said}, which is not described.`);
  if (answer === 'none') return;
  const wanted = answer.includes('/') ? answer : answer === 'Problem' ? 'application/problem+json' : 'application/json';
  if (type !== wanted) throw new Error(`${said}, not ${wanted}.`);
  if (operation.etag && status < 300 && !headers.etag) throw new Error(`${said} without an ETag.`);
  if (answer.includes('/')) return;
  const json: unknown = JSON.parse(Buffer.from(body ?? '').toString('utf8'));
  const parsed = answerSchemas[answer as AnswerName].safeParse(json);
  if (!parsed.success) throw new Error(`${said}, which is no ${answer}: ${parsed.error.message}`);
  // Members that the schema does not know are gone, and those that it would add are there.
  deepStrictEqual(json, parsed.data, `${said} with other members than ${answer} has.`);
}

/** The route of the API that an address belongs to. */
export function routeOf(method: string, pathname: string): string | undefined {
  const pieces = pathname.split('/');
  const fits = (path: string) =>
    path.split('/').length === pieces.length && path.split('/').every((want, n) => want.startsWith('{') || want === pieces[n]);
  return routes.find((route) => route.method === method && fits(route.path))?.path;
}
