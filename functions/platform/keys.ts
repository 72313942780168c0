/** Where everything lies in the table; `docs/data-model.md` says what each holds. Nobody else writes a key. */
export type Key = { pk: string; sk: string };

const hexDigits = [...'0123456789abcdef'];

/** Readers are stored in 256 partitions, by the first two hex digits of the id: each takes 1,000 writes a second. */
export const partitionOf = (subscriberId: string) => subscriberId.slice(0, 2);
export const partitions = hexDigits.flatMap((first) => hexDigits.map((second) => `${first}${second}`));

/** Into how many shards a list may be divided. */
export const shardCounts = [16, 32, 64, 128, 256] as const;
export type ShardCount = (typeof shardCounts)[number];

/**
 * A digest is planned in shards, and its ledger is kept by them: sixteen of a list of usual length, named by the first hex digit of their readers'
 * ids, and up to 256 of a long one, named by their first partition. Ids are keyed, therefore evenly spread.
 */
export const shardsOf = (count: ShardCount): readonly string[] =>
  count === 16 ? hexDigits : partitions.filter((_, n) => n % (partitions.length / count) === 0);
/** The whole list in sixteen parts, for walks that belong to no digest. */
export const shards = shardsOf(16);

export function shardOf(subscriberId: string, count: ShardCount = 16): string {
  const place = Math.floor((Number.parseInt(partitionOf(subscriberId), 16) * count) / partitions.length);
  return shardsOf(count)[place] ?? '';
}

/** The partitions that a shard covers, in key order. */
export function partitionsOf(shard: string, count: ShardCount = 16): readonly string[] {
  const [place, width] = [shardsOf(count).indexOf(shard), partitions.length / count];
  if (place < 0) throw new Error(`There is no shard ${shard} of ${count}.`);
  return partitions.slice(place * width, place * width + width);
}

/** What a shard is called, whatever the number of shards. */
export const shardName = /^[0-9a-f]{1,2}$/;

const padded = (n: number) => String(n).padStart(6, '0');

export const keys = {
  subscriber: (id: string): Key => ({ pk: `SUBSCRIBERS#${partitionOf(id)}`, sk: id }),
  subscribersOf: (partition: string) => `SUBSCRIBERS#${partition}`,
  consent: (id: string, time: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: `CONSENT#${time}` }),

  feedback: (id: string, time: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: `FEEDBACK#${time}` }),
  /** The address of a reader whose mailbox a digest found dead, sealed; and who they are, by digest and mailbox provider. */
  keptAddress: (id: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: 'ADDRESS' }),
  deadMailbox: (digest: string, letter: string, id: string): Key => ({ pk: `DEAD#${digest}`, sk: `${letter}#${id}` }),
  /** A colleague's role, by their `sub` in the user pool. */
  principal: (sub: string): Key => ({ pk: `PRINCIPAL#${sub}`, sk: 'META' }),
  /** The keys of programs, in one partition: there are few, and the API's throttle is far below what a partition reads. */
  apiKeys: 'API_KEYS',
  apiKey: (id: string): Key => ({ pk: keys.apiKeys, sk: id }),

  /** Who looked at a reader, or changed something about them, and when. */
  readerAccess: (id: string, time: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: `AUDIT#${time}` }),

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
  /** Who paused, resumed or cancelled it, and when. */
  digestHistory: (id: string, time: string): Key => ({ pk: `DIGEST#${id}`, sk: `HISTORY#${time}` }),
  rendered: (id: string, part: number): Key => ({ pk: `DIGEST#${id}`, sk: `RENDERED#${padded(part)}` }),
  shardPlan: (id: string, shard: string): Key => ({ pk: `DIGEST#${id}`, sk: `PLANNED#${shard}` }),
  /** That the editors were told of a slot of the schedule. */
  notice: (slot: string, kind: string): Key => ({ pk: `NOTICE#${slot}`, sk: kind }),
  listedDigests: 'DIGESTS',
  /** By the moment a digest was for, so that weekly ones and issues sent on their own are in one list, by time. */
  listedDigest: ({ id, scheduledFor }: { id: string; scheduledFor: string }): Key => ({
    pk: keys.listedDigests,
    sk: `${new Date(scheduledFor).toISOString()}#${id}`,
  }),
  /** What the last digest that was done had for its audience. */
  lastDigest: { pk: 'DIGESTS_DONE', sk: 'LAST' } satisfies Key,
  /** What editors have decided about the next one of the schedule. */
  nextDigest: { pk: 'NEXT_DIGEST', sk: 'PLAN' } satisfies Key,
  openDigest: (id: string): Key => ({ pk: 'OPEN', sk: id }),

  batch: (digest: string, shard: string, batch: number): Key => ({ pk: `DIGEST#${digest}#${shard}`, sk: `BATCH#${padded(batch)}` }),
  evidence: (digest: string, shard: string, batch: number): Key => ({
    pk: `DIGEST#${digest}#${shard}`,
    sk: `BATCH#${padded(batch)}#EVIDENCE`,
  }),
  ledgerOf: (digest: string, shard: string) => `DIGEST#${digest}#${shard}`,
  /** The first of a hundred batches, and what begins like it. */
  batchesOf: (digest: string, shard: string, segment: number) => ({
    pk: keys.ledgerOf(digest, shard),
    prefix: `BATCH#${padded(segment).slice(2)}`,
  }),
  /** What a hundred batches of a shard come to. */
  segment: (digest: string, shard: string, segment: number): Key => ({ pk: keys.segmentsOf(digest), sk: `${shard}#${padded(segment)}` }),
  segmentsOf: (digest: string) => `DIGEST#${digest}#SEGMENTS`,

  /** Where events are sent; what was announced and may be one; for each webhook what waits, what has ended, and what it has had. */
  webhook: (id: string): Key => ({ pk: keys.webhooks.pk, sk: `HOOK#${id}` }),
  webhooks: { pk: 'WEBHOOKS', prefix: 'HOOK#' },
  announcement: (time: string, id: string): Key => ({ pk: keys.announcements.pk, sk: `EVENT#${time}#${id}` }),
  announcements: { pk: 'WEBHOOKS', prefix: 'EVENT#' },
  waitingForWebhook: (webhook: string) => ({ pk: `WEBHOOK#${webhook}`, prefix: 'WAITING#' }),
  waitingForWebhookKey: (webhook: string, event: string): Key => ({ pk: `WEBHOOK#${webhook}`, sk: `WAITING#${event}` }),
  endedForWebhook: (webhook: string, name: string): Key => ({ pk: `WEBHOOK#${webhook}`, sk: `ENDED#${name}` }),
  endedForWebhookOf: (webhook: string) => ({ pk: `WEBHOOK#${webhook}`, prefix: 'ENDED#' }),
  seenByWebhook: (webhook: string, event: string): Key => ({ pk: `WEBHOOK#${webhook}`, sk: `SEEN#${event}` }),

  /** What was answered to a request with an Idempotency-Key, for a day. */
  keptAnswer: (mark: string): Key => ({ pk: `IDEMPOTENCY#${mark}`, sk: 'META' }),
  keptAnswerPart: (mark: string, part: number): Key => ({ pk: `IDEMPOTENCY#${mark}`, sk: `PART#${padded(part)}` }),

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
  /** Who took the list out or brought one in. */
  listHistory: (time: string): Key => ({ pk: 'LIST_HISTORY', sk: time }),
  /** When the last import was finished. */
  latestImport: { pk: 'IMPORTS', sk: 'LATEST' } satisfies Key,
  /** Who waits for a confirmation, by the hour in which they asked: of one network (by its keyed hash), and of all. */
  waitingOf: (network: string, hour: string): Key => ({ pk: `LIMIT#NETWORK#${network}`, sk: hour }),
  waiting: (hour: string): Key => ({ pk: 'LIMIT#SIGN-UPS', sk: hour }),
  /** Until when those of one network wait who bring no proof of work. */
  placesOf: (network: string): Key => ({ pk: `LIMIT#NETWORK#${network}`, sk: 'PLACES' }),
  /** Sign-ups that wait for their confirmation mail: what they come to, each network's part, and its mails in turn. */
  waitingLine: { pk: 'WAITING_LINE', sk: 'TOTAL' } satisfies Key,
  networkInLine: (network: string): Key => ({ pk: 'WAITING_LINE', sk: `NETWORK#${network}` }),
  networksInLine: { pk: 'WAITING_LINE', prefix: 'NETWORK#' },
  mailInLine: (network: string, time: string, id: string): Key => ({ pk: `WAITING_LINE#${network}`, sk: `MAIL#${time}#${id}` }),
  mailsInLine: (network: string) => ({ pk: `WAITING_LINE#${network}`, prefix: 'MAIL#' }),
  /** That an address of a network has a mail in the line. */
  addressInLine: (network: string, address: string): Key => ({ pk: `WAITING_LINE#${network}`, sk: `ADDRESS#${address}` }),
  /** Of one mailbox, by its keyed hash: the mails that somebody else can cause, and the second links. */
  mailsTo: (mailbox: string): Key => ({ pk: `LIMIT#MAILBOX#${mailbox}`, sk: 'MAILS' }),
  secondLinksTo: (mailbox: string): Key => ({ pk: `LIMIT#MAILBOX#${mailbox}`, sk: 'SECOND-LINKS' }),
  /** A proof of work, or a place in the queue, that has been used. */
  spentProof: (mark: string): Key => ({ pk: `LIMIT#PROOF#${mark}`, sk: 'SPENT' }),
  /** The words that a version in consent records means. */
  wording: (version: string): Key => ({ pk: `WORDING#${version}`, sk: 'TEXT' }),
  /** Where a reader's request came from: for a month, apart from the consent that it belongs to. */
  consentNetwork: (id: string, time: string): Key => ({ pk: `SUBSCRIBER#${id}`, sk: `NETWORK#${time}` }),

  /** How many readers there are and what happened week by week: the last counting, one on its way, and weeks that are closed. */
  statistics: { pk: 'STATISTICS', sk: 'LATEST' } satisfies Key,
  countingReaders: { pk: 'STATISTICS', sk: 'COUNTING' } satisfies Key,
  weekStatistics: (week: string): Key => ({ pk: 'STATISTICS', sk: `WEEK#${week}` }),

  pace: { pk: 'PACE', sk: 'SES' } satisfies Key,
  /** Mails that people asked for and SES could not take, by when they were parked. */
  parkedMails: { pk: 'PARKED_MAILS' },
  parkedMail: (time: string, id: string): Key => ({ pk: 'PARKED_MAILS', sk: `${time}#${id}` }),
  /** Who hosts the mailboxes of a domain, by its MX records. */
  mailboxHost: (domain: string): Key => ({ pk: `MX#${domain}`, sk: 'HOST' }),
  probe: { pk: 'PROBE', sk: 'SES' } satisfies Key,
  eventReceipts: { pk: 'PROBE', sk: 'RECEIPTS' } satisfies Key,
  /** A mail that `periodical doctor` has sent to SES's simulator, and what came back of it. */
  roundTrip: (id: string): Key => ({ pk: 'PROBE', sk: `ROUND-TRIP#${id}` }),
  /** That this table was restored, and what has been found since. */
  restore: { pk: 'RESTORE', sk: 'LATEST' } satisfies Key,
  schedule: { pk: 'SCHEDULE', sk: 'weekly-digest' } satisfies Key,
};
