import { Refusal } from '../../platform/refusal.ts';
import type { IssueUpload } from '../images/issue-upload.ts';
import { unzipIssue } from '../images/unzip-issue.ts';
import { isMail } from './is-mail.ts';
import { archiveEntries, isZip } from './zip-archive.ts';

/**
 * The text and the pictures that a file holds: of an archive those in it; of a Word document or a mail the page that it is
 * made into. Any other file is a text itself.
 */
export async function openUpload(bytes: Uint8Array): Promise<IssueUpload> {
  if (isMail(bytes)) {
    const { mailPage } = await import('./mail-page.ts');
    return mailPage(bytes);
  }
  if (!isZip(bytes)) return { bytes, path: '', images: [] };
  const entries = archiveEntries(bytes);
  const has = (path: RegExp) => entries.some((entry) => path.test(entry.path));
  if (has(/^word\/document\d*\.xml$/)) {
    const { docxPage } = await import('./docx-page.ts');
    return docxPage(entries);
  }
  if (has(/^\[Content_Types\]\.xml$|^META-INF\/manifest\.xml$|\.iwa$/)) throw new Refusal('office_file');
  return unzipIssue(entries);
}
