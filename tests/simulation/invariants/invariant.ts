/** What the protocol promises, by the names under which a seed reports a breach. */
export const invariants = [
  'the digest ended',
  'everybody is planned, once',
  'nobody is mailed twice',
  'nobody who had left is mailed',
  'everybody has an outcome, and a true one',
  'the receipt is SES’s own',
  'the pace is kept',
  'a hold holds',
  'who is held back waits',
  'the canary goes alone',
  'the canary is heard',
  'who puts an order back wakes it',
  'a reader is who mailboxes say',
  'a notice goes out at most once',
  'editors are told',
] as const;
export type Invariant = (typeof invariants)[number];
