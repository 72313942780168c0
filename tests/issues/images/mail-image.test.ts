import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { libvips } from '../../../functions/issues/images/codecs.ts';
import { mailImage } from '../../../functions/issues/images/mail-image.ts';
import { sniffImage } from '../../../functions/issues/images/sniff-image.ts';
import { withoutMetadata } from '../../../functions/issues/images/without-metadata.ts';
import { animation, noise, picture } from './pictures.ts';

test.each([
  ['a JPEG', 'jpg'],
  ['a PNG', 'png'],
  ['a GIF', 'gif'],
] as const)('%s of a handy size stays as it is, to the byte', async (_what, kind) => {
  const bytes = new Uint8Array(withoutMetadata(await picture(300, 200, kind), kind));

  const image = await mailImage(bytes);

  expect({ ...image, bytes: new Uint8Array(image.bytes) }).toEqual({ bytes, extension: kind, width: 300, height: 200 });
});

test.each([
  ['WebP', 'webp', 'jpg'],
  ['AVIF', 'avif', 'jpg'],
] as const)('%s, which Outlook does not show, becomes JPEG', async (_what, kind, becomes) => {
  const image = await mailImage(await picture(300, 200, kind));

  expect(image).toMatchObject({ extension: becomes, width: 300, height: 200 });
  expect(await sniffImage(image.bytes)).toBe(becomes);
});

test('HEIC, which only Apple shows, becomes JPEG', async () => {
  const image = await mailImage(readFileSync(new URL('../../fixtures/images/colours.heic', import.meta.url)));

  expect(image).toMatchObject({ extension: 'jpg', width: 96, height: 64 });
  expect(await sniffImage(image.bytes)).toBe('jpg');
});

test('WebP through which the page shows becomes PNG', async () => {
  expect(await mailImage(await picture(300, 200, 'webp', { alpha: true }))).toMatchObject({ extension: 'png', width: 300, height: 200 });
});

test.each([
  ['wide', 2400, 1600, 1200, 800],
  ['upright', 1600, 2400, 800, 1200],
  ['long as an infographic, and still as wide as a mail', 1000, 5000, 600, 3000],
])('a picture that is too large is scaled down: %s', async (_what, width, height, toWidth, toHeight) => {
  const image = await mailImage(await picture(width, height, 'jpg'));

  expect(image).toMatchObject({ extension: 'jpg', width: toWidth, height: toHeight });
});

test('a picture of more than 1 MB is made lighter even when it is small enough', async () => {
  const bytes = await noise(1_100, 900, 'png');
  expect(bytes.length).toBeGreaterThan(1_000_000);

  const image = await mailImage(bytes);

  expect(image.bytes.length).toBeLessThanOrEqual(1_000_000);
});

test('an animation stays as it is', async () => {
  const bytes = animation(40, 30, 3);

  const image = await mailImage(bytes);

  expect({ ...image, bytes: new Uint8Array(image.bytes) }).toEqual({ bytes, extension: 'gif', width: 40, height: 30 });
});

test('a photograph that a camera laid on its side stands upright, and says no more where it was taken', async () => {
  const bytes = await picture(300, 200, 'jpg', { orientation: 6 });

  const image = await mailImage(bytes);

  expect(image).toMatchObject({ width: 200, height: 300 });
  const { Image } = await libvips();
  expect(Image.newFromBuffer(image.bytes, '').getTypeof('exif-data')).toBe(0);
});

test.each([
  ['a page', '<!doctype html><title>404</title>', 'not_a_picture'],
  ['an SVG', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'svg'],
  ['an SVG after a comment', '<!-- drawn --><svg onload="alert(1)">', 'svg'],
  ['nothing', '', 'not_a_picture'],
])('%s is no picture for a mail, whatever its name', async (_what, text, reason) => {
  await expect(mailImage(Buffer.from(text))).rejects.toMatchObject({ name: 'ImageFailure', reason });
});

test('a torn picture is not kept', async () => {
  const bytes = await picture(800, 600, 'jpg');

  await expect(mailImage(bytes.subarray(0, bytes.length / 2))).rejects.toMatchObject({ reason: 'unreadable' });
});

test('a picture that claims more pixels than anybody has is not opened', async () => {
  const bytes = Buffer.from(await picture(10, 10, 'png'));
  bytes.writeUInt32BE(100_000, 16);
  bytes.writeUInt32BE(100_000, 20);

  await expect(mailImage(bytes)).rejects.toMatchObject({ name: 'ImageFailure' });
});

/** The header of a PNG that says another size than its pixels have. */
async function claiming(width: number, height: number) {
  const bytes = Buffer.from(await picture(10, 10, 'png'));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

test.each([
  ['a line of a million pixels', 1_000_000, 1, 'side_too_long'],
  ['a column of 20,001', 2, 20_001, 'side_too_long'],
  ['a square of 100 million', 10_000, 10_000, 'too_many_pixels'],
])('%s is refused by what it says of itself, before a pixel is decoded', async (_what, width, height, reason) => {
  await expect(mailImage(await claiming(width, height))).rejects.toMatchObject({ name: 'ImageFailure', reason });
});

test('an animation is refused by the pixels of all its frames', async () => {
  await expect(mailImage(animation(2_000, 2_000, 16))).rejects.toMatchObject({ reason: 'too_many_pixels' });
});

test('what a codec says of a torn picture is cut short', async () => {
  const bytes = await picture(800, 600, 'jpg');
  const failure = await mailImage(bytes.subarray(0, bytes.length / 2)).catch((error: unknown) => error as Error);

  expect(String((failure as Error & { cause: Error }).cause.message).length).toBeLessThanOrEqual(200);
});
