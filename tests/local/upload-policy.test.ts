import { expect, test } from 'vitest';
import { refusedUpload, uploadForm } from '../../infra/local/emulators/upload-policy.ts';

const policyOf = (expiresIn: number) =>
  Buffer.from(
    JSON.stringify({
      expiration: new Date(Date.now() + expiresIn).toISOString(),
      conditions: [['content-length-range', 2, 4], { bucket: 'uploads' }, { key: 'uploads/1' }],
    }),
  ).toString('base64');

async function refusal(content: string, { key = 'uploads/1', bucket = 'uploads', expiresIn = 60_000, signed = true, last = true } = {}) {
  const form = new FormData();
  form.append('key', key);
  form.append('Policy', policyOf(expiresIn));
  if (signed) form.append('X-Amz-Signature', 'abc');
  form.append('file', new Blob([content]));
  if (!last) form.append('more', 'x');
  const encoded = new Response(form);
  return refusedUpload(await uploadForm(Buffer.from(await encoded.arrayBuffer()), encoded.headers.get('content-type') ?? '', bucket))?.code;
}

test('a form that keeps to its policy is taken', async () => {
  expect(await refusal('four')).toBeUndefined();
});

test.each([
  ['more bytes than were announced', 'fives', {}, 'EntityTooLarge'],
  ['fewer than the least', '1', {}, 'EntityTooSmall'],
  ['another key', 'four', { key: 'uploads/2' }, 'AccessDenied'],
  ['another bucket', 'four', { bucket: 'images' }, 'AccessDenied'],
  ['too late', 'four', { expiresIn: -1_000 }, 'AccessDenied'],
  ['without a signature', 'four', { signed: false }, 'AccessDenied'],
  ['fields after the file', 'four', { last: false }, 'InvalidArgument'],
])('%s: refused, as by S3', async (_what, content, form, code) => {
  expect(await refusal(content, form)).toBe(code);
});
