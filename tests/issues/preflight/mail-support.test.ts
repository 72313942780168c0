import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { elementsIgnored, stylesIgnored } from '../../../functions/issues/preflight/mail-support.ts';
import { type CanIEmail, ignoredIn } from './caniemail-support.ts';

const canIEmail = createRequire(import.meta.url)('caniemail/caniemail.json') as CanIEmail;

test('what we say mail programs ignore is what caniemail.com says', () => {
  expect({ elements: elementsIgnored, styles: stylesIgnored }).toEqual(ignoredIn(canIEmail));
});
