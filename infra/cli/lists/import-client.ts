import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportAnswer } from '../../../functions/api/lists/import-answer.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';

type ImportClientServices = Pick<Context, 'sleep' | 'terminal' | 'words'> & { url: string; token: string };

/** The part of the API that imports lists, as an editor’s program uses it. */
export class ImportClient {
  readonly #services: ImportClientServices;
  constructor(services: ImportClientServices) {
    this.#services = services;
  }

  /** @throws CliError `server_refused`, in the server's words */
  async ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const { url, token } = this.#services;
    const response = await fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as Answer;
    const detail = text.startsWith('{') ? (JSON.parse(text) as { detail?: string }).detail : text.slice(0, 200);
    throw cannot('server_refused', { message: `${response.status}: ${detail}` });
  }

  async upload(path: string): Promise<string> {
    const bytes = await readFile(path);
    type Form = { uploadId: string; url: string; fields: Record<string, string> };
    const wanted = { filename: basename(path), size: bytes.length, for: 'import' };
    const { uploadId, url, fields } = await this.ask<Form>('POST', '/api/v1/uploads', wanted);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([bytes]));
    const { ok, status } = await fetch(url, { method: 'POST', body: form });
    if (!ok) throw cannot('server_refused', { message: `${status}, ${new URL(url).host}` });
    return uploadId;
  }

  async once(id: string, is: (answer: ImportAnswer) => boolean): Promise<ImportAnswer> {
    const { sleep, terminal, words } = this.#services;
    for (let told = -1; ; await sleep(1_000)) {
      const answer = await this.ask<ImportAnswer>('GET', `/api/v1/imports/${id}`);
      const { progress } = answer;
      if (progress && progress.rows !== told) terminal.say(words.import.progress(progress));
      told = progress?.rows ?? told;
      if (is(answer)) return answer;
    }
  }
}
