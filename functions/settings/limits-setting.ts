import * as z from 'zod';

const whole = (least: number, most: number, usual: number, description: string) =>
  z.number().int().min(least).max(most).default(usual).meta({ description });

/** How many sign-ups of strangers are accepted. Only sign-ups that nobody has confirmed count. */
export const LimitsSetting = z.strictObject({
  minutesBetweenConfirmations: whole(
    1,
    1440,
    60,
    'Minutes between two mails to one mailbox that a stranger can cause: a confirmation, the question to a new address, the question to somebody on an imported list.',
  ),
  confirmationsIn30Days: whole(
    1,
    20,
    3,
    'Such mails to one mailbox in any 30 days. The last one says so, and its link works for 30 days. Addresses that differ only in a tag after a plus sign, or at Gmail in dots, are one mailbox.',
  ),
  perNetwork: whole(
    1,
    10_000,
    100,
    'Unconfirmed addresses of one network in one hour. At this number, the mails of further sign-ups wait in a line. There a network has as many mails, and five for each confirmation, before it is taken for bots.',
  ),
  overall: whole(
    1,
    100_000,
    1_000,
    'Unconfirmed addresses of all networks in one hour. At this number, the mails of further sign-ups wait in a line, and go out at a twentieth of the rate, at least one a second.',
  ),
  proofFromNetwork: whole(0, 10_000, 30, 'The same count for one network. At this number, a sign-up needs a proof of work.'),
  proofFromOverall: whole(0, 100_000, 200, 'The same count for all networks. At this number, a sign-up needs a proof of work.'),
  waitSeconds: whole(1, 300, 20, 'Seconds that a browser without scripts waits in place of the proof of work.'),
  minimumFillSeconds: whole(0, 30, 2, 'A form that is sent within fewer seconds than this must be sent a second time.'),
});

export type LimitsSetting = z.infer<typeof LimitsSetting>;
