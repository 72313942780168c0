import type { Finding } from '../finding.ts';

/** A picture that came with a file; `path` as its form or archive names it, with slashes. */
export type UploadedImage = { path: string; bytes: Uint8Array };

/**
 * An issue's file and the pictures beside it; `path`: where the file itself lies, when it came in an archive; `name`: what it was called,
 * as far as that came with it; `encoding`: the one an editor chose, `charset`: the one that came with it; `isTranslated`: the text was
 * made of another format, so that its lines cannot be cited.
 */
export type IssueUpload = {
  bytes: Uint8Array;
  path: string;
  images: UploadedImage[];
  name?: string | undefined;
  encoding?: string | undefined;
  charset?: string | undefined;
  isTranslated?: boolean;
};

/** Finds the picture that a file means by an address without a host, such as `../img/a%20b.png?v=2`. */
export class PicturesBeside {
  readonly #byPath: ReadonlyMap<string, UploadedImage>;
  readonly #byName: ReadonlyMap<string, UploadedImage[]>;
  readonly #folder: string;
  readonly #used = new Set<UploadedImage>();

  constructor({ path, images }: IssueUpload) {
    this.#folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    this.#byPath = new Map(images.map((image) => [plainPath('', image.path), image]));
    this.#byName = Map.groupBy(images, (image) => nameIn(image.path));
  }

  find(address: string): UploadedImage | undefined {
    if (/^cid:/i.test(address.trim())) return this.#taken(this.#byPath.get(plainPath('', decoded(address.trim()))));
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address.trim())) return undefined;
    const path = decoded(address.trim().replace(/[?#].*$/s, '')).replaceAll('\\', '/');
    if (path === '') return undefined;
    // Programs that export a form or an archive often flatten folders: a name that is there once is meant.
    const named = this.#byName.get(nameIn(path)) ?? [];
    const found = this.#byPath.get(plainPath(this.#folder, path)) ?? (named.length === 1 ? named[0] : undefined);
    return this.#taken(found);
  }

  #taken(image: UploadedImage | undefined): UploadedImage | undefined {
    if (image) this.#used.add(image);
    return image;
  }

  /** What came along and is nowhere in the text. */
  unused(): Finding[] {
    const all = [...this.#byName.values()].flat().filter((image) => !this.#used.has(image));
    return all.slice(0, 20).map(({ path }) => ({ code: 'image_unused', values: { path: path.slice(-80) } }));
  }
}

function plainPath(folder: string, path: string): string {
  const parts: string[] = path.startsWith('/') ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.filter(Boolean).join('/').normalize('NFC').toLowerCase();
}

const nameIn = (path: string) => plainPath('', path).split('/').at(-1) ?? '';

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
