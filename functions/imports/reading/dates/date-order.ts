import { type DateFormat, orderTold } from './read-date.ts';

/** How many dates of a column tell which order, or could be read in either. */
export type DateCounts = Record<DateFormat | 'either', number>;

/** `asked` when a column leaves its order open, or contradicts itself; undefined when nothing has to be decided. */
export function decidedOrder({ day, month, either }: DateCounts): DateFormat | 'asked' | undefined {
  if (day > 0 && month > 0) return 'asked';
  if (day > 0) return 'day';
  if (month > 0) return 'month';
  return either > 0 ? 'asked' : undefined;
}

export function addDate(told: DateCounts, cell: string) {
  const order = orderTold(cell);
  if (order) told[order] += 1;
}
