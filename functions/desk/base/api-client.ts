import { Problem, problemFrom } from './api-problem.ts';
import { personIn, renewed, type Session, type SignInConfig } from './desk-sign-in.ts';
import { type Transfer, transfer } from './transfer.ts';

/** What goes along with a change: its body, and the version it is meant for (RFC 9110 §13.1.1). */
export type Change = { body?: unknown; version?: number | undefined };

/** The editors' HTTP contract, as the person who is signed in may use it. The token leaves in one header and nowhere else. */
export class Api {
  #session: Session;
  readonly #config: SignInConfig;
  readonly #onSignedOut: () => void;

  constructor(config: SignInConfig, session: Session, onSignedOut: () => void) {
    this.#config = config;
    this.#session = session;
    this.#onSignedOut = onSignedOut;
  }

  /** The id by which records know the person who is signed in. */
  get personId(): string {
    return personIn(this.#session);
  }

  async get<Answer>(path: string): Promise<Answer> {
    return (await this.#fetch('GET', path)).json() as Promise<Answer>;
  }

  async post<Answer>(path: string, change: Change = {}): Promise<Answer> {
    return (await this.send<Answer>('POST', path, change)).answer;
  }

  async send<Answer>(method: 'POST' | 'PUT', path: string, change: Change): Promise<{ status: number; answer: Answer }> {
    const response = await this.#fetch(method, path, change);
    return { status: response.status, answer: (await response.json()) as Answer };
  }

  async remove(path: string, change: Change = {}): Promise<void> {
    await this.#fetch('DELETE', path, change);
  }

  async bytes(path: string): Promise<ArrayBuffer> {
    return (await this.#fetch('GET', path)).arrayBuffer();
  }

  /** Sends a form, telling how far it has come. */
  async sendForm<Answer>(
    { version, ...form }: Omit<Transfer, 'headers'> & Pick<Change, 'version'>,
    mayRenew = true,
  ): Promise<{ status: number; answer: Answer }> {
    const { status, text } = await transfer({ ...form, headers: this.#headers({ version }) });
    if (status >= 200 && status < 300) return { status, answer: JSON.parse(text) as Answer };
    if (status === 0) throw new Problem(0, { code: 'offline' });
    if (status === 401 && mayRenew && (await this.#renew())) return this.sendForm({ version, ...form }, false);
    if (status === 401) this.#onSignedOut();
    throw problemFrom(status, text);
  }

  async #fetch(method: string, path: string, change: Change = {}, mayRenew = true): Promise<Response> {
    const sent = { method, headers: this.#headers(change), ...(change.body !== undefined && { body: JSON.stringify(change.body) }) };
    const response = await fetch(path, { ...sent, cache: 'no-store' }).catch(() => {
      throw new Problem(0, { code: 'offline' });
    });
    if (response.ok) return response;
    if (response.status === 401 && mayRenew && (await this.#renew())) return this.#fetch(method, path, change, false);
    if (response.status === 401) this.#onSignedOut();
    throw problemFrom(response.status, await response.text());
  }

  #headers({ body, version }: Change): Record<string, string> {
    return {
      authorization: `Bearer ${this.#session.accessToken}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    };
  }

  async #renew(): Promise<boolean> {
    const session = await renewed(this.#config, this.#session);
    if (session) this.#session = session;
    return session !== undefined;
  }
}
