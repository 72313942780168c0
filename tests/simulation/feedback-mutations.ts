import type { Mutation } from './mutation.ts';

/** Faults in what becomes of a reader by what mailboxes say. */
export const feedbackMutations: readonly Mutation[] = [
  {
    name: 'gives up whoever bounces softly once',
    file: 'functions/feedback/judge-reader.ts',
    replace: 'const softLimit = 5;',
    by: 'const softLimit = 1;',
  },
  {
    name: 'a delivery makes no soft bounce good',
    file: 'functions/feedback/acquit.ts',
    replace: 'if (delivered) return (feedback)',
    by: 'if (delivered && newestFirst.length > 100) return (feedback)',
  },
  {
    name: 'a delivery that is told late brings nobody back',
    file: 'functions/feedback/record-ses-events.ts',
    replace: "if (one.event.eventType !== 'Delivery' || !evidence?.isWatched(position)) continue;",
    by: "if (one.event.eventType !== '' || !evidence?.isWatched(position)) continue;",
  },
  {
    name: 'a complaint stays with the address',
    file: 'functions/feedback/record-ses-events.ts',
    replace: "said.kind === 'complaint' ? whoComplains : whoseMailbox",
    by: "said.kind === 'complaint' ? whoseMailbox : whoseMailbox",
  },
  {
    name: 'what the old mailbox says follows to the new one',
    file: 'functions/feedback/record-ses-events.ts',
    replace: "said.kind === 'complaint' ? whoComplains : whoseMailbox",
    by: "said.kind === 'complaint' ? whoComplains : whoComplains",
  },
  {
    name: 'a mail does not say that it went to the new address',
    file: 'functions/deliveries/deliver.ts',
    replace: '...(id !== order.readers[position] && { reader: id }),',
    by: '...(id === order.readers[position] && { reader: id }),',
  },
];
