import { domainOf } from '../../domain-of.ts';
import { type HostedZone, zoneFor } from '../deployment/hosted-zones.ts';
import { type CliFinding, note, trouble } from '../frame/cli-finding.ts';
import { unlessNotReached, type WorldDns } from '../frame/world-dns.ts';
import type { AnswerName } from './answer-names.ts';
import type { Answers } from './init-questions.ts';

export type DnsFacts = { zones: readonly HostedZone[]; dns: WorldDns };

/**
 * What is allowed by the settings, and will not work, or not well, with the DNS of the world. `trouble` is not taken; a `note` is
 * taken if the person wants it so.
 */
export async function concernsAbout(name: AnswerName, answer: string, soFar: Partial<Answers>, facts: DnsFacts): Promise<CliFinding[]> {
  const concerns = await unlessNotReached(concernsByDns(name, answer, soFar, facts));
  return concerns ?? [note('dns_not_asked', { name: answer, fault: '' })];
}

async function concernsByDns(name: AnswerName, answer: string, soFar: Partial<Answers>, facts: DnsFacts): Promise<CliFinding[]> {
  if (answer === '') return [];
  if (name === 'publicHost') return hostConcerns(answer, facts);
  if (name === 'senderAddress') return senderConcerns(domainOf(answer), soFar, facts);
  if (name === 'confirmationAddress') return confirmationConcerns(answer, soFar, facts);
  return [];
}

/** Where a zone begins there is no CNAME (RFC 1034, 3.6.2). Only a zone in Route 53 can point there by an alias. */
async function hostConcerns(host: string, { zones, dns }: DnsFacts): Promise<CliFinding[]> {
  if (zoneFor(host, zones)) return [];
  return (await dns.isApex(host)) ? [trouble('apex_host', { host })] : [];
}

async function senderConcerns(domain: string, { publicHost, contact, replyTo }: Partial<Answers>, { zones, dns }: DnsFacts) {
  const peoples = [contact, replyTo].some((address) => address && domainOf(address) === domain);
  return [
    // An alias of Route 53 leaves room for an MX beside it, a CNAME does not.
    ...(domain === publicHost && !zoneFor(domain, zones) ? [note('sender_on_host', { domain })] : []),
    ...(domain !== publicHost && (peoples || (await dns.mx(domain)).length > 0) ? [note('sender_on_peoples_domain', { domain })] : []),
  ];
}

async function confirmationConcerns(address: string, soFar: Partial<Answers>, facts: DnsFacts) {
  const { senderAddress = '' } = soFar;
  const domain = domainOf(address);
  if (address.toLowerCase() === senderAddress.toLowerCase()) return [trouble('senders_same_address', { address })];
  if (domain === domainOf(senderAddress)) return [note('senders_share_domain', { domain })];
  return senderConcerns(domain, soFar, facts);
}
