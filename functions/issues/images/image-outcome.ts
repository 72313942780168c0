import { escapeHtml } from '../../platform/html.ts';
import type { Finding } from '../finding.ts';
import type { Block, IssueContent, IssueImage } from '../issue.ts';
import type { FailureReason } from './image-failure.ts';

/** What became of a picture. `shown`: the address it has in its file, where that is not the one in the issue's text. */
export type ImageOutcome = { shown?: string } & ({ url: string; width: number; height: number } | { reason: FailureReason });

/** By the address a picture has in an issue's text. */
export type ImageOutcomes = ReadonlyMap<string, ImageOutcome>;

/** The address, in an issue's text, of a picture that came with its file, until it is kept. Nothing is ever at such an address. */
const uploadedOrigin = 'https://uploaded.invalid/';
export const uploadedAddress = (hash: string) => `${uploadedOrigin}${hash}`;
/** The hash in such an address; undefined for any other. */
export const uploadedHash = (address: string) => (address.startsWith(uploadedOrigin) ? address.slice(uploadedOrigin.length) : undefined);

/** More of them would help nobody. */
const maxWarnings = 200;

/**
 * The issue with what became of its pictures: what is kept leads to us and has its size, what failed keeps its address and
 * is named in a warning. What mail programs must not see (SVG) or nobody could open leaves its words.
 */
export function withOutcomes(content: IssueContent, outcomes: ImageOutcomes): IssueContent {
  const blocks = (list: readonly Block[]) => list.map((block) => ({ ...block, html: htmlWith(block.html, outcomes) }));
  const failed = [...outcomes].flatMap(([address, outcome]) => ('reason' in outcome ? [warningOf(address, outcome)] : []));
  return {
    ...content,
    cover: coverWith(content.cover, outcomes),
    intro: blocks(content.intro),
    sections: content.sections.map((section) => ({
      ...section,
      blocks: blocks(section.blocks),
      items: section.items.map((item) => ({ ...item, blocks: blocks(item.blocks) })),
    })),
    closing: blocks(content.closing),
    images: content.images.map((image) => imageWith(image, outcomes.get(image.url))),
    warnings: [...content.warnings, ...failed].slice(0, maxWarnings),
  };
}

function imageWith(image: IssueImage, outcome: ImageOutcome | undefined): IssueImage {
  if (!outcome) return image;
  if ('reason' in outcome) return { url: outcome.shown ?? image.url, alt: image.alt, state: 'failed', reason: outcome.reason };
  const { url, width, height } = outcome;
  return { url, alt: image.alt, state: 'kept', width, height };
}

function coverWith(cover: string | null, outcomes: ImageOutcomes): string | null {
  const outcome = cover === null ? undefined : outcomes.get(cover);
  if (cover === null || !outcome) return cover;
  if ('url' in outcome) return outcome.url;
  return leadsNowhere(cover, outcome) ? null : cover;
}

/** An SVG may not reach a mail, nor an address of a private network; what came with the file has no address of its own. */
const leadsNowhere = (address: string, outcome: ImageOutcome) =>
  'reason' in outcome && (outcome.reason === 'svg' || outcome.reason === 'private_address' || uploadedHash(address) !== undefined);

const htmlWith = (html: string, outcomes: ImageOutcomes) =>
  html.includes('<img') ? html.replace(/<img\b[^<>]*>/g, (tag) => tagWith(tag, outcomes)) : html;

/** Only what the sanitiser wrote comes here: attributes in double quotes, with `>` inside of them as an entity. */
function tagWith(tag: string, outcomes: ImageOutcomes): string {
  const written = attribute(tag, 'src');
  const address = written && unescaped(written);
  const outcome = address && outcomes.get(address);
  if (!outcome) return tag;
  const alt = ` alt="${attribute(tag, 'alt') ?? ''}"`;
  if ('url' in outcome) {
    const { width, height } = shownSize(tag, outcome, outcome.shown ?? address);
    return `<img src="${escapeHtml(outcome.url)}"${alt} width="${width}" height="${height}" />`;
  }
  return leadsNowhere(address, outcome) ? `<img${alt} />` : tag;
}

/** As wide or as high as its source wants it, in its own shape; half as wide when its name says that it is for fine screens. */
function shownSize(tag: string, { width, height }: { width: number; height: number }, address: string) {
  const [wide, tall] = [Number(attribute(tag, 'width')), Number(attribute(tag, 'height'))];
  const natural = /@2x\.\w{2,5}(?:[?#]|$)/i.test(address) ? width / 2 : width;
  const shown = Math.max(1, Math.round(wide || (tall ? (width * tall) / height : natural)));
  return { width: shown, height: Math.max(1, Math.round((height * shown) / width)) };
}

const attribute = (tag: string, name: string) => [...tag.matchAll(/\s([\w-]+)="([^"]*)"/g)].find(([, each]) => each === name)?.[2];

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&', '&#123;': '{' };
const unescaped = (text: string) => text.replace(/&(?:lt|gt|quot|amp|#39|#123);/g, (entity) => entities[entity] ?? entity);

function warningOf(address: string, outcome: { reason: FailureReason; shown?: string }): Finding {
  const shown = outcome.shown ?? address;
  const named = shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
  const code = leadsNowhere(address, outcome) ? 'image_removed' : 'image_failed';
  return { code, values: { address: named, reason: outcome.reason } };
}
