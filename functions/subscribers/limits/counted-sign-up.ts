import * as z from 'zod';

/** Where a sign-up counts until it is confirmed: its hour, its network and its address, the latter two by keyed hashes. */
export const CountedSignUp = z.object({ hour: z.string(), network: z.string(), address: z.string() });
export type CountedSignUp = z.infer<typeof CountedSignUp>;
