import { InvalidArgumentError } from 'commander';

/** A number above nought that somebody typed, such as `10000`. */
export function wholeNumber(typed: string): number {
  if (/^[1-9]\d{0,9}$/.test(typed.trim())) return Number(typed);
  throw new InvalidArgumentError(`"${typed}", 10000`);
}

/** `90s`, `15m`, `3h` or `2d`, in milliseconds. */
export function duration(typed: string): number {
  const [, count, unit] = /^(\d{1,4})([smhd])$/.exec(typed) ?? [];
  if (!count || !unit) throw new InvalidArgumentError(`"${typed}", 15m, 3h, 2d`);
  return Number(count) * { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 's' | 'm' | 'h' | 'd'];
}
