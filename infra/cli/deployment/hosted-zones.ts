import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { allPages } from '../frame/all-pages.ts';
import type { Clients } from '../frame/clients.ts';
import type { DnsRecord } from './dns-records.ts';

export type HostedZone = { id: string; name: string };

/** All distributions of CloudFront are in this zone of Route 53. */
const zoneOfCloudFront = 'Z2FDTNDATAQYW2';
const ttlSeconds = 3600;

/** The public zones that this account has in Route 53; names without the dot at their end. */
export async function hostedZones({ route53 }: Pick<Clients, 'route53'>): Promise<HostedZone[]> {
  const zones = await allPages(async (Marker) => {
    const page = await route53.send(new ListHostedZonesCommand(Marker ? { Marker } : {}));
    return { items: page.HostedZones, next: page.IsTruncated ? page.NextMarker : undefined };
  });
  return zones
    .filter(({ Config }) => !Config?.PrivateZone)
    .map(({ Id = '', Name = '' }) => ({ id: Id.replace('/hostedzone/', ''), name: withoutDot(Name) }));
}

/** The zone that answers for a name: the one with the longest name that it ends with. */
export const zoneFor = (name: string, zones: readonly HostedZone[]): HostedZone | undefined =>
  zones.filter((zone) => name === zone.name || name.endsWith(`.${zone.name}`)).sort((a, b) => b.name.length - a.name.length)[0];

/** What the zone has under a record's name: this record already, something that would have to go for it, or nothing. */
export async function stateOf(
  record: DnsRecord,
  zone: HostedZone,
  { route53 }: Pick<Clients, 'route53'>,
): Promise<'there' | 'other' | 'free'> {
  const { ResourceRecordSets = [] } = await route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: zone.id, StartRecordName: `${record.name}.`, MaxItems: 10 }),
  );
  const named = ResourceRecordSets.filter(({ Name = '' }) => withoutDot(Name) === record.name);
  const wanted = recordSetsOf(record);
  if (wanted.every((set) => named.some((has) => isSame(set, has)))) return 'there';
  // A CNAME bears nothing beside it; other types only exclude their own.
  const isCname = wanted.some(({ Type }) => Type === 'CNAME');
  const inTheWay = named.some(({ Type }) =>
    isCname ? !['NS', 'SOA'].includes(Type ?? '') : Type === 'CNAME' || wanted.some((set) => set.Type === Type),
  );
  return inTheWay ? 'other' : 'free';
}

/** Never overwrites: Route 53 refuses a record that came into being meanwhile. */
export async function addRecords(records: readonly DnsRecord[], zone: HostedZone, { route53 }: Pick<Clients, 'route53'>): Promise<void> {
  const Changes = records.flatMap(recordSetsOf).map((ResourceRecordSet) => ({ Action: 'CREATE' as const, ResourceRecordSet }));
  await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zone.id, ChangeBatch: { Changes } }));
}

/** The public host is an alias in Route 53: it costs no look-up, and may be where a zone begins. */
function recordSetsOf({ name, type, value, isPublicHost }: DnsRecord): ResourceRecordSet[] {
  if (isPublicHost)
    return (['A', 'AAAA'] as const).map((Type) => ({
      Name: name,
      Type,
      AliasTarget: { DNSName: value, HostedZoneId: zoneOfCloudFront, EvaluateTargetHealth: false },
    }));
  return [{ Name: name, Type: type, TTL: ttlSeconds, ResourceRecords: [{ Value: value }] }];
}

const isSame = (wanted: ResourceRecordSet, has: ResourceRecordSet) =>
  wanted.Type === has.Type && JSON.stringify(valuesOf(wanted)) === JSON.stringify(valuesOf(has));
const valuesOf = ({ AliasTarget, ResourceRecords = [] }: ResourceRecordSet) =>
  (AliasTarget ? [AliasTarget.DNSName] : ResourceRecords.map(({ Value }) => Value))
    .map((value = '') => withoutDot(value).toLowerCase())
    .sort();

const withoutDot = (name: string) => name.replace(/\.$/, '');
