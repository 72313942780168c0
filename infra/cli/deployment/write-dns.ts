import { InvalidChangeBatch } from '@aws-sdk/client-route-53';
import { type CliFinding, good, note, wait } from '../frame/cli-finding.ts';
import type { Clients } from '../frame/clients.ts';
import type { Context } from '../frame/context.ts';
import { unlessNotReached } from '../frame/world-dns.ts';
import { type DnsRecord, dmarcOf, domainOfDmarc } from './dns-records.ts';
import { addRecords, type HostedZone, hostedZones, stateOf, zoneFor } from './hosted-zones.ts';
import { zoneFile } from './zone-file.ts';

type Aws = Pick<Clients, 'route53'>;

/**
 * Sees to the records: those of zones in Route 53 are written if the person agrees, the others are shown as a panel and a zone file
 * want them. What is there already is left as it is. A domain that has a DMARC policy, even by a domain above it, keeps that.
 */
export async function writeDns(records: readonly DnsRecord[], aws: Aws, context: Context): Promise<CliFinding[]> {
  const { terminal, words } = context;
  const findings: CliFinding[] = [];
  const zones = await hostedZones(aws);
  const wanted: DnsRecord[] = [];
  for (const record of records) {
    const domain = domainOfDmarc(record.name);
    const policy = record.isDmarc ? await unlessNotReached(dmarcOf(domain, context.dns)) : 'none';
    // Whether there is one has to be known.
    if (policy === undefined) findings.push(wait('dmarc_unknown', { domain }));
    else if (policy !== 'none') findings.push(good('dmarc_kept', { domain, name: policy.name }));
    else wanted.push(record);
  }
  const elsewhere: DnsRecord[] = [];
  for (const [zone, inZone] of Map.groupBy(wanted, ({ name }) => zoneFor(name, zones))) {
    if (!zone) elsewhere.push(...inZone);
    else findings.push(...(await writeZone(zone, inZone, aws, context)));
  }
  if (elsewhere.length > 0) {
    const zone = await zoneElsewhere(elsewhere, context);
    terminal.say(`\n${words.dns.byHand(zone)}\n\n${zoneFile(elsewhere, zone)}\n`);
    findings.push(wait('records_by_hand', { count: elsewhere.length }));
  }
  return findings;
}

async function writeZone(zone: HostedZone, records: readonly DnsRecord[], aws: Aws, context: Context): Promise<CliFinding[]> {
  const { terminal, words } = context;
  const states = await Promise.all(records.map(async (record) => ({ record, state: await stateOf(record, zone, aws) })));
  const inTheWay = states
    .filter(({ state }) => state === 'other')
    .map(({ record }) => note('record_in_the_way', { ...record, zone: zone.name }));
  const missing = states.filter(({ state }) => state === 'free').map(({ record }) => record);
  if (missing.length === 0) return inTheWay.length > 0 ? inTheWay : [good('records_there', { zone: zone.name, count: records.length })];
  terminal.say(`\n${words.dns.inRoute53(zone.name)}\n\n${zoneFile(missing.map(asInRoute53), zone.name)}\n`);
  if (!(await terminal.agree(words.dns.agree(missing.length, zone.name))))
    return [...inTheWay, wait('records_by_hand', { count: missing.length })];
  try {
    await addRecords(missing, zone, aws);
  } catch (error) {
    if (!(error instanceof InvalidChangeBatch)) throw error;
    return [...inTheWay, wait('records_refused', { zone: zone.name, message: error.messages?.join(' ') ?? error.message })];
  }
  return [...inTheWay, good('records_written', { zone: zone.name, count: missing.length })];
}

/** No zone file knows an alias. */
const asInRoute53 = (record: DnsRecord) => (record.isPublicHost ? { ...record, type: 'ALIAS' } : record);

/** The zone that somebody else answers for, as the world sees it; the shortest of the names if the world has no answer. */
async function zoneElsewhere(records: readonly DnsRecord[], { dns }: Context): Promise<string> {
  const shortest = records.map(({ name }) => name).sort((a, b) => a.split('.').length - b.split('.').length)[0] ?? '';
  const labels = shortest.split('.');
  for (let n = 0; n < labels.length - 1; n += 1) {
    const name = labels.slice(n).join('.');
    if (await unlessNotReached(dns.isApex(name))) return name;
  }
  return labels.slice(-2).join('.');
}
