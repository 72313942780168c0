/** What is sealed, and opened for the same purpose only: links in mails, the stamp of a form, a place in the queue. */
export type SealPurpose =
  | 'confirm-link'
  | 'unsubscribe-link'
  | 'preferences-link'
  | 'manage-link'
  | 'move-link'
  | 'issue-preview'
  | 'sign-up-form'
  | 'waiting-place';

/** What is hashed with a key and never opened. */
export type HashPurpose =
  | 'subscriber-id'
  | 'kept-address'
  | 'kept-answer'
  | 'list-key'
  | 'departures'
  | 'network-mark'
  | 'address-mark'
  | 'mailbox-mark'
  | 'webhook-secret'
  | 'challenge-secret'
  | 'challenge-key-secret';
