import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { uploadedFile } from '../../functions/api/issues/upload-body.ts';

const upload = (sent: Parameters<typeof uploadedFile>[0], apart?: Uint8Array) => uploadedFile(sent, { uploadedApart: async () => apart });

const request = (type: string, body: string | Uint8Array, query = '') => ({
  method: 'POST',
  path: '/api/v1/issues',
  params: {},
  query: new URLSearchParams(query),
  headers: { 'content-type': type },
  body: Buffer.from(body),
  sourceAddress: '203.0.113.7',
  claims: {},
});

/** A form as other programs than browsers write it. */
const rawForm = (disposition: string, content = '# 周报', headers = '') =>
  request('multipart/form-data; boundary=x', `--x\r\nContent-Disposition: ${disposition}\r\n${headers}\r\n${content}\r\n--x--\r\n`);

async function browserForm(file: File) {
  const form = new FormData();
  form.append('file', file);
  const encoded = new Response(form);
  return request(encoded.headers.get('content-type') ?? '', new Uint8Array(await encoded.arrayBuffer()));
}

const textOf = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString('utf8');

test('a form from a browser gives the file’s own bytes', async () => {
  const bytes = Uint8Array.from({ length: 512 }, (_, n) => n % 256);

  const file = await upload(await browserForm(new File([bytes], '周报 第 1 期.html', { type: 'text/html' })));

  expect(file).toMatchObject({ bytes, images: [], name: '周报 第 1 期.html' });
});

test('what a file is called comes with the form, in the archive, or beside the bytes', async () => {
  const archive = zipSync({ 'letters/2025-03-04-rain.md': strToU8('# Rain') });

  const names = [
    await upload(request('text/markdown', '# Rain', 'filename=rain%20and%20roses.md')),
    await upload(request('application/zip', archive, 'filename=export.zip')),
    await upload(request('text/markdown', '# Rain')),
  ].map(({ name }) => name);

  expect(names).toEqual(['rain and roses.md', 'letters/2025-03-04-rain.md', undefined]);
});

test('a field without a file name is the text itself', async () => {
  expect(textOf(await upload(rawForm('form-data; name="file"')))).toBe('# 周报');
});

test('a raw body is the file; JSON is a file like any other', async () => {
  const raw = await upload(request('text/markdown; charset=utf-8', '# 周报', `filename=${encodeURIComponent('周报.md')}`));
  const json = await upload(request('application/json', '{"title":"周报"}'));

  expect(textOf(raw)).toBe('# 周报');
  expect(textOf(json)).toBe('{"title":"周报"}');
});

test.each([
  ['nothing at all', request('text/plain', ''), 'empty_request', /empty/],
  ['an empty file', rawForm('form-data; name="file"; filename="a.md"', ''), 'empty_file', /empty/],
  ['another field', rawForm('form-data; name="upload"; filename="a.md"'), 'no_file_field', /no field “file”, only: upload/],
  ['a form without boundary', request('multipart/form-data', 'file=x'), 'unreadable_form', /form/],
  ['a torn form', request('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-da'), 'unreadable_form', /form/],
  [
    'more than 4 MB',
    request('text/plain', Buffer.alloc(4 * 1024 * 1024 + 1)),
    'request_too_large',
    /4 MB fit into one request. POST \/api\/v1\/uploads/,
  ],
])('%s is refused with what would do', async (_what, sent, code, words) => {
  await expect(upload(sent)).rejects.toMatchObject({ name: 'Refusal', code, message: expect.stringMatching(words) });
});

async function formOf(...parts: [name: string, file: File][]) {
  const form = new FormData();
  for (const [name, file] of parts) form.append(name, file);
  const encoded = new Response(form);
  return request(encoded.headers.get('content-type') ?? '', new Uint8Array(await encoded.arrayBuffer()));
}

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

test('pictures come beside the file, as many as there are, and are part of what it is', async () => {
  const [file, one] = [new File(['# 周报'], 'a.md'), new File([gif], 'img/一.gif')];

  const alone = await upload(await formOf(['file', file]));
  const together = await upload(await formOf(['file', file], ['images', one], ['images', new File([gif], '二.gif')]));

  expect(together.images.map(({ path }) => path)).toEqual(['img/一.gif', '二.gif']);
  expect(together.hash).not.toBe(alone.hash);
});

test.each([
  ['as the body', (zip: Uint8Array) => request('application/zip', zip)],
  ['uploaded apart', () => request('application/json', '{"uploadId":"b7a4ab0c-5d8a-4a4c-9a3c-2d2b3f1f0a11"}')],
])('a ZIP gives the file and its pictures: %s', async (_what, sent) => {
  const zip = zipSync({ 'week/issue.md': strToU8('# 周报'), 'week/a.gif': gif });

  const file = await upload(sent(zip), zip);

  expect(textOf(file)).toBe('# 周报');
  expect(file).toMatchObject({ path: 'week/issue.md', images: [{ path: 'week/a.gif' }] });
});

test('an upload that never arrived is not found', async () => {
  const sent = request('application/json', '{"uploadId":"b7a4ab0c-5d8a-4a4c-9a3c-2d2b3f1f0a11"}');

  await expect(upload(sent)).rejects.toMatchObject({ code: 'upload_not_found', values: { days: 1 } });
});
