import ipaddr from 'ipaddr.js';

/**
 * The network that an address belongs to, as limits see it: an IPv4 /24, or an IPv6 /56, which is what one connection
 * commonly gets. An IPv4 address mapped into IPv6 (RFC 4291, 2.5.5.2) is the IPv4 address. All texts that are no address
 * share one network.
 */
export function networkOf(address: string): string {
  const plain = address.trim();
  if (!ipaddr.IPv4.isValidFourPartDecimal(plain) && !ipaddr.IPv6.isValid(plain)) return 'unknown';
  const ip = ipaddr.process(plain);
  if (ip instanceof ipaddr.IPv4) return `${ip.octets.slice(0, 3).join('.')}.0/24`;
  const [a = 0, b = 0, c = 0, d = 0] = ip.parts;
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(':')}::/56`;
}
