import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openUpload } from '../../../functions/issues/formats/open-upload.ts';
import { animation } from './pictures.ts';

const gif = animation(4, 3, 1);
const text = strToU8('# 周报\n\n![](img/a.gif)');

test('an archive is the text in it and the pictures beside, under the names it gives them', async () => {
  const upload = await openUpload(
    zipSync({ 'weekly/issue.md': text, 'weekly/img/a.gif': gif, 'weekly/README.md': text, '__MACOSX/._issue.md': text, '.DS_Store': text }),
  );

  expect(Buffer.from(upload.bytes)).toEqual(Buffer.from(text));
  expect(upload).toMatchObject({ path: 'weekly/issue.md', images: [{ path: 'weekly/img/a.gif' }] });
  expect(Buffer.from(upload.images[0]?.bytes ?? [])).toEqual(Buffer.from(gif));
});

test('the text nearest to the top is the issue', async () => {
  expect(await openUpload(zipSync({ 'issue.html': text, 'notes/old.md': text }))).toMatchObject({ path: 'issue.html', images: [] });
});

test('names that a Chinese Windows wrote are read', async () => {
  const archive = Buffer.from(zipSync({ 'aaaa.md': text }, { level: 0 }));
  const name = Buffer.from([0xd6, 0xdc, 0xb1, 0xa8]);
  for (let at = archive.indexOf('aaaa'); at >= 0; at = archive.indexOf('aaaa')) name.copy(archive, at);

  expect(await openUpload(archive)).toMatchObject({ path: '周报.md' });
});

test.each(['../issue.md', 'a/../../issue.md', '/etc/issue.md', 'C:\\issue.md', '..\\issue.md'])(
  '%s leads out of the archive and is refused',
  async (path) => {
    await expect(openUpload(zipSync({ [path]: text }))).rejects.toMatchObject({
      code: 'archive_path',
      values: { path },
    });
  },
);

test('an archive in the archive stays closed', async () => {
  const upload = await openUpload(zipSync({ 'issue.md': text, 'more.zip': zipSync({ 'a.gif': gif }) }));

  expect(upload.images).toEqual([]);
});

test('a bomb is not set off: neither one that says its size, nor one that lies', async () => {
  const bomb = zipSync({ 'issue.md': text, 'bomb.bin': new Uint8Array(20 * 1024 * 1024) }, { level: 9 });
  const lying = Buffer.from(bomb);
  const entry = lying.lastIndexOf('bomb.bin') - 46;
  lying.writeUInt32LE(1_000, entry + 24);

  await expect(openUpload(bomb)).rejects.toMatchObject({ code: 'archive_ratio', values: { path: 'bomb.bin' } });
  await expect(openUpload(lying)).rejects.toMatchObject({
    code: 'archive_entry_damaged',
    values: { path: 'bomb.bin' },
  });
});

test('many entries that are harmless alone are too much together', async () => {
  const archive = Buffer.from(zipSync(Object.fromEntries([1, 2].map((n) => [`${n}.bin`, strToU8(String(n).repeat(2_000))]))));
  for (const name of ['1.bin', '2.bin']) archive.writeUInt32LE(60 * 1024 * 1024, archive.lastIndexOf(name) - 46 + 24);

  await expect(openUpload(archive)).rejects.toMatchObject({ code: 'archive_too_large' });
});

test('more than ten thousand entries are not looked at', async () => {
  const entries = Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [`${n}.txt`, new Uint8Array()]));

  await expect(openUpload(zipSync(entries, { level: 0 }))).rejects.toMatchObject({ message: expect.stringContaining('10000 entries') });
});

test.each([
  ['no text', { 'a.gif': gif }, /no text/],
  ['several texts', { 'a.md': text, 'b.md': text }, /several texts/],
  ['an Office document', { '[Content_Types].xml': text, 'xl/workbook.xml': text }, /Office/],
])('an archive with %s is refused and says so', async (_what, files, words) => {
  await expect(openUpload(zipSync(files))).rejects.toMatchObject({ name: 'Refusal', message: expect.stringMatching(words) });
});

test('a torn archive is refused wherever it is torn', async () => {
  const archive = zipSync({ 'issue.md': text, 'a.gif': gif });

  for (const length of [30, 60, archive.length - 60, archive.length - 30, archive.length - 4])
    await expect(openUpload(archive.subarray(0, length)), String(length)).rejects.toMatchObject({ name: 'Refusal' });
});
