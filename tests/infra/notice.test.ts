import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noticeOf } from '../../infra/bundling/licence-notice.ts';
import { synthesized } from '../support/synthesized.ts';

const app = await synthesized();
const notice = readFileSync('NOTICE', 'utf8');

test('NOTICE names every package of which something is deployed (`npm run notice` writes it)', () => {
  expect(notice).toBe(noticeOf(app.metafile));
});

test('it names what a page runs in browsers and what is copied beside the functions, too', () => {
  for (const name of ['altcha-lib', 'mjml', 'wasm-vips', 'libheif-js']) expect(notice).toMatch(new RegExp(`^${name}: `, 'm'));
  expect(notice).toMatch(/^libvips: LGPLv3$/m);
});

test('nothing is deployed under a licence that asks for the source of what is linked to it', () => {
  const licences = [...notice.matchAll(/^[@\w][\w./-]*: (.+?)(?:\. |$)/gm)].map(([, licence = '']) => licence);
  const asksForSource = (licence: string) => /(^|[^L])GPL|SSPL|BUSL|UNLICENSED|SEE LICENSE/i.test(licence);
  // Of several licences to choose from, one that does not ask is enough.
  const refused = licences.filter((licence) => licence.split(' OR ').every(asksForSource));

  expect(licences.length).toBeGreaterThan(40);
  expect(refused).toEqual([]);
});
