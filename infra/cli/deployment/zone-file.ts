import type { DnsRecord } from './dns-records.ts';

/**
 * Records as a zone file has them, with names relative to the zone: the form that panels ask for, and that most of them can import.
 * Names that are not in the zone stay whole.
 */
export function zoneFile(records: readonly (Pick<DnsRecord, 'name' | 'value'> & { type: string })[], zone: string): string {
  const rows = records.map(({ name, type, value }) => [
    relative(name, zone),
    '3600',
    'IN',
    type,
    type === 'TXT' ? value : `${value.replace(/\.$/, '')}.`,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(' ')
      .trimEnd(),
  );
  return [`$ORIGIN ${zone}.`, ...lines].join('\n');
}

function relative(name: string, zone: string): string {
  if (name === zone) return '@';
  return name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : `${name}.`;
}
