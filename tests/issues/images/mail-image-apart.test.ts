import { expect, test } from 'vitest';
import { mailImage } from '../../../functions/issues/images/mail-image.ts';
import { mailImageApart } from '../../../functions/issues/images/mail-image-apart.ts';
import { noise, picture } from './pictures.ts';

test('a picture is made in a thread of its own as it is made here', async () => {
  const bytes = await picture(1_600, 900, 'png');

  const [apart, here] = await Promise.all([mailImageApart(bytes), mailImage(bytes)]);

  expect({ ...apart, bytes: Buffer.from(apart.bytes) }).toEqual({ ...here, bytes: Buffer.from(here.bytes) });
});

test('a picture that takes too long is given up, and the next one is made', async () => {
  const slow = await noise(3_000, 3_000, 'png');
  const quick = await picture(30, 20, 'jpg');

  const both = await Promise.allSettled([mailImageApart(slow, 1), mailImageApart(quick)]);

  expect(both).toMatchObject([
    { status: 'rejected', reason: { name: 'ImageFailure', reason: 'takes_too_long' } },
    { status: 'fulfilled', value: { width: 30, height: 20 } },
  ]);
});

test('a refusal keeps its reason, and the thread goes on', async () => {
  const refused = mailImageApart(Buffer.from('<!doctype html><title>404</title>'));

  await expect(refused).rejects.toMatchObject({ name: 'ImageFailure', reason: 'not_a_picture' });
  expect(await mailImageApart(await picture(30, 20, 'gif'))).toMatchObject({ extension: 'gif' });
});
