import { setTimeout as wait } from 'node:timers/promises';
import type { ImportAnswer } from '../../functions/api/lists/import-answer.ts';
import { declarationVersion } from '../../functions/imports/declaration.ts';
import type { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';

/** An editor's request and its JSON. */
export async function asked<Answer>(visitor: NewsletterVisitor, method: string, path: string, body?: unknown): Promise<Answer> {
  const json = body === undefined ? undefined : { text: JSON.stringify(body), type: 'application/json' };
  const response = await visitor.asEditor(method, path, json);
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Puts a list into the bucket through the presigned form, as a browser does, and has it looked at. */
export async function lookedAt(visitor: NewsletterVisitor, list: string): Promise<ImportAnswer> {
  const bytes = Buffer.from(list);
  const upload = { filename: 'list.csv', size: bytes.length, for: 'import' };
  type Form = { uploadId: string; url: string; fields: Record<string, string> };
  const { uploadId, url, fields } = await asked<Form>(visitor, 'POST', '/api/v1/uploads', upload);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([bytes]));
  const { status } = await fetch(url, { method: 'POST', body: form });
  if (status >= 300) throw new Error(`The upload answered ${status}.`);
  const { id } = await asked<ImportAnswer>(visitor, 'POST', '/api/v1/imports', { uploadId, filename: 'list.csv' });
  return until(visitor, id, ({ state }) => state === 'checked');
}

export const started = (visitor: NewsletterVisitor, id: string) =>
  asked<ImportAnswer>(visitor, 'POST', `/api/v1/imports/${id}/start`, {
    wording: declarationVersion,
    locale: 'en',
    origin: 'the form of our old weekly',
  });

/** The import once it is so. */
export async function until(
  visitor: NewsletterVisitor,
  id: string,
  so: (answer: ImportAnswer) => boolean,
  seconds = 120,
): Promise<ImportAnswer> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; await wait(200)) {
    const answer = await asked<ImportAnswer>(visitor, 'GET', `/api/v1/imports/${id}`);
    if (so(answer)) return answer;
  }
  throw new Error(`The import is not so after ${seconds} seconds.`);
}

/** All of it, from the file to the last row. */
export async function broughtIn(visitor: NewsletterVisitor, list: string): Promise<ImportAnswer> {
  const { id } = await lookedAt(visitor, list);
  await started(visitor, id);
  return until(visitor, id, ({ state }) => state === 'finished');
}
