import { expect, test } from 'vitest';
import { networkOf } from '../../../functions/subscribers/limits/network.ts';

test.each([
  ['198.51.100.7', '198.51.100.0/24'],
  ['198.51.100.250', '198.51.100.0/24'],
  ['::ffff:198.51.100.7', '198.51.100.0/24'],
  ['::ffff:c633:6407', '198.51.100.0/24'],
  ['0:0:0:0:0:FFFF:198.51.100.7', '198.51.100.0/24'],
  ['2001:db8:0:1234::1', '2001:db8:0:1200::/56'],
  ['2001:0db8:0000:12ff:ffff:ffff:ffff:ffff', '2001:db8:0:1200::/56'],
  ['2001:db8::1', '2001:db8:0:0::/56'],
  ['fe80::1%eth0', 'fe80:0:0:0::/56'],
  ['::', '0:0:0:0::/56'],
  ['1::', '1:0:0:0::/56'],
  ['64:ff9b::198.51.100.7', '64:ff9b:0:0::/56'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('addresses of different networks are kept apart', () => {
  const networks = ['198.51.100.7', '198.51.101.7', '2001:db8:0:1234::1', '2001:db8:0:1334::1', '::ffff:203.0.113.1'].map(networkOf);

  expect(new Set(networks).size).toBe(5);
});

test('whatever is no address shares one network, so that nobody gets out by writing nonsense', () => {
  expect(new Set(['', 'unknown', '1.2.3', '1.2.3.4.5', 'example.org', '1.2.3.4, 5.6.7.8', ':::'].map(networkOf))).toEqual(
    new Set(['unknown']),
  );
});
