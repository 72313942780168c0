import * as z from 'zod';
import { days } from '../platform/clock.ts';
import { readerLocales } from '../words/locale.ts';

/** The first 16 bytes of a keyed hash, in hex: says nothing about the address without the key. */
const SubscriberId = z.string().regex(/^[0-9a-f]{32}$/);

const suppressionReasons = ['bounce', 'complaint'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** How a reader left: by the mail program's own button, on one of our pages, because an editor was asked to, or by what an imported list says. */
const leavingWays = ['one-click', 'page', 'editor', 'import'] as const;
export type LeavingWay = (typeof leavingWays)[number];

/** Of readers who came by an import, or were changed by one. */
const fromImport = {
  /** The import that last wrote this reader, and from which row of its file. */
  importId: z.string().optional(),
  importRow: z.int().optional(),
  /** The import whose declaration vouches for the consent, and when the list it came from says that it was given. */
  consentImport: z.string().optional(),
  consentedAt: z.iso.datetime().optional(),
  /** When a list made them a reader; stays whatever comes after it. */
  importedAt: z.iso.datetime().optional(),
};

const reachable = {
  id: SubscriberId,
  /** The address as it was typed: what we mail. */
  address: z.string(),
  locale: z.enum(readerLocales),
  /** What they chose to read about; none chosen means everything. */
  topics: z.array(z.string()),
};

/** What outlives a state, so that feedback on an old mail is not held against a newer sign-up. */
const past = {
  ...fromImport,
  signedUpAt: z.iso.datetime().optional(),
  confirmedAt: z.iso.datetime().optional(),
  /** When an editor last forgave what mailboxes had said until then. */
  reinstatedAt: z.iso.datetime().optional(),
};

/** Gets no digest until then, and stays on the list. */
const paused = { pausedUntil: z.iso.datetime().optional() };

/** What readers who left may say about it afterwards, if they like. */
export const leavingReasons = ['too_many', 'not_for_me', 'never_asked', 'elsewhere', 'other'] as const;
export type LeavingReason = (typeof leavingReasons)[number];

/** A sign-up that nobody confirms is forgotten after this long; its links have expired by then. */
export const pendingMs = days(30);

/** `nonce` names one sign-up: only a link that carries it confirms that sign-up, and leaving removes it. */
const Pending = z.object({
  ...past,
  ...reachable,
  state: z.literal('pending'),
  nonce: z.string(),
  signedUpAt: z.iso.datetime(),
  /** What they were when they asked to come back, and when they last asked. */
  cameFrom: z.enum(['unsubscribed', 'suppressed', 'erased', 'moved']).optional(),
  cameAt: z.iso.datetime().optional(),
  /** From which networks it was signed up, by their keyed hashes; two at most. */
  askedFrom: z.set(z.string()).optional(),
});
const Confirmed = z.object({
  ...past,
  ...reachable,
  ...paused,
  state: z.literal('confirmed'),
  nonce: z.string(),
  confirmedAt: z.iso.datetime(),
  /** The id under the address they had before. */
  movedFrom: SubscriberId.optional(),
});
const Unsubscribed = z.object({
  ...past,
  ...reachable,
  state: z.literal('unsubscribed'),
  leftAt: z.iso.datetime(),
  leftBy: z.enum(leavingWays).optional(),
  leftReason: z.enum(leavingReasons).optional(),
});
/**
 * The mailbox is dead or its owner complained: no address is left, only what keeps an import from bringing them back, and
 * what they had chosen, for the case that it was an error.
 */
const Suppressed = z.object({
  ...past,
  id: SubscriberId,
  locale: z.enum(readerLocales).optional(),
  topics: z.array(z.string()).default([]),
  state: z.literal('suppressed'),
  reason: z.enum(suppressionReasons),
  suppressedAt: z.iso.datetime(),
  /** When they left, though nobody wrote to them any more; and when they wished to be forgotten, which leaves a complaint. */
  leftAt: z.iso.datetime().optional(),
  leftBy: z.enum(leavingWays).optional(),
  erasedAt: z.iso.datetime().optional(),
  /** What they were, where a delivery that is told late may make them that again. */
  was: z.enum(['pending', 'confirmed', 'unsubscribed']).optional(),
});
const Erased = z.object({ ...past, id: SubscriberId, state: z.literal('erased'), erasedAt: z.iso.datetime() });

/**
 * What is left under an old address: where its reader went. `joined`: the new address was a reader's already, who gets
 * mails of their own.
 */
const Moved = z.object({
  ...past,
  id: SubscriberId,
  state: z.literal('moved'),
  /** Of the pages that links of old mails open. */
  locale: z.enum(readerLocales).optional(),
  movedTo: SubscriberId,
  movedAt: z.iso.datetime(),
  confirmedAt: z.iso.datetime(),
  joined: z.boolean().default(false),
});

export const Subscriber = z.discriminatedUnion('state', [Pending, Confirmed, Unsubscribed, Suppressed, Erased, Moved]);
export type Subscriber = z.infer<typeof Subscriber>;
export type ConfirmedReader = z.infer<typeof Confirmed>;
/** `since`: from when on mails are sent under the present sign-up; `reinstatedAt`: what came before it, an editor has forgiven. */
export type Standing = { since: string; reinstatedAt?: string };
export type PendingReader = z.infer<typeof Pending>;

/** Somebody who gets mails or is about to. */
export type ListedReader = ConfirmedReader | PendingReader;
