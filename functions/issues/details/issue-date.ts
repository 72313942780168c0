import { withoutEnd } from '../../platform/without-end.ts';
import type { Finding } from '../finding.ts';
import type { Metadata } from '../source/front-matter.ts';
import { chooseDay, type DateContext } from './dates/choose-day.ts';
import { datesIn } from './dates/find-dates.ts';
import { dayIn, metadataDate, type ReadDate, shortYears } from './dates/metadata-date.ts';
import { asLine, said, valuesOf } from './metadata-keys.ts';
import { plainText } from './plain-text.ts';

export type DateSources = {
  metadata: Metadata;
  title: string;
  /** As the file was called, with its folders, if that is known. */
  fileName: string | undefined;
  /** The first lines of the text. */
  opening: readonly string[];
};

/**
 * The issue's own day, `YYYY-MM-DD`, and what an editor should know about it: by the metadata, the title, the file's name, its
 * address, the page, or a line of the text that is a date; else the day of the upload.
 */
export function issueDate(sources: DateSources, context: DateContext): { date: string; warnings: Finding[] } {
  const values = valuesOf(sources.metadata, 'date').map(asLine).filter(isWritten);
  const own = firstOf(values, context);
  // What the metadata say in words that are no date is named, whatever else is found.
  const [unreadable] = own ? [] : values;
  const found = own ?? elsewhere(sources, context);
  const date = found?.read.day ?? dayIn(context.timeZone, context.now);
  return { date, warnings: warningsOf(date, found, unreadable) };
}

type Found = { read: ReadDate; written: string };

/** Not what tools write for "not yet" and "whenever it changes". */
const isWritten = (value: string | undefined): value is string =>
  value !== undefined && !/^(?:true|false|yes|no|null|none|tbd|draft|created|last modified|git (?:created|last modified))$/i.test(value);

/** A day goes before a part of a year, whichever key has it. */
function firstOf(values: readonly string[], context: DateContext): Found | undefined {
  const found = values.flatMap((written): Found[] => {
    const read = metadataDate(written, context);
    return read ? [{ read, written }] : [];
  });
  return found.find(({ read }) => !read.part) ?? found[0];
}

function elsewhere({ metadata, title, fileName, opening }: DateSources, context: DateContext): Found | undefined {
  const addresses = [said(metadata, 'permalink'), said(metadata, 'slug'), asLine(metadata.get('name'))];
  const pages = ['page time', 'page date'].map((key) => asLine(metadata.get(key))).filter(isWritten);
  const lines = [asLine(metadata.get('page address')), ...opening.filter(isDateLine)];
  const named = (texts: readonly (string | undefined)[]) => texts.map((text) => text && namedIn(text, context));
  const all = [
    ...named([title, asLine(metadata.get('document title')), fileName && withShortYears(fileName), ...addresses]),
    firstOf(pages, context),
    ...named(lines),
  ];
  const found = all.filter((each) => typeof each === 'object');
  return found.find(({ read }) => !read.part) ?? found[0];
}

/** The first date in a text that an issue may be of. */
function namedIn(text: string, context: DateContext): Found | undefined {
  const plain = plainText(text, 500);
  const next = String(context.now.getUTCFullYear() + 1);
  for (const written of datesIn(plain)) {
    const place = plain.slice(written.start, written.end);
    if ((written.days[0] ?? '') < '1990' || (written.days[0] ?? '') > `${next}-12-31`) continue;
    const { day, otherwise } = chooseDay(written, context);
    // With a time and a zone behind it, it is a moment.
    const moment = metadataDate(plain.slice(written.start), context);
    const read = {
      day: otherwise ? day : (moment?.day ?? day),
      ...(written.part && { part: written.part }),
      ...(otherwise && { otherwise }),
    };
    return { read, written: place };
  }
  return undefined;
}

const longestLabel = 28;

/** A line that is no more than a date and who or what it is of: `Published on 4 March 2025`, `2025-03-04 · Ann`. */
function isDateLine(line: string): boolean {
  if (line.length > 120) return false;
  const plain = plainText(line);
  const dates = datesIn(plain);
  const [first] = dates;
  if (!first || first.part) return false;
  const letters = dates.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), plain).replace(/[^\p{L}]/gu, '');
  return (
    letters.length <= longestLabel ||
    (/^\W*(?:published|posted|date|sent|updated|on|发布|發布|日期|更新|公開|datum|fecha|data|дата|par |von |by )/i.test(plain) &&
      first.start < 60)
  );
}

function warningsOf(date: string, found: Found | undefined, unreadable: string | undefined): Finding[] {
  const warnings: Finding[] = [];
  if (unreadable !== undefined) warnings.push({ code: 'date_unreadable', values: { written: unreadable.slice(0, 60), date } });
  else if (!found) warnings.push({ code: 'no_date', values: {} });
  if (found?.read.otherwise)
    warnings.push({ code: 'date_ambiguous', values: { written: found.written, date, other: found.read.otherwise } });
  if (found?.read.part) warnings.push({ code: 'date_in_part', values: { written: found.written, date } });
  return warnings;
}

/** In the name of the file alone, not in those of its folders. */
function withShortYears(path: string): string {
  const folders = withoutEnd(path, /[^/\\]/);
  return folders + shortYears(path.slice(folders.length));
}
