import { expect, test } from 'vitest';
import { SendRate } from '../../infra/local/emulators/ses/send-rate.ts';

function rateOf(perSecond: number) {
  let now = 0;
  const rate = new SendRate(perSecond, () => now);
  const takeAll = () => {
    let taken = 0;
    while (rate.take(1)) taken += 1;
    return taken;
  };
  return { rate, takeAll, wait: (ms: number) => (now += ms) };
}

test('a rested account sends one more than a second’s worth at once', () => {
  expect(rateOf(14).takeAll()).toBe(15);
});

test('it refills at the rate and never beyond', () => {
  const { takeAll, wait } = rateOf(10);
  takeAll();

  wait(500);
  expect(takeAll()).toBe(5);

  wait(60_000);
  expect(takeAll()).toBe(11);
});

test('recipients of one message get room together or not at all', () => {
  const { rate } = rateOf(5);

  expect(rate.take(7)).toBe(false);
  expect(rate.take(6)).toBe(true);
});

test('a changed rate counts from now on', () => {
  const { rate, takeAll, wait } = rateOf(1);
  takeAll();

  rate.perSecond = 50;
  wait(1_000);

  expect(takeAll()).toBe(50);
});
