import canIEmail from 'caniemail/caniemail.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { elementsIgnored, stylesIgnored } from '../../../functions/issues/preflight/mail-support.ts';
import { type CanIEmail, ignoredIn } from './caniemail-support.ts';

test('what we say mail programs ignore is what caniemail.com says', () => {
  expect({ elements: elementsIgnored, styles: stylesIgnored }).toEqual(ignoredIn(canIEmail as unknown as CanIEmail));
});
