import { closedDirection } from '../../platform/closed-direction.ts';
import { momentAt } from '../../words/wall-time.ts';
import type { Finding } from '../finding.ts';
import type { AskedState, IssueContent } from '../issue.ts';
import type { Metadata } from '../source/front-matter.ts';
import { issueAuthors } from './issue-authors.ts';
import { said, valuesOf } from './metadata-keys.ts';

/** What a file says about its mail; `unused`: things that were said in a way that has no effect, by the names of the page of issue files. */
export type MailDetails = Pick<IssueContent, 'subject' | 'preheader' | 'authors' | 'replyTo' | 'canonical' | 'asked'> & {
  unused: string[];
  warnings: Finding[];
};

const longestSubject = 300;
const longestPreheader = 300;
const longestAddress = 2_000;

/** What is known of the issue by then; `newsletter`: what it is called. */
type Known = { title: string; timeZone: string; newsletter?: string | undefined };

/** Subject, preheader, authors, reply address, canonical address, and whether it is to be queued or scheduled. */
export function mailDetails(metadata: Metadata, { title, timeZone, newsletter }: Known): MailDetails {
  const subject = lineOf(said(metadata, 'subject'), longestSubject);
  const preheader = lineOf(said(metadata, 'preheader'), longestPreheader);
  const { authors, warnings } = issueAuthors(metadata, newsletter);
  const replyTo = said(metadata, 'replyTo')?.slice(0, longestAddress);
  const address = said(metadata, 'canonical');
  const canonical = address && webAddress(address);
  const { asked, ...told } = saidState(metadata, timeZone);
  return {
    ...(subject !== undefined && subject !== title && { subject }),
    ...(preheader !== undefined && { preheader }),
    ...(authors.length > 0 && { authors }),
    ...(replyTo !== undefined && { replyTo }),
    ...(canonical && { canonical }),
    ...(asked && { asked }),
    unused: [...(address && !canonical ? ['canonical'] : []), ...told.unused],
    warnings: [...warnings, ...told.warnings],
  };
}

/** As it can be within other text. */
const lineOf = (written: string | undefined, longest: number): string | undefined =>
  written && closedDirection(written.slice(0, longest).toWellFormed());

function webAddress(written: string): string | undefined {
  if (written.length > longestAddress || !/^https?:\/\//i.test(written) || !URL.canParse(written)) return undefined;
  const { href, username, password } = new URL(written);
  return username === '' && password === '' ? href : undefined;
}

type Told = Pick<MailDetails, 'unused' | 'warnings'> & { asked?: AskedState };

/**
 * `status: queued` asks for the next digest, a moment in `schedule` for that moment; `draft`, in whichever key, goes before both. A
 * moment without a zone is on the newsletter's clock.
 */
function saidState(metadata: Metadata, timeZone: string): Told {
  const status = said(metadata, 'status')?.toLowerCase() ?? '';
  const written = said(metadata, 'schedule');
  const isDraft =
    /^(?:draft|草稿)$/.test(status) || /^(?:true|yes)$/i.test(said(metadata, 'draft') ?? String(valuesOf(metadata, 'draft')[0]));
  const isQueued = /^(?:queue|queued|排队|排入)$/.test(status);
  const isScheduled = /^(?:schedule|scheduled|定时|預約)$/.test(status);
  const odd = status !== '' && !isDraft && !isQueued && !(isScheduled && written) ? ['status'] : [];
  // A draft that names the moment it may go out one day is a draft until then.
  if (isDraft) return { unused: written ? ['schedule'] : [], warnings: [] };
  if (written === undefined) return { unused: odd, warnings: [], ...(isQueued && { asked: { state: 'queued' } }) };
  const at = momentIn(written, timeZone);
  if (!at) return { unused: odd, warnings: [{ code: 'schedule_unreadable', values: { written: written.slice(0, 80) } }] };
  return { unused: odd, warnings: [], asked: { state: 'scheduled', at: at.toISOString() } };
}

/** A day and a time of day, in ISO 8601 or nearly so: nobody is mailed at a moment that had to be guessed. */
function momentIn(written: string, timeZone: string): Date | undefined {
  const [, year, month, day, hour = '', minute, second = '00', zone] =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T,\s]|\sat\s)\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i
      .exec(written)
      ?.filter((_, n) => n !== 2) ?? [];
  if (year === undefined || month === undefined || day === undefined || minute === undefined) return undefined;
  const wall = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${hour.padStart(2, '0')}:${minute}`;
  // A day that the month does not have would become one of the next.
  if (!isRealTime(wall)) return undefined;
  const moment = zone === undefined ? momentAt(wall, timeZone) : new Date(`${wall}:${second}${offsetOf(zone)}`);
  return moment && !Number.isNaN(moment.getTime()) ? moment : undefined;
}

const isRealTime = (wall: string) => {
  const moment = new Date(`${wall}:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(wall);
};

const offsetOf = (zone: string) => (/^[+-]/.test(zone) ? zone.replace(/^(...)(\d\d)$/, '$1:$2') : 'Z');
