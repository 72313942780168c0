import * as z from 'zod';

/** How much of what strangers ask for is done. What counts against a network or all of them is only who never confirms. */
export const LimitsSetting = z.strictObject({
  /** Confirmation mails to one address: the minutes between two, and how many in any 30 days. */
  minutesBetweenConfirmations: z.number().int().min(1).max(1440).default(60),
  confirmationsIn30Days: z.number().int().min(1).max(20).default(3),
  /** Unconfirmed addresses of one hour, from which on further sign-ups are refused: from one network, and altogether. */
  perNetwork: z.number().int().min(1).max(10_000).default(100),
  overall: z.number().int().min(1).max(100_000).default(1_000),
  /** The same counts, from which on a sign-up takes a proof of work, or a wait of so many seconds where no script runs. */
  proofFromNetwork: z.number().int().min(0).max(10_000).default(30),
  proofFromOverall: z.number().int().min(0).max(100_000).default(200),
  waitSeconds: z.number().int().min(1).max(300).default(20),
  /** A form that comes back sooner is asked for once more. */
  minimumFillSeconds: z.number().int().min(0).max(30).default(2),
});

export type LimitsSetting = z.infer<typeof LimitsSetting>;
