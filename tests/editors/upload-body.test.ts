import { expect, test } from 'vitest';
import { uploadedFile } from '../../functions/editors/upload-body.ts';

const request = (type: string, body: string | Uint8Array, query = '') => ({
  method: 'POST',
  path: '/editors/issues',
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

test('a form from a browser gives the file’s own bytes, its name and its type', async () => {
  const bytes = Uint8Array.from({ length: 512 }, (_, n) => n % 256);

  const file = await uploadedFile(await browserForm(new File([bytes], '周报 第 1 期.html', { type: 'text/html' })));

  expect(file).toEqual({ bytes, name: '周报 第 1 期.html', type: 'text/html' });
});

test('Chinese file names arrive however a program writes them', async () => {
  const names = await Promise.all(
    ['filename="周报.md"', "filename*=UTF-8''%E5%91%A8%E6%8A%A5.md", 'filename="C:\\\\drafts\\\\周报.md"', 'filename="../周报.md"'].map(
      async (name) => (await uploadedFile(rawForm(`form-data; name="file"; ${name}`))).name,
    ),
  );

  expect(names).toEqual(['周报.md', '周报.md', '周报.md', '周报.md']);
});

test('a field without a file name is the text itself', async () => {
  expect(textOf(await uploadedFile(rawForm('form-data; name="file"')))).toBe('# 周报');
});

test('a raw body is the file, named by its query; JSON is a file like any other', async () => {
  const raw = await uploadedFile(request('text/markdown; charset=utf-8', '# 周报', `filename=${encodeURIComponent('周报.md')}`));
  const json = await uploadedFile(request('application/json', '{"title":"周报"}'));

  expect(raw).toMatchObject({ name: '周报.md', type: 'text/markdown; charset=utf-8' });
  expect(textOf(json)).toBe('{"title":"周报"}');
});

test.each([
  ['nothing at all', request('text/plain', ''), 'invalid_request', /empty/],
  ['an empty file', rawForm('form-data; name="file"; filename="a.md"', ''), 'invalid_request', /empty/],
  ['another field', rawForm('form-data; name="upload"; filename="a.md"'), 'invalid_request', /no field “file”, only: upload/],
  ['a form without boundary', request('multipart/form-data', 'file=x'), 'invalid_request', /multipart/],
  ['a torn form', request('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-da'), 'invalid_request', /multipart/],
  ['more than 4 MB', request('text/plain', Buffer.alloc(4 * 1024 * 1024 + 1)), 'too_large', /4\.0 MB/],
])('%s is refused with what would do', async (_what, sent, code, words) => {
  await expect(uploadedFile(sent)).rejects.toMatchObject({ name: 'Refusal', code, message: expect.stringMatching(words) });
});
