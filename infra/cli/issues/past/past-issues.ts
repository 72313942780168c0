import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { uploadHash } from '../../../../functions/api/issues/upload-hash.ts';
import { cannot } from '../../frame/cli-error.ts';
import { type IssueFile, issuesAt } from '../issue-files.ts';
import { jsonPosts } from './json-posts.ts';
import { type LeftOut, type PastPost, UnreadableExport } from './past-post.ts';
import { substackPosts } from './substack-posts.ts';
import { wordPressPosts } from './word-press-posts.ts';

export type PastIssues = { files: IssueFile[]; leftOut: { file: string; why: LeftOut }[] };

/** What a ZIP on this machine may unpack to, so that a broken one does not fill its memory. */
const mostUnpacked = 2_000_000_000;

/**
 * The issues of a folder, a ZIP of files, or an export of another newsletter program, each a file of its own. `site`: where an
 * export's own pages were, for programs that leave it out.
 * @throws CliError `no_such_file`, `export_not_read`
 */
export function pastIssuesAt(path: string, { root, site }: { root: string; site?: string | undefined }): PastIssues {
  const at = resolve(root, path);
  if (!statSync(at, { throwIfNoEntry: false })) throw cannot('no_such_file', { file: path });
  if (statSync(at).isDirectory()) return { files: issuesAt([path], root), leftOut: [] };
  const bytes = readFileSync(at);
  try {
    if (bytes.subarray(0, 2).toString('latin1') === 'PK') return inArchive(basename(at), bytes);
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
    const isXml = text.trimStart().startsWith('<');
    return asFiles(basename(at), isXml ? wordPressPosts(text) : jsonPosts(text, site));
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof UnreadableExport) && !isZipFault(error)) throw error;
    throw cannot('export_not_read', { file: path, fault: (error as Error).message }, { cause: error });
  }
}

const isZipFault = (error: unknown) => error instanceof Error && 'code' in error && typeof error.code === 'number';

function asFiles(from: string, posts: readonly PastPost[]): PastIssues {
  const before = new Map<string, number>();
  const files = posts.flatMap((post) => {
    if ('leftOut' in post) return [];
    const { name } = post;
    const bytes = Buffer.from(post.text);
    const count = (before.get(name) ?? 0) + 1;
    before.set(name, count);
    // Two posts of one name are two issues: each is found again by its source.
    const source = `${from}/${count > 1 ? `${count}/` : ''}${name}`;
    return [{ source, name, bytes, images: [], hash: uploadHash(bytes, []) }];
  });
  const leftOut = posts.flatMap((post) => ('leftOut' in post ? [{ file: post.name, why: post.leftOut }] : []));
  return { files, leftOut };
}

function inArchive(from: string, bytes: Uint8Array): PastIssues {
  let size = 0;
  const entries = unzipSync(bytes, {
    filter: ({ originalSize, name }) => {
      size += originalSize;
      if (size > mostUnpacked) throw new UnreadableExport(`it unpacks to more than ${mostUnpacked / 1_000_000_000} GB`);
      return !name.endsWith('/');
    },
  });
  const list = Object.keys(entries).find((name) => /(^|\/)posts\.csv$/.test(name));
  if (list !== undefined) return asFiles(from, substackPosts(entries, list));
  return unpackedFiles(from, entries);
}

/** Read as any folder is, so that pictures come along; under the name of the ZIP, wherever they lie for that moment. */
function unpackedFiles(from: string, entries: Record<string, Uint8Array>): PastIssues {
  const folder = mkdtempSync(join(tmpdir(), 'periodical-archive-'));
  try {
    for (const [name, bytes] of Object.entries(entries)) {
      const file = resolve(folder, name);
      // A path in an archive may lead out of it.
      if (!file.startsWith(`${folder}/`) && !file.startsWith(`${folder}\\`)) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    return { files: issuesAt(['.'], folder).map((file) => ({ ...file, source: `${from}/${file.source}` })), leftOut: [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
