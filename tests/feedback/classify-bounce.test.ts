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

test('a fault for now kills no mailbox, whatever its words', () => {
  const forNow = (sample: (typeof bounceSamples)[number]) => ({
    ...bounceOf(sample),
    bounceType: 'Transient',
    bounceSubType: 'General',
    bouncedRecipients: [{ status: '4.0.0', diagnosticCode: sample.text.replace(/\b5(\.\d\.\d)/g, '4$1') }],
  });

  const faults = bounceSamples.map((sample) => classifyBounce(forNow(sample)));

  expect(new Set(faults)).toEqual(new Set(['soft', 'blocked']));
});

test('what one server says within the answer of another decides, and what SES repeats at the end does not', () => {
  const of = (diagnosticCode: string) =>
    classifyBounce({ bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: [{ status: '5.0.0', diagnosticCode }] });

  expect(of('550 5.7.1 their gateway: 550 5.1.1 nobody')).toBe('dead');
  expect(of('550 5.1.1 their gateway: 550 5.1.8 no')).toBe('blocked');
  expect(of('550 5.3.4 nobody can take this (5.1.1)')).toBe('blocked');
});

test('only the first 2 KB of a text are looked at, and the name in an address is no word', () => {
  const of = (diagnosticCode: string) =>
    classifyBounce({ bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: [{ status: '5.0.0', diagnosticCode }] });

  expect(of(`550 ${'x '.repeat(1_100)} user unknown`)).toBe('unexplained');
  expect(of('550 <mailbox-full@example.org>: user unknown')).toBe('dead');
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
