import type { WorldDns } from '../frame/world-dns.ts';
import type { DeployedStack } from './deployed-stack.ts';

export type DnsRecord = {
  /** The whole name, without a dot at its end. */
  name: string;
  type: 'CNAME' | 'MX' | 'TXT';
  /** As a zone file has it: a TXT in quotation marks. */
  value: string;
  isPublicHost?: boolean;
  isDmarc?: boolean;
};

/** The records that the stack's outputs name: one a line, `name TYPE value`. */
export function dnsRecords({ outputs }: Pick<DeployedStack, 'outputs'>): DnsRecord[] {
  return Object.entries(outputs)
    .filter(([key]) => key.startsWith('Dns'))
    .flatMap(([key, line]) => {
      const [, name = '', type = '', value = ''] = /^(\S+) (CNAME|MX|TXT) (.+)$/.exec(line) ?? [];
      if (name === '') return [];
      return [{ name, type: type as DnsRecord['type'], value, isPublicHost: key === 'DnsPublicHost', isDmarc: key.endsWith('Dmarc') }];
    });
}

/**
 * The name under which a domain has a DMARC policy: its own, or that of a domain above it, whose policy holds for it too. A new
 * record below would take that policy away.
 */
export async function dmarcOf(domain: string, dns: WorldDns): Promise<{ name: string; policy: string } | 'none'> {
  const labels = domain.split('.');
  for (let n = 0; n < labels.length - 1; n += 1) {
    const name = `_dmarc.${labels.slice(n).join('.')}`;
    const policy = (await dns.txt(name)).find((text) => /^v=DMARC1\b/i.test(text));
    if (policy) return { name, policy };
  }
  return 'none';
}

export const domainOfDmarc = (name: string) => name.replace(/^_dmarc\./, '');

/**
 * Whether the world sees a record. A public host that is an alias has addresses in place of a CNAME, CloudFront's, which change from
 * answer to answer: whether they are the right ones is known when the page answers.
 */
export async function isSeen({ name, type, value, isPublicHost }: DnsRecord, dns: WorldDns): Promise<boolean> {
  const same = (one: string, other: string) => one.replace(/\.$/, '').toLowerCase() === other.replace(/\.$/, '').toLowerCase();
  if (type === 'TXT') return (await dns.txt(name)).some((text) => text === value.replaceAll('"', ''));
  if (type === 'MX') return (await dns.mx(name)).some(({ priority, exchange }) => same(`${priority} ${exchange}`, value));
  const targets = await dns.cname(name);
  if (targets.length === 0 && isPublicHost) return (await dns.addresses(name)).length > 0;
  return targets.some((target) => same(target, value));
}
