import type { Place } from '../issues/finding.ts';

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** The words around one issue, in English. */
export const englishIssue = {
  // Bringing a file in
  dropTitle: 'Upload an issue',
  dropHint: 'Drop a file here, or',
  chooseFile: 'choose files',
  dropKinds: 'HTML, Markdown, plain text or JSON, as you have it; its pictures beside it, or both in a ZIP.',
  uploading: (name: string, pictures: number) => `Uploading ${name}${pictures > 0 ? ` and ${count(pictures, 'picture', 'pictures')}` : ''}`,
  reading: 'Reading the file…',
  uploaded: (title: string) => `“${title}” is here, as a draft.`,
  uploadedBefore: (title: string) => `These very bytes are already here, as “${title}”.`,
  replaced: (title: string) => `“${title}” has the new text.`,
  replaceInstead: 'Replace the issue that is there',
  lookAtIt: 'Look at it',
  noIssueInFiles: 'These are pictures only. Add the file with the text.',
  severalIssues: (names: readonly string[]) => `One issue at a time, please: these could each be one: ${names.slice(0, 5).join(', ')}.`,

  // Where it stands
  number: (n: number) => `No. ${n}`,
  state: { draft: 'Draft', queued: 'Queued', scheduled: 'Scheduled', sending: 'Sending', sent: 'Sent' },
  unlistedState: 'Unlisted',
  readers: (n: number) => `about ${count(n, 'reader', 'readers')}`,
  toReaders: (n: number | undefined) =>
    n === undefined ? 'every confirmed reader' : `every confirmed reader, about ${n.toLocaleString('en')} of them`,
  standsDraft: (to: string) => `Only editors see this. Queue it, and it goes with the weekly digest to ${to}:`,
  standsQueued: (others: number, to: string) =>
    `${others === 0 ? 'This goes out with the weekly digest' : `This goes out with the weekly digest, together with ${count(others, 'other issue', 'other issues')},`} to ${to}. Until then you can take it out again.`,
  standsScheduled: (to: string) => `This goes out by itself, as a digest of its own, to ${to}. Until then you can take it back.`,
  standsSending: 'This is going out right now.',
  standsSent: 'This went out, and stands in the archive.',
  standsSentUnlisted: 'This went out. The archive does not list it; its address still works.',
  digestOf: 'See its digest',

  // What can be done
  queue: 'Queue for the next digest',
  unqueue: 'Take out of the queue',
  queued: 'Queued for the next digest.',
  unqueued: 'Out of the queue; a draft again.',
  schedule: 'Schedule…',
  reschedule: 'Another time…',
  unschedule: 'Take the schedule back',
  scheduled: (when: string) => `Scheduled: ${when}.`,
  unscheduled: 'Not scheduled any more; a draft again.',
  sendNow: 'Send now…',
  test: 'Send a test…',
  list: 'List in the archive',
  unlist: 'Keep out of the archive',
  listed: 'The archive lists it.',
  unlisted: 'Kept out of the archive. Its address works for those who know it.',
  replaceFile: 'Replace the file…',
  replaceTitle: 'Replace the text',
  replaceExplained: {
    draft: 'The new file takes the place of the old one, under the same address.',
    queued: 'The new file takes the place of the old one. The issue stays queued.',
    scheduled: 'The new file takes the place of the old one. The issue stays scheduled.',
    sending: '',
    sent: 'The archive shows the new text. Mails that went out stay as they are.',
  },
  replaceAnyway: 'Replace it all the same',
  remove: 'Delete…',
  removeTitle: 'Delete this issue?',
  removeExplained: (title: string) => `“${title}” goes away with its text. Nobody has been mailed it.`,
  removeSentExplained: (title: string) =>
    `“${title}” leaves the archive: its address will answer that it is gone. Mails that went out stay where they are.`,
  removeConfirm: 'Delete',
  removed: 'Deleted.',

  // Questions
  sendNowTitle: 'Send this issue now?',
  sendNowExplained: (title: string, to: string) =>
    `“${title}” goes at once to ${to}, as a digest of its own. It will not be in the weekly digest, and it cannot be sent a second time.`,
  sendNowConfirm: 'Send to all readers',
  sendingNow: 'On its way. The receipt fills up as readers are served.',
  scheduleTitle: 'Send at a moment of your choice',
  scheduleExplained: (title: string, to: string) =>
    `“${title}” goes to ${to}, by itself and as a digest of its own. It will not be in the weekly digest.`,
  scheduleAt: 'Date and time',
  scheduleZone: (zone: string) => `On the newsletter’s clock: ${zone}`,
  scheduleConfirm: 'Schedule',
  momentMissing: 'Choose a date and a time.',
  momentPast: 'This moment has passed. Choose one that is still to come.',
  onYourClock: (time: string) => `${time} on your clock`,
  testTitle: 'Send a test',
  testExplained: 'The mail is made by the very code of the digest. Its subject says that it is a test, and its links are nobody’s.',
  testTo: 'To',
  testToHint: 'Up to five addresses: your own, or those of the newsletter’s test readers. Leave it empty to mail yourself.',
  testToYourself: 'yourself',
  testConfirm: 'Send the test',
  tested: (to: string) => `Test sent to ${to}.`,
  notAnAddress: (text: string) => `“${text}” is not an email address.`,
  testRefused: 'Tests go only to your own address and to the newsletter’s test readers.',
  tooManyAddresses: 'At most five addresses.',
  overrideTitle: 'Queue it all the same?',
  queueExplained: (title: string, when: string, to: string) => `“${title}” then goes out on ${when} to ${to}.`,
  queueAnyway: 'Queue all the same',
  blocked: 'Something here should be put right first:',
  overrideReason: 'Why send it all the same?',
  overrideHint: 'The receipt repeats your reason and your name.',
  overrideMissing: 'Give a reason, in at least three characters.',

  // Two editors at once
  conflictTitle: 'Somebody changed this issue meanwhile',
  conflictSince: 'Since you opened it:',
  conflictUnknown: 'What you see is no longer how it stands.',
  titleIsNow: (title: string) => `Its title is now “${title}”.`,
  lookFirst: 'Show it as it is now',
  goOn: 'Go on all the same',
  history: 'Who did what',
  did: {
    uploaded: 'uploaded it',
    replaced: 'replaced the text',
    queued: 'queued it',
    unqueued: 'took it out of the queue',
    scheduled: 'scheduled it',
    unscheduled: 'took the schedule back',
    sent_now: 'sent it at once',
    tested: 'sent a test',
    listed: 'listed it in the archive',
    unlisted: 'kept it out of the archive',
    deleted: 'deleted it',
    overrode: 'sent it in spite of what was found',
  } as Record<string, string>,

  // What was found and understood
  findings: 'What was found',
  errorsTitle: 'Keeps it from being queued',
  warningsTitle: 'Worth a look',
  findingsHere: (n: number) => count(n, 'note', 'notes'),
  place: (place: Place) =>
    'part' in place
      ? { title: 'Title', intro: 'Introduction', closing: 'Closing' }[place.part]
      : `Section ${place.section + 1}${place.item === undefined ? '' : `, item ${place.item + 1}`}`,
  line: (n: number) => `line ${n}`,
  understood: 'What was understood',
  sections: (n: number) => count(n, 'section', 'sections'),
  items: (n: number) => count(n, 'item', 'items'),
  images: (n: number) => count(n, 'picture', 'pictures'),
  blocks: (n: number) => count(n, 'block', 'blocks'),
  introduction: 'Introduction',
  closing: 'Closing',
  untitledSection: 'Section without a title',
  kind: {
    paragraph: '',
    heading: 'heading',
    list: 'list',
    quote: 'quote',
    table: 'table',
    code: 'code',
    image: 'picture',
    rule: 'rule',
    footnotes: 'footnotes',
  },
  pictures: 'Pictures',
  picturesHint: 'Pictures become the newsletter’s own, so that old mails keep them. One that fails keeps its address.',
  pictureState: { kept: 'Kept', pending: 'On its way', failed: 'Failed', remote: 'Elsewhere' },
  noDescription: 'no description',

  // As readers get it
  preview: 'As readers get it',
  desktop: 'Desktop',
  phone: 'Phone',
  textPart: 'Text part',
  previewFrame: 'The rendered email',
  size: (bytes: string, limit: string, percent: number) => `${bytes} of ${limit} bytes, ${percent}% of what mail programs show`,
  downloadEml: 'Download .eml',
  elsewherePictures: (n: number) =>
    `${count(n, 'picture', 'pictures')} not kept yet ${n === 1 ? 'is' : 'are'} not shown here: this page asks no other server for anything.`,
};

export type IssueWords = typeof englishIssue;
