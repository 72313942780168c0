import { Refusal } from '../../platform/refusal.ts';

/** What to say about a file that cannot be read: the line (from 1) and the reason. */
export const unreadable = (line: number, reason: string) =>
  new Refusal('unreadable_file', `Line ${line}: ${reason}.`, [{ path: `line ${line}`, message: reason }]);
