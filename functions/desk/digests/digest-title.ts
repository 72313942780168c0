import type { Desk } from '../base/desk.ts';
import { plainDay } from '../base/times.ts';

/** What a page calls a digest: by the local date of the slot that its id tells, or as an issue on its own. */
export function digestName(desk: Desk, id: string): string {
  const [, date, hour, minute] = /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)Z$/.exec(id) ?? [];
  if (!date) return desk.words.singleDigest;
  return desk.words.digestTitle(plainDay(desk, `${date}T${hour}:${minute}:00Z`));
}
