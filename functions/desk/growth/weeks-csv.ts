import type { WeekAnswer } from '../../api/statistics/statistics-answer.ts';

const columns = [
  ...(['week', 'monday', 'signedUp', 'confirmed', 'imported', 'back'] as const),
  ...(['leftThemselves', 'leftByEditor', 'leftByList', 'erased', 'bounced', 'complained', 'joined', 'atEnd'] as const),
];

/** RFC 4180: the names of the API, so that a sheet made of it stays the same in every language; no cell needs quotes. */
export const csvOf = (weeks: readonly WeekAnswer[]): string =>
  [columns.join(','), ...weeks.map((week) => columns.map((column) => week[column]).join(','))].map((line) => `${line}\r\n`).join('');
