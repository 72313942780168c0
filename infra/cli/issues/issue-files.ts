import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { zipSync } from 'fflate';
import { uploadHash } from '../../../functions/api/issues/upload-hash.ts';
import type { UploadedImage } from '../../../functions/issues/images/issue-upload.ts';
import { cannot } from '../frame/cli-error.ts';

/** An issue's file in a folder; `source` is its path from where the command runs, by which its issue is found again. */
export type IssueFile = { source: string; name: string; bytes: Uint8Array; images: UploadedImage[]; hash: string };

const issueNames = ['md', 'mdx', 'markdown', 'html', 'htm', 'txt', 'eml', 'docx'];
const pictureNames = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'heic', 'heif', 'svg', 'bmp', 'tif', 'tiff'];
const isPicture = (path: string) => pictureNames.includes(extname(path).slice(1).toLowerCase());
const isAbout = (path: string) => /^(readme|licen[cs]e|changelog|contributing|code_of_conduct)\b/i.test(basename(path));

/** What fits into one request beside a form's own lines. */
const largestBody = 4 * 1024 * 1024 - 64 * 1024;

/**
 * The issues at these paths: files that are named, and in folders everything that can be one. `root` is where the command runs.
 * @throws CliError `no_such_file`, `no_issues_there`
 */
export function issuesAt(paths: readonly string[], root: string): IssueFile[] {
  const seen = new Map<string, string[]>();
  const picturesIn = (folder: string) => {
    const pictures = seen.get(folder) ?? filesIn(folder).filter(isPicture);
    seen.set(folder, pictures);
    return pictures;
  };
  const found = paths.flatMap((path) => {
    const at = resolve(root, path);
    if (!existsSync(at)) throw cannot('no_such_file', { file: path });
    if (!statSync(at).isDirectory()) return [issueIn(at, { root, pictures: picturesIn(dirname(at)) })];
    const pictures = picturesIn(at);
    const all = filesIn(at).filter((file) => issueNames.includes(extname(file).slice(1).toLowerCase()) && !isAbout(file));
    return all.map((file) => issueIn(file, { root, pictures }));
  });
  if (found.length === 0) throw cannot('no_issues_there', { paths, names: issueNames });
  return [...new Map(found.map((file) => [file.source, file])).values()];
}

const isHidden = (path: string) => path.split(/[\\/]/).some((part) => part.startsWith('.') || part === 'node_modules');

/** Packages are passed over and not looked through; a link may lead nowhere. */
const filesIn = (folder: string): string[] =>
  globSync('**/*', { cwd: folder, exclude: isHidden })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .sort();

function issueIn(file: string, { root, pictures }: { root: string; pictures: readonly string[] }): IssueFile {
  const bytes = new Uint8Array(readFileSync(file));
  const images = picturesOf(file, Buffer.from(bytes).toString('utf8').normalize('NFC'), pictures).map((path) => ({
    path: slashed(relative(dirname(file), path)),
    bytes: new Uint8Array(readFileSync(path)),
  }));
  const sent = packed({ name: basename(file), bytes, images });
  const source = slashed(relative(root, file)).normalize('NFC');
  return { source, name: basename(file), ...sent, hash: uploadHash(sent.bytes, sent.images) };
}

const slashed = (path: string) => path.split(sep).join('/');

/**
 * The pictures that a text names, of those that lie there: below the file itself, under a path that the text has, or
 * where only one has that name. Folders of posts often hold a `cover.png` each.
 */
function picturesOf(file: string, text: string, pictures: readonly string[]): string[] {
  const says = (words: string) => text.includes(words.normalize('NFC')) || text.includes(encodeURI(words));
  const named = Map.groupBy(pictures, (path) => basename(path));
  const own = `${dirname(file)}${sep}`;
  return pictures.filter((path) => {
    if (!says(basename(path))) return false;
    const withFolder = slashed(path).split('/').slice(-2).join('/');
    return path.startsWith(own) || says(withFolder) || named.get(basename(path))?.length === 1;
  });
}

/** What does not fit into one request goes as a ZIP, whose bytes are the same whenever it is made. */
function packed({ name, bytes, images }: { name: string; bytes: Uint8Array; images: UploadedImage[] }) {
  const size = images.reduce((sum, image) => sum + image.bytes.length + 500, bytes.length);
  if (size <= largestBody || images.length === 0) return { bytes, images };
  // Pictures may lie beside the file's folder, and no path in an archive leads out of it.
  const inside = (path: string) => `issue/${path}`.replaceAll('../', '');
  const entries = Object.fromEntries([[inside(name), bytes], ...images.map((image) => [inside(image.path), image.bytes] as const)]);
  // 1 January 2000, on every clock.
  return { bytes: zipSync(entries, { level: 0, mtime: new Date(2000, 0, 1) }), images: [] };
}

export const isTooLargeForRequest = ({ bytes }: Pick<IssueFile, 'bytes'>) => bytes.length > largestBody;
