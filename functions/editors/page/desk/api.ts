import { renewed, type Session, type SignInConfig } from './sign-in.ts';

/** An answer that is not the wished one, in the server's words; `status` 0 when there was no answer at all. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

type Upload = { file: File; replacing?: string; onProgress: (share: number) => void };

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

  async get<Answer>(path: string): Promise<Answer> {
    return (await this.#fetch('GET', path)).json() as Promise<Answer>;
  }

  async post<Answer>(path: string): Promise<Answer> {
    return (await this.#fetch('POST', path)).json() as Promise<Answer>;
  }

  async remove(path: string): Promise<void> {
    await this.#fetch('DELETE', path);
  }

  async bytes(path: string): Promise<ArrayBuffer> {
    return (await this.#fetch('GET', path)).arrayBuffer();
  }

  /** `fetch` does not say how far an upload has come; XMLHttpRequest does. */
  upload<Answer>({ file, replacing, onProgress }: Upload): Promise<{ status: number; answer: Answer }> {
    const form = new FormData();
    form.append('file', file, file.name);
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(replacing ? 'PUT' : 'POST', replacing ? `/editors/issues/${replacing}` : '/editors/issues');
      request.setRequestHeader('authorization', `Bearer ${this.#session.accessToken}`);
      request.upload.addEventListener('progress', (event) => event.lengthComputable && onProgress(event.loaded / event.total));
      request.addEventListener('error', () => reject(new Problem(0, 'offline', '')));
      request.addEventListener('load', () => {
        if (request.status < 300) return resolve({ status: request.status, answer: JSON.parse(request.responseText) as Answer });
        if (request.status === 401) this.#onSignedOut();
        reject(problemFrom(request.status, request.responseText));
      });
      request.send(form);
    });
  }

  async #fetch(method: string, path: string, mayRenew = true): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#session.accessToken}` };
    const response = await fetch(path, { method, headers, cache: 'no-store' }).catch(() => {
      throw new Problem(0, 'offline', '');
    });
    if (response.ok) return response;
    if (response.status === 401) {
      const session = mayRenew ? await renewed(this.#config, this.#session) : undefined;
      if (session) {
        this.#session = session;
        return this.#fetch(method, path, false);
      }
      this.#onSignedOut();
    }
    throw problemFrom(response.status, await response.text());
  }
}

function problemFrom(status: number, body: string) {
  try {
    const { code, detail, message } = JSON.parse(body) as { code?: string; detail?: string; message?: string };
    return new Problem(status, code ?? 'unknown', detail ?? message ?? `HTTP ${status}`);
  } catch {
    return new Problem(status, 'unknown', `HTTP ${status}`);
  }
}
