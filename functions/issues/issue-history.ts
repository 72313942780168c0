import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { HistoryEntry, type IssueMeta } from './issue.ts';

/** Keeps an entry for good. The same entry again is the same item, so it may be written twice. */
export async function keepEntry(table: Table, slug: string, entry: HistoryEntry | undefined): Promise<void> {
  if (entry) await table.put({ ...keys.issueHistory(slug, entry.at, entry.version), ...entry });
}

/** Who did what to the issue when, newest first; `latest` is the change META carries, whose entry may still be on its way. */
export async function issueHistory(table: Table, slug: string, latest?: HistoryEntry): Promise<HistoryEntry[]> {
  const items = await Array.fromAsync(table.query({ pk: keys.issue(slug).pk, prefix: 'HISTORY#' }));
  const entries = items.map((item) => HistoryEntry.parse(item));
  const isThere = !latest || entries.some(({ at, version }) => at === latest.at && version === latest.version);
  return [...entries, ...(isThere ? [] : [latest])].sort((a, b) => b.at.localeCompare(a.at) || b.version - a.version);
}

const did: Readonly<Record<HistoryEntry['did'], string>> = {
  uploaded: 'uploaded it',
  replaced: 'replaced its text',
  queued: 'queued it',
  unqueued: 'took it out of the queue',
  scheduled: 'scheduled it',
  unscheduled: 'took back its schedule',
  sent_now: 'sent it',
  tested: 'sent a test of it',
  listed: 'put it into the lists',
  unlisted: 'took it out of the lists',
  topics: 'chose its topics',
  deleted: 'deleted it',
  overrode: 'overrode its preflight',
  archived: 'put it into the archive without a mail',
};

/** What happened to an issue after a version that somebody saw, in words; oldest first. */
export function changesSince(history: readonly HistoryEntry[], version: number, { state, digestId }: IssueMeta): string[] {
  const changes = history
    .filter((entry) => entry.version > version)
    .map(({ by, at, did: action, detail }) => `${by.name} ${did[action]} at ${at}${detail ? ` (${detail})` : ''}`)
    .reverse();
  const taken = digestId !== undefined && (state === 'sending' || state === 'sent') ? [`the digest ${digestId} took it`] : [];
  return changes.length + taken.length > 0 ? [...changes, ...taken] : ['a digest took it and gave it back'];
}
