import { IssueContent, type Item, type Section, type Warning } from './issue.ts';
import { visibleText } from './issue-text.ts';
import { keptBlocks } from './reading/block-html.ts';
import type { FlowBlock } from './reading/flow.ts';
import {
  issueDate,
  issueLanguage,
  issueNumber,
  issueSlug,
  issueSummary,
  said,
  saidCover,
  saidTopics,
  saidUnlisted,
} from './reading/issue-details.ts';
import type { TakenIn } from './source/address.ts';
import { decodeText } from './source/decode-text.ts';
import { readJsonIssue } from './source/read-json-issue.ts';
import { blocksOf, type ReadSource, readSource } from './source/read-source.ts';

/** What a file may leave unsaid. */
export type Reading = { timeZone: string; locale: string; now: Date; takenIn?: TakenIn };

/** More of them would help nobody. */
const maxWarnings = 200;

/**
 * The issue that a file holds: HTML, Markdown or JSON, recognised by what is in it. Nothing visible is lost: the issue's
 * text in reading order is the file's. A file that cannot be read is refused with the line and the reason.
 */
export function readIssueFile(bytes: Uint8Array, { timeZone, locale, now, takenIn }: Reading): IssueContent {
  const text = decodeText(bytes);
  const source = readJsonIssue(text, takenIn) ?? readSource(text, takenIn);
  const { title, metadata, images } = source;
  const number = issueNumber(metadata, title);
  const date = issueDate(metadata, timeZone, now);
  const structure = structureOf(source);
  const visible = visibleText({ title: '', ...structure });
  return IssueContent.parse({
    slug: issueSlug({ metadata, number, date, title }),
    number,
    title,
    date,
    language: issueLanguage(metadata, title + visible, locale),
    summary: issueSummary(metadata, visible),
    cover: images.find(({ state }) => state === 'remote')?.url ?? saidCover(metadata),
    ...structure,
    images,
    ...(saidTopics(metadata) !== undefined && { topics: saidTopics(metadata) }),
    ...(saidUnlisted(metadata) !== undefined && { unlisted: saidUnlisted(metadata) }),
    warnings: fewEnough([...(said(metadata, 'date') ? [] : [noDate]), ...source.warnings]),
  });
}

/** What keeps an issue from being queued is never among what there is no room for. */
const fewEnough = (warnings: readonly Warning[]) => {
  const refused = warnings.filter(({ code }) => code === 'refused_address').slice(0, maxWarnings / 2);
  const others = warnings.filter(({ code }) => code !== 'refused_address').slice(0, maxWarnings - refused.length);
  const kept = new Set([...refused, ...others]);
  return warnings.filter((warning) => kept.has(warning));
};

const noDate = { code: 'no_date', message: 'the file names no date; the day of the upload is used' };

function structureOf({ outline }: ReadSource): Pick<IssueContent, 'intro' | 'sections' | 'closing'> {
  const kept = keptBlocks(blocksOf(outline));
  const blocks = (flow: readonly FlowBlock[]) => flow.map((block) => kept.get(block)).filter((block) => block !== undefined);
  const item = ({ line: _line, ...found }: ReadSource['outline']['sections'][number]['items'][number]): Item => ({
    ...found,
    blocks: blocks(found.blocks),
  });
  const section = (found: ReadSource['outline']['sections'][number]): Section => ({
    title: found.title,
    ...(found.url && { url: found.url }),
    blocks: blocks(found.blocks),
    items: found.items.map(item),
  });
  return { intro: blocks(outline.intro), sections: outline.sections.map(section), closing: blocks(outline.closing) };
}
