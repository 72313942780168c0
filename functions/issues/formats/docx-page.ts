import mammoth from 'mammoth';
import { Refusal } from '../../platform/refusal.ts';
import { megabytes } from '../../platform/refusals/refusal-kind.ts';
import type { IssueUpload, UploadedImage } from '../images/issue-upload.ts';
import { asPage } from './as-page.ts';
import { plainFormulas } from './office-math.ts';
import { innerText, parseXml, xmlElements } from './xml-elements.ts';
import { type ArchiveEntry, unpacked } from './zip-archive.ts';

/** What a document of 1 MB of text has at most; the parser makes some twenty times of it. */
const maxXmlBytes = 8 * 1024 * 1024;
const maxElements = 80_000;
const maxAttributes = 400_000;
const maxDepth = 200;
const maxImages = 300;
const maxImageBytes = 64 * 1024 * 1024;
const longestCreator = 400;

const styles = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  ...[1, 2, 3, 4].map((level) => `p[style-name='标题 ${level}'] => h${level}:fresh`),
  'strike => s',
];

/** The page that a Word document is: headings, lists, tables, links, footnotes, and its pictures beside it. */
export async function docxPage(entries: readonly ArchiveEntry[]): Promise<IssueUpload> {
  const images: UploadedImage[] = [];
  let shown = 0;
  let imageBytes = 0;
  // The library forgets what is thrown here, so limits are looked at behind it.
  const convertImage = mammoth.images.imgElement(async (image) => {
    shown += 1;
    const src = `picture-${shown}`;
    if (shown > maxImages || imageBytes > maxImageBytes) return { src };
    const bytes = await image.readAsBuffer().catch(() => undefined);
    imageBytes += bytes?.length ?? 0;
    // One that is not there leaves its words, and is named like any other that cannot be found.
    if (bytes) images.push({ path: src, bytes });
    return { src };
  });
  const file = packageOf(entries);
  const html = await converted(file, convertImage);
  if (shown > maxImages) throw new Refusal('too_many_pictures', { pictures: shown, most: maxImages });
  if (imageBytes > maxImageBytes)
    throw new Refusal('archive_too_large', { megabytes: megabytes(imageBytes), limitMegabytes: megabytes(maxImageBytes) });
  const metadata = { 'document author': await creatorOf(file) };
  return { bytes: asPage(metadata, `<!doctype html><body>${html}</body>`), path: '', images, isTranslated: true };
}

/** Who wrote the document, as its properties say; those that cannot be read say nothing. */
async function creatorOf(file: DocxPackage): Promise<string | undefined> {
  const properties = 'docProps/core.xml';
  if (!file.exists(properties)) return undefined;
  try {
    const root = parseXml(String(await file.read(properties, 'utf-8')));
    const creator = root && xmlElements(root).find(({ name }) => name === 'dc:creator');
    return innerText(creator).slice(0, longestCreator);
  } catch (error) {
    if (Refusal.is(error)) return undefined;
    throw error;
  }
}

type DocxPackage = {
  exists: (path: string) => boolean;
  read: (path: string, encoding?: string) => Promise<Uint8Array | string>;
};

/** What the library asks of an archive, answered by our own unpacking, which believes no size. */
function packageOf(entries: readonly ArchiveEntry[]): DocxPackage {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  return {
    exists: (path) => byPath.has(path),
    read: async (path, encoding) => {
      const entry = byPath.get(path);
      if (!entry) throw new Refusal('archive_damaged');
      const bytes = unpacked(entry);
      if (!encoding) return bytes;
      if (encoding === 'base64') return Buffer.from(bytes).toString('base64');
      return checkedXml(path, new TextDecoder(encoding).decode(bytes));
    },
  };
}

/**
 * Nothing but elements and text, as word processors write it: no entities of its own, no depth that a parser would recurse into,
 * no signs of openings without an end, for each of which the parser would read to the end of the file.
 */
function checkedXml(path: string, xml: string): string {
  if (xml.length > maxXmlBytes)
    throw new Refusal('text_too_large', { kilobytes: Math.ceil(xml.length / 1024), limitKilobytes: maxXmlBytes / 1024 });
  let depth = 0;
  let elements = 0;
  for (const [tag] of xml.matchAll(/<[/?]?[A-Za-z][^<>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!/[/?]>$/.test(tag)) depth += 1;
    elements += 1;
    if (depth > maxDepth) throw new Refusal('elements_too_deep', { line: 1, most: maxDepth });
  }
  if (count(xml, '<') !== elements) throw new Refusal('archive_entry_damaged', { path });
  if (elements > 2 * maxElements || count(xml, '=') > maxAttributes) throw new Refusal('too_many_elements', { most: maxElements });
  return plainFormulas(xml);
}

function count(text: string, sign: string): number {
  let found = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) found += 1;
  return found;
}

async function converted(file: DocxPackage, convertImage: ReturnType<typeof mammoth.images.imgElement>) {
  // `file` is what the library makes of a buffer itself; its types do not name it.
  const input = { file } as unknown as Parameters<typeof mammoth.convertToHtml>[0];
  try {
    const { value } = await mammoth.convertToHtml(input, {
      styleMap: styles,
      convertImage,
      externalFileAccess: false,
    });
    return value;
  } catch (error) {
    if (Refusal.is(error)) throw error;
    throw new Refusal('archive_damaged');
  }
}
