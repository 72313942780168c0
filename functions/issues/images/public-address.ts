import ipaddr from 'ipaddr.js';

/** All of the IPv6 internet. Mapped IPv4, NAT64, loopback, link-local, unique local and multicast lie outside of it. */
const handedOut = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is somebody's on the public internet, by IANA's special-purpose registries. Short, octal and
 * numeric spellings of IPv4 are no addresses here, and what is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address).range() === 'unicast';
  if (!ipaddr.IPv6.isValid(address)) return false;
  const ip = ipaddr.IPv6.parse(address);
  return ip.range() === 'unicast' && ip.match(handedOut);
}
