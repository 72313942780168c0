import { createHash } from 'node:crypto';
import { epochSeconds } from '../platform/clock.ts';
import { compressedParts, fromCompressedParts } from '../platform/compressed-parts.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { IssueContent } from './issue.ts';

type StoredContent = { contentHash: string; contentParts: number };

const hashOf = (content: IssueContent) => createHash('sha256').update(JSON.stringify(content)).digest('hex');

/** Writes the content under its own hash, so that nothing that points at earlier content changes. */
export async function saveContent(table: Table, content: IssueContent): Promise<StoredContent> {
  const contentHash = hashOf(content);
  const parts = await compressedParts(content);
  await Promise.all(parts.map((bytes, part) => table.put({ ...keys.issueContent(content.slug, contentHash, part), bytes })));
  return { contentHash, contentParts: parts.length };
}

/** Writes content that no issue need have, until a moment, and answers with its hash; what an issue has already stays. */
export async function saveForPreview(table: Table, content: IssueContent, until: Date): Promise<string> {
  const hash = hashOf(content);
  const expiresAt = epochSeconds(until);
  const parts = await compressedParts(content);
  const isNew = { expression: 'attribute_not_exists(pk)' };
  await Promise.all(parts.map((bytes, part) => table.put({ ...keys.issueContent(content.slug, hash, part), bytes, expiresAt }, isNew)));
  return hash;
}

/**
 * Puts this content in the place of the one with the hash `from`, if that is still what the issue says. No change of an
 * editor's: a digest that froze the earlier content keeps it.
 */
export async function moveContent(table: Table, content: IssueContent, from: string): Promise<boolean> {
  const { contentHash, contentParts } = await saveContent(table, content);
  const moved = await table.update(keys.issue(content.slug), {
    set: 'SET contentHash = :hash, contentParts = :parts',
    condition: 'attribute_not_exists(deletedAt) AND contentHash = :from',
    values: { ':hash': contentHash, ':parts': contentParts, ':from': from },
  });
  return moved !== undefined;
}

/** What the issue said under this hash, also when it has been replaced since. */
export async function savedContent(table: Table, slug: string, contentHash: string): Promise<IssueContent | undefined> {
  const parts = await Array.fromAsync(table.query({ pk: keys.issue(slug).pk, prefix: `CONTENT#${contentHash}#` }));
  return parts.length === 0 ? undefined : IssueContent.parse(await fromCompressedParts(parts.map(({ bytes }) => bytes as Uint8Array)));
}

/** Everything an issue ever said. */
export async function forgetContents(table: Table, slug: string): Promise<void> {
  const parts = await Array.fromAsync(table.query({ pk: keys.issue(slug).pk, prefix: 'CONTENT#' }));
  await Promise.all(parts.map(({ pk, sk }) => table.delete({ pk, sk })));
}
