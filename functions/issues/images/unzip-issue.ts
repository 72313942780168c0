import { Refusal } from '../../platform/refusal.ts';
import { type ArchiveEntry, unpacked } from '../formats/zip-archive.ts';
import type { IssueUpload } from './issue-upload.ts';
import { sniffImage } from './sniff-image.ts';

/** The issue's file and its pictures in an archive; archives inside of it stay closed. */
export async function unzipIssue(entries: readonly ArchiveEntry[]): Promise<IssueUpload> {
  const texts: ArchiveEntry[] = [];
  const images: IssueUpload['images'] = [];
  for (const entry of entries) {
    if (isLeftover(entry)) continue;
    const named = /\.(md|mdx|markdown|mdown|html?|xhtml|txt|text|json)$/i.test(entry.path);
    if (named) texts.push(entry);
    else {
      const bytes = unpacked(entry);
      if ((await sniffImage(bytes)) !== undefined) images.push({ path: entry.path, bytes });
    }
  }
  const file = issueAmong(texts);
  return { bytes: unpacked(file), path: file.path, images };
}

/** What operating systems leave in archives, and what is hidden. */
const isLeftover = ({ path }: ArchiveEntry) =>
  path.endsWith('/') || path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** The one text, or the one nearest to the top: pages beside it may be notes and licences. */
function issueAmong(texts: readonly ArchiveEntry[]): ArchiveEntry {
  const depth = ({ path }: ArchiveEntry) => path.split('/').length;
  const top = Math.min(...texts.map(depth));
  const nearest = texts.filter((entry) => depth(entry) === top);
  const named = nearest.filter(({ path }) => !/(^|\/)(readme|license|licence|changelog)\.\w+$/i.test(path));
  const [first, second] = named.length > 0 ? named : nearest;
  if (!first) throw new Refusal('archive_without_text');
  if (second) throw new Refusal('archive_several_texts', { paths: [first.path, second.path] });
  return first;
}
