import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { CliError, cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import { type Connection, connectionOf } from './connection.ts';

const Problem = z.object({
  code: z.string(),
  detail: z.string(),
  values: z.record(z.string(), z.unknown()).default({}),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});
type Problem = z.infer<typeof Problem>;

type Sent = { query?: Record<string, string | undefined>; json?: object; body?: BodyInit; version?: number };

const mostTries = 4;

/** The API of one newsletter. What may have failed on its way is repeated, with one Idempotency-Key, so that it is done once. */
export class NewsletterClient {
  readonly url: string;
  readonly #key: string;
  readonly #context: Pick<Context, 'fetch' | 'sleep'>;
  constructor({ url, key }: Connection, context: Pick<Context, 'fetch' | 'sleep'>) {
    this.url = url;
    this.#key = key;
    this.#context = context;
  }

  get = <Answer>(path: string, query: Sent['query'] = {}) => this.#json<Answer>('GET', path, { query });
  post = <Answer>(path: string, sent: Sent = {}) => this.#json<Answer>('POST', path, sent);
  put = <Answer>(path: string, sent: Sent = {}) => this.#json<Answer>('PUT', path, sent);

  async text(path: string, query: Sent['query'] = {}): Promise<string> {
    return (await this.#ask('GET', path, { query })).text();
  }

  /** Every page of a list. */
  async *all<Name extends string, Each>(path: string, name: Name): AsyncGenerator<Each> {
    let before: string | null = null;
    do {
      const page: Record<Name, Each[]> & { before: string | null } = await this.get(path, { limit: '200', before: before ?? undefined });
      yield* page[name];
      before = page.before;
    } while (before !== null);
  }

  /** Puts a file where the newsletter wants large ones. */
  async apart(bytes: Uint8Array, about: { filename: string; for: 'issue' | 'import' }): Promise<string> {
    type Place = { uploadId: string; url: string; fields: Record<string, string> };
    const { uploadId, url, fields } = await this.post<Place>('/api/v1/uploads', { json: { ...about, size: bytes.length } });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([Buffer.from(bytes)]));
    const { ok, status } = await this.#context.fetch(url, { method: 'POST', body: form });
    if (!ok) throw refused(status, { code: 'upload_failed', detail: new URL(url).host, values: {}, errors: [] });
    return uploadId;
  }

  async #json<Answer>(method: string, path: string, sent: Sent): Promise<Answer> {
    return (await this.#ask(method, path, sent)).json() as Promise<Answer>;
  }

  async #ask(method: string, path: string, { query = {}, json, body, version }: Sent): Promise<Response> {
    const address = new URL(path, this.url);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
    const headers = {
      authorization: `Bearer ${this.#key}`,
      'user-agent': 'periodical-cli',
      ...(json && { 'content-type': 'application/json' }),
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    };
    // A redirect would take the key along.
    const request = { method, headers, redirect: 'manual' as const, body: json ? JSON.stringify(json) : (body ?? null) };
    for (let tried = 1; ; tried += 1) {
      const response = await this.#context.fetch(address, request).catch((error: unknown) => {
        if (tried === mostTries) throw cannot('newsletter_not_reached', { url: this.url, fault: faultOf(error) }, { cause: error });
        return undefined;
      });
      if (response?.ok) return response;
      const problem = response && (await problemIn(response));
      if (response && problem && (tried === mostTries || !mayPass(response.status, problem))) throw refused(response.status, problem);
      await this.#context.sleep(500 * 2 ** tried);
    }
  }
}

/** A PUT is repeated, too: it says what is to be, and `If-Match` refuses what was done meanwhile. */
const mayPass = (status: number, { code }: Problem) => status === 429 || status >= 500 || code === 'request_in_progress';

async function problemIn(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    return Problem.parse(JSON.parse(text));
  } catch {
    return { code: `http_${response.status}`, detail: text.slice(0, 200), values: {}, errors: [] };
  }
}

const refused = (status: number, { code, detail, values, errors }: Problem) =>
  cannot('newsletter_refused', { status, code, detail, values, errors: errors.map(({ path, message }) => `${path}: ${message}`) });

const faultOf = (error: unknown) => {
  const { message = String(error), cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.code ?? cause?.message ?? message;
};

type Refused = { status: number; code: string; detail: string; values: Record<string, unknown>; errors: readonly string[] };

/** What the newsletter said, if it was it that said no. */
export const refusalIn = (error: unknown): Refused | undefined =>
  error instanceof CliError && error.code === 'newsletter_refused' ? (error.values as Refused) : undefined;

export const clientOf = (context: Context) => new NewsletterClient(connectionOf(context), context);
