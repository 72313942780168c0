/** A file under the name that an issue's relative addresses would use for it: `pictures/bridge.png`. */
export type NamedFile = { name: string; file: File };

/** One issue and the pictures that came along with it. */
export type ChosenIssue = { issue: File; images: NamedFile[] };

/** What somebody chose holds no issue, or more than one. */
export class NotOneIssue extends Error {
  override readonly name = 'NotOneIssue';
  readonly candidates: readonly string[];
  constructor(candidates: readonly string[]) {
    super(candidates.join(', '));
    this.candidates = candidates;
  }
}

const isPicture = ({ name, file }: NamedFile) =>
  file.type.startsWith('image/') || /\.(avif|bmp|gif|heic|heif|jpe?g|png|svg|webp)$/i.test(name);
const isLitter = ({ name }: NamedFile) => /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/.test(name);

/**
 * Tells the issue from its pictures. A name alone decides nothing about a single file: what it is, the server reads in it.
 * @throws NotOneIssue
 */
export function oneIssue(files: readonly NamedFile[]): ChosenIssue {
  const sensible = files.filter((file) => !isLitter(file));
  const [only, ...others] = sensible.filter((file) => !isPicture(file));
  if (!only || others.length > 0) throw new NotOneIssue(only ? [only, ...others].map(({ name }) => name) : []);
  const folder = only.name.slice(0, only.name.lastIndexOf('/') + 1);
  const images = sensible
    .filter(isPicture)
    .map(({ name, file }) => ({ name: name.startsWith(folder) ? name.slice(folder.length) : name, file }));
  return { issue: only.file, images };
}

export const namedFiles = (files: Iterable<File>): NamedFile[] =>
  [...files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));

/** What was dropped, folders opened. To be called while the drop is being handled: later the browser forgets it. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<NamedFile[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return namedFiles(files);
  return (await Promise.all(entries.map(filesIn))).flat();
}

async function filesIn(entry: FileSystemEntry): Promise<NamedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ name: entry.fullPath.replace(/^\//, ''), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside: NamedFile[] = [];
  // A directory is read a hundred entries at a time, until nothing more comes.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return inside;
    inside.push(...(await Promise.all(some.map(filesIn))).flat());
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
