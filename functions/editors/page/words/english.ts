import { englishFigures } from './english-figures.ts';
import { englishIssue } from './english-issue.ts';
import { englishLists } from './english-lists.ts';
import { englishReaders } from './english-readers.ts';
import { englishReceipt } from './english-receipt.ts';

/** The page in English, and the shape of every other language. */
export const english = {
  ...englishIssue,
  ...englishReaders,
  ...englishReceipt,
  ...englishLists,
  ...englishFigures,
  desk: 'Editors’ desk',
  skip: 'Skip to the content',
  issues: 'Issues',
  digests: 'Digests',
  signIn: 'Sign in',
  signOut: 'Sign out',
  signInInvitation: 'Upload the file you already have, see how readers will get it, and queue it for the weekly digest.',
  signInFailed: 'Signing in did not work:',
  signInExpired: 'Your session has ended. Sign in again to go on.',
  otherLanguage: '中文',
  loading: 'Loading…',
  cancel: 'Cancel',
  back: 'All issues',
  backToDigests: 'All digests',
  nextDigest: 'Next digest',
  goesOut: (when: string) => `goes out ${when}`,
  afterThat: 'After that: ',
  nothingQueued: 'Nothing is queued. Without an issue, this digest is skipped.',
  queuedFor: (n: number) => (n === 1 ? 'It carries one issue:' : `It carries ${n} issues:`),
  noIssues: 'No issue yet. The first one is a file away.',
  allIssues: 'All',
  showOnly: 'Show only',
  older: 'Older issues',
  olderDigests: 'Older digests',
  noDigests: 'No digest yet. The first one appears when the weekly time comes, or when an issue is sent now.',
  digestState: {
    held: 'Held',
    sending: 'Sending',
    paused: 'Paused',
    parked: 'Waiting for tomorrow’s quota',
    stopped: 'Stopped',
    done: 'Done',
    skipped: 'Skipped',
    cancelled: 'Cancelled',
  },
  digestTitle: (id: string) => `Digest ${id}`,
  singleDigest: 'An issue on its own',
  hold: {
    assembly: 'its email is being made',
    editor: 'paused by an editor',
    quota: 'the day’s sending quota is used up',
    brake: 'too much went wrong, so it waits for you',
    fault: 'SES takes nothing from us',
    cancel: 'called off',
    canary: 'the first mails are being watched',
    'hold period': 'waiting for the hold period to pass',
  } as Record<string, string>,
  comma: ', ',
  nextSentence: '. ',
  parkedUntil: (until: string) => `the day’s quota is used up; it goes on by ${until} at the latest`,
  mayBeCalledOff: (until: string) => `it may still be called off until ${until}`,
  canaryOut: (readers: number, until: string | null) =>
    until
      ? `some ${readers} readers have it, and what their mailboxes say is watched until ${until}; then the rest follows`
      : `some ${readers} readers get it first; ten minutes later the rest follows`,
  canaryUnheard: 'nothing is heard of the first mails: SES’s events do not come through; the rest follows when they do, or when you resume',
  pause: 'Pause',
  resume: 'Resume',
  cancelDigest: 'Call it off…',
  cancelTitle: 'Call this digest off?',
  cancelExplained: 'Whoever has been mailed keeps the mail. Everybody else gets nothing, and the digest cannot be started again.',
  cancelConfirm: 'Call it off',
  paused: 'Paused. What is on its way to SES still arrives.',
  resumed: 'Going on.',
  cancelled: 'Called off.',
  overrides: 'Sent in spite of what was found',
  scheduledFor: 'Scheduled for',
  /** Refusals by code, where the page says it better than the server, which speaks English. */
  refusal: {
    not_an_editor: 'You are signed in, but not as an editor of this newsletter. Ask whoever runs it to add you to the group.',
    offline: 'The server could not be reached. Check your connection and try again.',
    upload_expired: 'The upload took too long, and its permission ran out. Try again.',
    upload_refused: 'The storage did not take the file. Try again.',
  } as Record<string, string>,
  problem: 'That did not work:',
};

export type Words = typeof english;
