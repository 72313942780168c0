import * as z from 'zod';
import type { Item } from '../../platform/table.ts';

const some = z.number().default(0);

/** A network's part in the waiting line: how many of its mails wait, how many left by the line, and how many sign-ups were confirmed since. */
const NetworkStanding = z.object({
  waiting: some,
  mailed: some,
  confirmed: some,
  /** When the first of those that wait came. */
  first: z.string().default(''),
});
export type NetworkStanding = z.infer<typeof NetworkStanding>;

/** The line as a whole. */
const LineTotal = z.object({
  waiting: some,
  /** Of those, the mails of networks that have an allowance: a sign-up that comes now is mailed after these. */
  ahead: some,
  /** Mails a second that leave by the line; before the first of them, what every account may send. */
  perSecond: z.number().default(1),
  /** Networks whose allowance is used up. */
  usedUp: some,
  /** Until when the line's part of the pace is used, in milliseconds since 1970. */
  releasedAt: z.number().default(0),
});
export type LineTotal = z.infer<typeof LineTotal>;

export const standingIn = (item: Item = {}): NetworkStanding => NetworkStanding.parse(item);
export const totalIn = (item: Item = {}): LineTotal => LineTotal.parse(item);

/** One confirmation pays for so many mails: a network goes on while a fifth of its sign-ups are confirmed. */
const mailsPerConfirmation = 5;
/** So many times its limit of unconfirmed addresses a network may have in the line, since nobody confirms a mail that has not left. */
const waitingPerLimit = 10;

/** How many more mails of this network may leave by the line before others' do. */
export const allowanceOf = ({ mailed, confirmed }: NetworkStanding, perNetwork: number): number =>
  perNetwork + mailsPerConfirmation * confirmed - mailed;

export const mostWaiting = (perNetwork: number): number => waitingPerLimit * perNetwork;

/** A network that has used up its allowance and has as much again in the line behaves like bots; so does one that fills the line. */
export const behavesLikeBots = (standing: NetworkStanding, perNetwork: number): boolean =>
  standing.waiting >= (allowanceOf(standing, perNetwork) > 0 ? mostWaiting(perNetwork) : perNetwork);

/** The line is released once a minute. */
const roundMinutes = 1;

/** Minutes until the mail of a sign-up that joins now has left, at most. */
export const minutesAhead = ({ ahead, perSecond }: Pick<LineTotal, 'ahead' | 'perSecond'>): number =>
  Math.ceil(Math.max(0, ahead) / perSecond / 60) + roundMinutes;
