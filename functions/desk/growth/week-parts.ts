import type { WeekAnswer } from '../../api/statistics/statistics-answer.ts';

/** Who came in a week, by how, in the order in which bars are stacked; and who went. */
export const came = ['confirmed', 'back', 'imported'] as const;
export const went = ['left', 'bounced', 'complained', 'erased', 'joined'] as const;
export type WeekPart = 'signedUp' | (typeof came)[number] | (typeof went)[number];

/** Readers who left by their own wish, also where an editor or a list carried it out. */
const leftIn = ({ leftThemselves, leftByEditor, leftByList }: WeekAnswer) => leftThemselves + leftByEditor + leftByList;

export const partOf = (week: WeekAnswer, part: WeekPart) => (part === 'left' ? leftIn(week) : week[part]);

export const sumOf = (week: WeekAnswer, parts: readonly WeekPart[]) =>
  parts.reduce((sum, part) => sum + Math.max(0, partOf(week, part)), 0);

/** Those of these that happened in any of the weeks. */
export const present = <Part extends WeekPart>(weeks: readonly WeekAnswer[], parts: readonly Part[]): Part[] =>
  parts.filter((part) => weeks.some((week) => partOf(week, part) !== 0));
