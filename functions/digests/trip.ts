import * as z from 'zod';

/** Why the brake tripped: so many of so many submitted mails bounced, of delivered ones were complained about, or were rejected. */
export const Trip = z.object({ kind: z.enum(['bounced', 'complained', 'rejected']), count: z.number().int(), of: z.number().int() });
export type Trip = z.infer<typeof Trip>;

const words = { bounced: 'submitted bounced', complained: 'delivered complained', rejected: 'messages rejected' } as const;

/** `10 of 200 submitted bounced` */
export const tripInWords = ({ kind, count, of }: Trip) => `${count} of ${of} ${words[kind]}`;
