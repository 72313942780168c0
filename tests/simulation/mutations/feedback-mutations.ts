import type { Mutation } from '../mutation.ts';

/** Faults in what becomes of a reader by what mailboxes say. */
export const feedbackMutations: readonly Mutation[] = [
  {
    name: 'gives up a reader after one soft bounce',
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
    file: 'functions/feedback/add-evidence.ts',
    replace: "one.event.eventType === 'Delivery' && isWatched(one)",
    by: "one.event.eventType === '' && isWatched(one)",
  },
  {
    name: 'a complaint stays with the address',
    file: 'functions/feedback/record-ses-events.ts',
    replace: "said.kind === 'complaint' ? find.byPerson(event) : find.byMailbox(event)",
    by: "said.kind === 'complaint' ? find.byMailbox(event) : find.byMailbox(event)",
  },
  {
    name: 'what the old mailbox says follows to the new one',
    file: 'functions/feedback/record-ses-events.ts',
    replace: "said.kind === 'complaint' ? find.byPerson(event) : find.byMailbox(event)",
    by: "said.kind === 'complaint' ? find.byPerson(event) : find.byPerson(event)",
  },
  {
    name: 'a mail does not say that it went to the new address',
    file: 'functions/deliveries/worker/send-batch.ts',
    replace: '...(id !== batch.readers[position] && { reader: id }),',
    by: '...(id === batch.readers[position] && { reader: id }),',
  },
];
