import * as z from 'zod';

/** How much of what strangers ask for is done. What counts against a network or all of them is only who never confirms. */
export const LimitsSetting = z.strictObject({
  /** Confirmation mails to one address: the minutes between two, and how many in any 30 days. */
  minutesBetweenConfirmations: z.number().int().min(1).max(1440).default(60),
  confirmationsIn30Days: z.number().int().min(1).max(20).default(3),
  /** Unconfirmed addresses of one hour, from which on further sign-ups are refused: from one network, and altogether. */
  perNetwork: z.number().int().min(1).max(10_000).default(100),
  overall: z.number().int().min(1).max(100_000).default(1_000),
});

export type LimitsSetting = z.infer<typeof LimitsSetting>;
