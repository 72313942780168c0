import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { noise, picture } from '../issues/images/pictures.ts';
import { endRun } from './end-run.ts';

let run: LocalRun;
let visitor: NewsletterVisitor;
beforeAll(async () => {
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
});
afterAll(() => endRun(run));

type Issue = {
  slug: string;
  cover: string | null;
  images: { url: string; state: string; width?: number; height?: number }[];
  warnings: { code: string }[];
};
type Presigned = { uploadId: string; url: string; fields: Record<string, string> };

const heic = readFileSync(new URL('../fixtures/images/colours.heic', import.meta.url));

async function sendForm(form: FormData): Promise<Response> {
  const encoded = new Response(form);
  return visitor.asEditor('POST', '/api/v1/issues', {
    text: new Uint8Array(await encoded.arrayBuffer()),
    type: encoded.headers.get('content-type') ?? '',
  });
}

const sendJson = (path: string, body: unknown) => visitor.asEditor('POST', path, { text: JSON.stringify(body), type: 'application/json' });

async function sendApart({ url, fields }: Presigned, file: Uint8Array): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(file)]));
  return fetch(url, { method: 'POST', body: form, headers: { origin: run.origin } });
}

/** The address a picture has, as a browser here reaches it. */
const here = (address: string) => new URL(new URL(address).pathname, run.origin);

test('pictures beside a file are ours in the answer, open under their own address, and may be kept for ever', async () => {
  const form = new FormData();
  form.append(
    'file',
    new File(['---\ntitle: 带图的一期\ndate: 2026-11-20\n---\n看图：\n\n![甲](img/a.webp)\n\n![乙](img/b.heic)'], 'issue.md'),
  );
  form.append('images', new File([new Uint8Array(await picture(1600, 800, 'webp'))], 'img/a.webp'));
  form.append('images', new File([new Uint8Array(heic)], 'img/b.heic'));

  const answer = await sendForm(form);
  const issue = (await answer.json()) as Issue;
  const pictures = await Promise.all(issue.images.map(({ url }) => fetch(here(url))));

  expect(answer.status).toBe(201);
  expect(issue.images).toMatchObject([
    { state: 'kept', width: 1200, height: 600 },
    { state: 'kept', width: 96, height: 64 },
  ]);
  for (const { status, headers } of pictures) {
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  const preview = await (await visitor.asEditor('GET', `/api/v1/issues/${issue.slug}/preview.html`)).text();
  for (const { url } of issue.images) expect(preview).toContain(`src="${url}"`);
  expect(preview).toMatch(/width="528" height="264"/);
});

test('a ZIP of more than 4 MB goes past the API, and S3 takes no byte more than was announced', async () => {
  const zip = zipSync(
    {
      'weekly/issue.md': strToU8('---\ntitle: 大的一期\ndate: 2026-11-21\n---\n看图：![甲](photo.png)'),
      'weekly/photo.png': await noise(1500, 1000, 'png'),
    },
    { level: 0 },
  );
  const announced = (await (
    await sendJson('/api/v1/uploads', { filename: '周报.zip', type: 'application/zip', size: zip.length })
  ).json()) as Presigned;

  const tooMuch = await sendApart(announced, Buffer.concat([zip, Buffer.alloc(1)]));
  const early = await sendJson('/api/v1/issues', { uploadId: announced.uploadId });
  const sent = await sendApart(announced, zip);
  const issue = (await (await sendJson('/api/v1/issues', { uploadId: announced.uploadId })).json()) as Issue;

  expect(zip.length).toBeGreaterThan(4 * 1024 * 1024);
  expect([tooMuch.status, await tooMuch.text()]).toEqual([400, expect.stringContaining('EntityTooLarge')]);
  expect(early.status).toBe(404);
  expect(sent.ok).toBe(true);
  expect(sent.headers.get('access-control-allow-origin')).toBe(run.origin);
  expect(issue.images).toMatchObject([{ state: 'kept', width: 1200, height: 800 }]);
  expect((await fetch(here(issue.images[0]?.url ?? ''))).status).toBe(200);
});

test('pictures on the web that nobody can reach keep their address and a warning, and no digest waits for them', async () => {
  const sample = readFileSync(new URL('../../infra/local/demo/sample-issue.txt', import.meta.url));
  const { slug, ...before } = (await (await visitor.upload(sample, 'issue.txt')).json()) as Issue;
  await visitor.becomeReader('ada@example.com');
  await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
  const begun = performance.now();

  await visitor.fire('weekly-digest', '2026-11-27T01:00:00Z');
  await visitor.idle();
  const after = (await (await visitor.asEditor('GET', `/api/v1/issues/${slug}`)).json()) as Issue;

  expect(performance.now() - begun).toBeLessThan(60_000);
  expect(new Set(before.images.map(({ state }) => state))).toEqual(new Set(['pending']));
  expect(after.images.map(({ url, state }) => [url, state])).toEqual(before.images.map(({ url }) => [url, 'failed']));
  expect(after.warnings.map(({ code }) => code)).toContain('image_failed');
  expect((await visitor.digest('2026-11-27T0100Z'))?.report).toMatchObject({ audience: 1, submitted: 1 });
});

test('a file that is too large is refused before anything is sent', async () => {
  const answer = await sendJson('/api/v1/uploads', { filename: 'a.zip', type: 'application/zip', size: 41 * 1024 * 1024 });

  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ code: 'file_too_large' });
});
