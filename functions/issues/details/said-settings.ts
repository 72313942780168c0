import type { TakenIn } from '../source/address.ts';
import type { Metadata } from '../source/front-matter.ts';
import { asLine, valuesOf } from './metadata-keys.ts';

/**
 * The picture that the metadata names, in a key of its own or inside of one (`image.path`): on the web, or one that came with the file.
 * `ofPage`: what a page shows on other sites, which is often the first picture of its text again.
 */
export function saidCover(metadata: Metadata, takenIn: TakenIn | undefined) {
  const addresses = valuesOf(metadata, 'cover')
    .flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : [value]))
    .filter((address) => typeof address === 'string' && /^[^\s./]*[./]\S*$/.test(address.trim())) as string[];
  const [said] = addresses.flatMap((address) => (isOnWeb(address) ? address : (takenIn?.(address.trim()) ?? [])));
  const ofPage = metadata.get('page image');
  return {
    said,
    ofPage: typeof ofPage === 'string' && isOnWeb(ofPage) ? ofPage : null,
    unused: said === undefined && addresses.length > 0 ? ['cover'] : [],
  };
}

const isOnWeb = (address: string) => /^https?:\/\/\S+$/i.test(address) && URL.canParse(address);

/** `topics: [robots, chips]`, or one line with commas; undefined when the metadata does not say. */
export function saidTopics(metadata: Metadata): string[] | undefined {
  const [value] = valuesOf(metadata, 'topics');
  if (typeof value !== 'string' && !Array.isArray(value)) return undefined;
  const names = (Array.isArray(value) ? value : value.split(/[,，、;；]/)).filter((name) => typeof name === 'string');
  return [...new Set(names.map((name) => name.trim().slice(0, 40).toWellFormed()).filter(Boolean))].slice(0, 12);
}

/** `unlisted: true`; undefined when the metadata does not say. */
export function saidUnlisted(metadata: Metadata): boolean | undefined {
  const [value] = valuesOf(metadata, 'unlisted');
  const said = typeof value === 'boolean' ? String(value) : (asLine(value)?.toLowerCase() ?? '');
  return said === 'true' || said === 'yes' ? true : said === 'false' || said === 'no' ? false : undefined;
}
