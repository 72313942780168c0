import * as z from 'zod';

const whole = (least: number, most: number, usual: number, description: string) =>
  z.number().int().min(least).max(most).default(usual).meta({ description });

/** How many sign-ups of strangers are accepted. Only sign-ups that nobody has confirmed count. */
export const LimitsSetting = z.strictObject({
  minutesBetweenConfirmations: whole(
    1,
    1440,
    60,
    'Minutes between two mails to one mailbox, of the kinds that a stranger can cause: a confirmation, the question to a new address, the question to somebody on an imported list.',
  ),
  confirmationsIn30Days: whole(
    1,
    20,
    3,
    'How many such mails one mailbox gets in any 30 days. The last one says that it is the last, and its link works for 30 days. Addresses are one mailbox if they differ only in a tag after a plus sign, or, at Gmail, in dots.',
  ),
  perNetwork: whole(
    1,
    10_000,
    100,
    'Unconfirmed addresses of one network in one hour. At this number, the mails of further sign-ups wait in a line. A network may send this many mails through the line, and five more for each confirmation. After that its mails wait behind those of other networks. If it then has this many mails in the line, it is taken for bots, and its sign-ups get 429.',
  ),
  overall: whole(
    1,
    100_000,
    1_000,
    'Unconfirmed addresses of all networks in one hour. At this number, the mails of further sign-ups wait in a line, and go out at a twentieth of the rate, at least one a second.',
  ),
  proofFromNetwork: whole(
    0,
    10_000,
    30,
    'Unconfirmed addresses of one network in one hour, as for `perNetwork`. At this number, a sign-up needs a proof of work.',
  ),
  proofFromOverall: whole(
    0,
    100_000,
    200,
    'Unconfirmed addresses of all networks in one hour, as for `overall`. At this number, a sign-up needs a proof of work.',
  ),
  waitSeconds: whole(1, 300, 20, 'Seconds that a browser without scripts waits instead of doing the proof of work.'),
  minimumFillSeconds: whole(
    0,
    30,
    2,
    'The fewest seconds in which a person fills in the form. A form that is sent sooner must be sent a second time.',
  ),
});

export type LimitsSetting = z.infer<typeof LimitsSetting>;
