import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import type { IssueContent } from './issue.ts';
import { saveContent } from './issue-contents.ts';

/** The content and all that points at it, written before META does; what META says about the content. */
export async function storeUpload(table: Table, upload: { content: IssueContent; sourceHash: string; source?: string | undefined }) {
  const { content, sourceHash, source } = upload;
  const { slug, title, number, date, language, summary, canonical } = content;
  const saved = await saveContent(table, content);
  await table.put({ ...keys.uploadedIssue(sourceHash), slug });
  await table.put(keys.listedIssue(date, slug));
  if (number !== null) await table.put(keys.numberedIssue(number, slug));
  const said = { ...(canonical && { canonical }), ...(source !== undefined && { source }) };
  return { slug, title, number, date, language, summary, ...said, sourceHash, ...saved };
}

/** Which issue these bytes once became, or a name that no issue has; believed only while its META names the same hash. */
export const slugOfBytes = async (table: Table, sourceHash: string): Promise<string> =>
  ((await table.get(keys.uploadedIssue(sourceHash)))?.slug as string | undefined) ?? '';
