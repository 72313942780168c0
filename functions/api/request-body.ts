import type { HttpRequest } from '../platform/http.ts';
import { Refusal } from '../platform/refusal.ts';

/** The JSON object in a request, or an empty one when it has no body. */
export function jsonBody({ body }: HttpRequest): unknown {
  const text = Buffer.from(body).toString('utf8').trim();
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal('not_json');
  }
}
