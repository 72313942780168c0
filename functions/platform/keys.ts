/** Where everything lies in the table; `docs/data-model.md` says what each holds. Nobody else writes a key. */
export type Key = { pk: string; sk: string };

/** Sixteen shards: the first hex digit of a subscriber's id, which is keyed and therefore evenly spread. */
export const shards = [...'0123456789abcdef'];
export const shardOf = (subscriberId: string) => subscriberId.slice(0, 1);

const padded = (n: number) => String(n).padStart(6, '0');

export const keys = {
  subscriber: (id: string): Key => ({ pk: `SUBSCRIBERS#${shardOf(id)}`, sk: id }),
  subscribersOf: (shard: string) => `SUBSCRIBERS#${shard}`,
  consent: (id: string, time: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: `CONSENT#${time}` }),

  feedback: (id: string, time: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: `FEEDBACK#${time}` }),
  /** Who looked at a reader, or changed something about them, and when. */
  lookUp: (id: string, time: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: `AUDIT#${time}` }),

  issue: (slug: string): Key => ({ pk: `ISSUE#${slug}`, sk: 'META' }),
  issueContent: (slug: string, hash: string, part: number): Key => ({ pk: `ISSUE#${slug}`, sk: `CONTENT#${hash}#${padded(part)}` }),
  /** Which issue came from these bytes; believed only while that issue's META names the same hash. */
  uploadedIssue: (sourceHash: string): Key => ({ pk: `UPLOADED#${sourceHash}`, sk: 'ISSUE' }),
  /** Who did what to the issue when; the version keeps two changes of one moment apart. */
  issueHistory: (slug: string, time: string, version: number): Key => ({ pk: `ISSUE#${slug}`, sk: `HISTORY#${time}#${padded(version)}` }),
  numberedIssue: (number: number, slug: string): Key => ({ pk: `NUMBER#${number}`, sk: slug }),
  listedIssue: (date: string, slug: string): Key => ({ pk: 'ISSUES', sk: `${date}#${slug}` }),
  queuedIssue: (slug: string): Key => ({ pk: 'QUEUE', sk: slug }),
  scheduledIssue: (time: string, slug: string): Key => ({ pk: 'SCHEDULED', sk: `${time}#${slug}` }),
  archivedIssue: (date: string, slug: string): Key => ({ pk: 'ARCHIVE', sk: `${date}#${slug}` }),

  digest: (id: string): Key => ({ pk: `DIGEST#${id}`, sk: 'META' }),
  rendered: (id: string, part: number): Key => ({ pk: `DIGEST#${id}`, sk: `RENDERED#${padded(part)}` }),
  fanOut: (id: string, shard: string): Key => ({ pk: `DIGEST#${id}`, sk: `FANOUT#${shard}` }),
  /** That the editors were told of a slot of the schedule. */
  notice: (slot: string, kind: string): Key => ({ pk: `NOTICE#${slot}`, sk: kind }),
  listedDigests: 'DIGESTS',
  /** By the moment a digest was for, so that weekly ones and issues sent on their own stand in one order. */
  listedDigest: ({ id, scheduledFor }: { id: string; scheduledFor: string }): Key => ({
    pk: keys.listedDigests,
    sk: `${new Date(scheduledFor).toISOString()}#${id}`,
  }),
  /** What the last digest that was done had for its audience. */
  lastDigest: { pk: 'DIGESTS_DONE', sk: 'LAST' } satisfies Key,
  openDigest: (id: string): Key => ({ pk: 'OPEN', sk: id }),

  order: (digest: string, shard: string, order: number): Key => ({ pk: `DIGEST#${digest}#${shard}`, sk: `ORDER#${padded(order)}` }),
  evidence: (digest: string, shard: string, order: number): Key => ({ pk: `DIGEST#${digest}#${shard}`, sk: `EVIDENCE#${padded(order)}` }),
  ledgerOf: (digest: string, shard: string) => `DIGEST#${digest}#${shard}`,

  readerExport: (id: string): Key => ({ pk: `EXPORT#${id}`, sk: 'META' }),
  readerImport: (id: string): Key => ({ pk: `IMPORT#${id}`, sk: 'META' }),
  /** What became of one stretch of an import's rows. */
  importResult: (id: string, chunk: number): Key => ({ pk: `IMPORT#${id}`, sk: `RESULT#${padded(chunk)}` }),
  importResultsOf: (id: string) => ({ pk: `IMPORT#${id}`, prefix: 'RESULT#' }),
  listedImport: (id: string): Key => ({ pk: 'IMPORTS', sk: id }),
  /** Imports whose unconfirmed readers are being asked; how many were asked on a day; that a reader was asked, once. */
  askingImport: (id: string): Key => ({ pk: 'ASKING', sk: id }),
  asksOf: (day: string): Key => ({ pk: 'ASKS', sk: day }),
  askedReader: (id: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: 'ASKED' }),
  /** When the last import was finished. */
  latestImport: { pk: 'IMPORTS', sk: 'LATEST' } satisfies Key,
  /** Who waits for a confirmation, by the hour in which they asked: of one network (by its keyed hash), and of all. */
  waitingOf: (network: string, hour: string): Key => ({ pk: `LIMIT#NETWORK#${network}`, sk: hour }),
  waiting: (hour: string): Key => ({ pk: 'LIMIT#SIGN-UPS', sk: hour }),
  confirmationsTo: (id: string): Key => ({ pk: `LIMIT#READER#${id}`, sk: 'CONFIRMATIONS' }),
  /** A proof of work, or a place in the queue, that has been used. */
  spentProof: (mark: string): Key => ({ pk: `LIMIT#PROOF#${mark}`, sk: 'SPENT' }),
  /** The words that a version in consent records stands for. */
  wording: (version: string): Key => ({ pk: `WORDING#${version}`, sk: 'TEXT' }),
  /** Where a reader's request came from: for a month, apart from the consent that it belongs to. */
  consentNetwork: (id: string, time: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: `NETWORK#${time}` }),

  /** How many readers there are and what happened week by week: the last counting, one on its way, and weeks that are closed. */
  figures: { pk: 'FIGURES', sk: 'LATEST' } satisfies Key,
  countingFigures: { pk: 'FIGURES', sk: 'COUNTING' } satisfies Key,
  weekFigures: (week: string): Key => ({ pk: 'FIGURES', sk: `WEEK#${week}` }),

  pace: { pk: 'PACE', sk: 'SES' } satisfies Key,
  probe: { pk: 'PROBE', sk: 'SES' } satisfies Key,
  schedule: { pk: 'SCHEDULE', sk: 'weekly-digest' } satisfies Key,
};
