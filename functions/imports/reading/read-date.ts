/** Year first, as every export writes it; with or without a time, which without a zone is UTC. */
const yearFirst =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2}(?=$|\s)|[+-]\d{2}(?=$))?)?(?:\s+[A-Z]{3,5})?$/i;

/**
 * The moment in a cell, or undefined when it says none: `3/4/2020` is in March to some and in April to others, and what lies
 * in the future is a slip.
 */
export function readDate(cell: string, now: Date): string | undefined {
  const [, year = '', month = '', day = '', hour = '0', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    yearFirst.exec(cell.trim()) ?? [];
  if (year === '') return undefined;
  const two = (digits: string) => digits.padStart(2, '0');
  const offset = /^(Z|UTC)$/i.test(zone)
    ? 'Z'
    : zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`);
  const at = new Date(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
  // A 31st of February would become a day in March.
  const isThatDay = new Date(`${year}-${two(month)}-${two(day)}T00:00:00Z`).getUTCDate() === Number(day);
  return !Number.isNaN(at.getTime()) && isThatDay && at.getTime() <= now.getTime() + 86_400_000 ? at.toISOString() : undefined;
}
