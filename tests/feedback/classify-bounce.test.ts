import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { classifyBounce } from '../../functions/feedback/classify-bounce.ts';
import { bounceSamples } from './bounce-samples.ts';

const bounceOf = ({ type, subType, status, text }: (typeof bounceSamples)[number]) => ({
  bounceType: type,
  bounceSubType: subType,
  bouncedRecipients: [{ ...(status && { status }), diagnosticCode: text }],
});

test.each(bounceSamples)('$by: “$text” ($type) is $fault', (sample) => {
  expect(classifyBounce(bounceOf(sample))).toBe(sample.fault);
});

test('a fault for now, whatever its words, kills no mailbox', () => {
  const faults = bounceSamples.map((sample) => classifyBounce({ ...bounceOf(sample), bounceType: 'Transient', bounceSubType: 'General' }));

  expect(new Set(faults)).toEqual(new Set(['soft', 'blocked']));
});

test('an address in the words is not taken for a status code', () => {
  const at = (diagnosticCode: string) =>
    classifyBounce({ bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: [{ status: '5.0.0', diagnosticCode }] });

  expect([at('smtp; 554 host 5.1.1.20 said no'), at('smtp; 554 build 15.1.1 said no'), at('smtp; 554-5.1.1 no')]).toEqual([
    ...['unexplained', 'unexplained'],
    'dead',
  ]);
});

test('the table in the docs shows each of these', () => {
  const page = readFileSync('docs/feedback.md', 'utf8');

  const missing = bounceSamples.map(({ by, type, text, fault }) => `| ${by} | ${type} | ${text.slice('smtp; '.length)} | ${fault} |`);
  expect(missing.filter((row) => !page.includes(row))).toEqual([]);
});
