import { isIPv4, isIPv6 } from 'node:net';

/**
 * The network that an address belongs to, as limits see it: an IPv4 /24, or an IPv6 /56, which is what one connection
 * commonly gets. An IPv4 address in IPv6's clothes (RFC 4291, 2.5.5.2) is the IPv4 address. Whatever is no address shares
 * one network.
 */
export function networkOf(address: string): string {
  const plain = address.trim().replace(/%.*$/, '');
  if (isIPv4(plain)) return networkOfIPv4(plain);
  if (!isIPv6(plain)) return 'unknown';
  const groups = groupsOf(plain);
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return networkOfIPv4([high >> 8, high & 255, low >> 8, low & 255].join('.'));
  const [a = 0, b = 0, c = 0, d = 0] = groups;
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(':')}::/56`;
}

const networkOfIPv4 = (address: string) => `${address.split('.').slice(0, 3).join('.')}.0/24`;

/** The eight groups of an IPv6 address, whichever way it is written. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::').map((part) => part.split(':').filter(Boolean).flatMap(numbersOf));
  if (!head) return [];
  if (!tail) return head as number[];
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

/** One group, or the two that an IPv4 address at the end stands for. */
function numbersOf(part: string): number[] {
  if (!part.includes('.')) return [Number.parseInt(part, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}
