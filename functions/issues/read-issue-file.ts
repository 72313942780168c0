import { closedDirection } from '../platform/closed-direction.ts';
import type { DateContext } from './details/dates/choose-day.ts';
import { issueDate } from './details/issue-date.ts';
import { type IssueWords, issueLanguage } from './details/issue-language.ts';
import { issueNumber } from './details/issue-number.ts';
import { issueSlug } from './details/issue-slug.ts';
import { issueSummary } from './details/issue-summary.ts';
import { issueWords } from './details/issue-words.ts';
import { mailDetails } from './details/mail-details.ts';
import { asLine, unusedIn } from './details/metadata-keys.ts';
import { saidCover, saidTopics, saidUnlisted } from './details/said-settings.ts';
import type { Finding } from './finding.ts';
import { readFeed } from './formats/read-feed.ts';
import { refuseOtherFormats } from './formats/refused-format.ts';
import { IssueContent, type Item, type Section } from './issue.ts';
import { keepsFromQueue } from './preflight/issue-findings.ts';
import { keptBlocks } from './reading/block-html.ts';
import type { FlowBlock } from './reading/flow-block.ts';
import type { TakenIn } from './source/address.ts';
import { decodeText } from './source/decode-text.ts';
import { readJsonIssue } from './source/read-json-issue.ts';
import { blocksOf, type ReadSource, readSource } from './source/read-source.ts';
import { visibleText } from './visible-text.ts';

/** What a file may leave unsaid, and what is known beside it. */
export type Reading = {
  timeZone: string;
  locale: string;
  now: Date;
  takenIn?: TakenIn;
  /** As it was called, with the folders it lay in. */
  fileName?: string | undefined;
  /** What the newsletter is called. */
  newsletter?: string | undefined;
  /** The encoding of the file, if an editor has chosen one, and the one that came with it. */
  encoding?: string | undefined;
  charset?: string | undefined;
  /** Its other issues. */
  others?: DateContext['others'];
};

/** More of them would help nobody. */
const maxWarnings = 200;

/**
 * The issue that a file holds: HTML, Markdown, JSON or a feed of one item, recognised by what is in it. Nothing visible is lost: the issue's
 * text in reading order is the file's. A file that cannot be read is refused with the line and the reason.
 */
export function readIssueFile(bytes: Uint8Array, reading: Reading): IssueContent {
  const { text, warnings: doubts } = decodeText(bytes, { wished: reading.encoding, declared: reading.charset });
  const source = readJsonIssue(text, reading) ?? readFeed(text, reading) ?? readText(text, reading);
  const { metadata, images } = source;
  const structure = withClosedTitles(structureOf(source));
  const visible = visibleText({ title: '', ...structure });
  const words = issueWords(source.titleFrom === 'text' ? source.title : '', structure);
  const { title, number, date, language, warnings } = selfDescription(source, { visible, words }, reading);
  const { unused, warnings: doubtsOfMail, ...forMail } = mailDetails(metadata, { ...reading, title });
  const cover = saidCover(metadata, reading.takenIn);
  const firstPicture = images.find(({ state }) => state === 'remote')?.url;
  const unusedThings = [...unusedIn(metadata), ...cover.unused, ...unused];
  return IssueContent.parse({
    slug: issueSlug({ metadata, number, date, title }),
    number,
    title: closedDirection(title),
    date,
    language,
    summary: closedDirection(issueSummary(metadata, visible)),
    cover: cover.said ?? firstPicture ?? cover.ofPage,
    ...forMail,
    ...structure,
    images,
    ...(saidTopics(metadata) !== undefined && { topics: saidTopics(metadata) }),
    ...(saidUnlisted(metadata) !== undefined && { unlisted: saidUnlisted(metadata) }),
    warnings: fewEnough([...doubts, ...warnings, ...doubtsOfMail, ...unusedWarnings(unusedThings), ...source.warnings]),
  });
}

/** Titles stand in lists, subjects and feeds, within other text. */
function withClosedTitles<Structure extends Pick<IssueContent, 'sections'>>(structure: Structure): Structure {
  const sections = structure.sections.map((section) => ({
    ...section,
    title: closedDirection(section.title),
    items: section.items.map((item) => ({ ...item, title: item.title === null ? null : closedDirection(item.title) })),
  }));
  return { ...structure, sections };
}

function readText(text: string, reading: Reading): ReadSource {
  refuseOtherFormats(text);
  return readSource(text, reading);
}

type Texts = { visible: string; words: IssueWords };

/** What the file says of itself, one thing helping to find the next. */
function selfDescription({ metadata, titleFrom, ...source }: ReadSource, { visible, words }: Texts, reading: Reading) {
  const { newsletter, locale, fileName } = reading;
  const language = issueLanguage(metadata, words, locale);
  const isNamed = titleFrom === 'text';
  const pageTitle = asLine(metadata.get('document title')) ?? '';
  const number =
    issueNumber({ metadata, title: isNamed ? source.title : '', fileName, newsletter }) ??
    issueNumber({ metadata, title: pageTitle, fileName: undefined, newsletter });
  const opening = visible.slice(0, 1_000).split('\n').slice(0, 4);
  const { date, warnings } = issueDate({ metadata, title: source.title, fileName, opening }, { ...reading, language, number });
  const title = titleFrom === 'nowhere' && newsletter ? `${newsletter} ${number ?? date}` : source.title;
  return { title, number, date, language, warnings: [...warnings, ...titleWarnings(titleFrom, title)] };
}

function titleWarnings(from: ReadSource['titleFrom'], title: string): Finding[] {
  if (from === 'text') return [];
  return [{ code: from === 'file' ? 'title_from_file' : 'no_title', values: { title } }];
}

const unusedWarnings = (keys: string[]): Finding[] => (keys.length === 0 ? [] : [{ code: 'metadata_unused', values: { keys } }]);

/** What keeps an issue from being queued is never among what there is no room for. */
const fewEnough = (warnings: readonly Finding[]) => {
  const refused = warnings.filter(keepsFromQueue).slice(0, maxWarnings / 2);
  const others = warnings.filter((warning) => !keepsFromQueue(warning)).slice(0, maxWarnings - refused.length);
  const kept = new Set([...refused, ...others]);
  return warnings.filter((warning) => kept.has(warning));
};

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
