import * as z from 'zod';

/** What many answers are made of. */
export const count = z.int();
export const moment = z.iso.datetime();
export const text = z.string();
/** The `?before=` of the page that follows. */
const before = text.nullable().describe('The `?before=` of the page that follows; null when there is none.');
export const list = <Name extends string, Each extends z.ZodType>(name: Name, each: Each) =>
  z.object({ [name]: z.array(each), before } as Record<Name, z.ZodArray<Each>> & { before: typeof before });

export const digestState = z.enum(['held', 'sending', 'paused', 'parked', 'stopped', 'done', 'skipped', 'cancelled']);
