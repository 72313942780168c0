import type { Finding } from '../../../issues/preflight/preflight.ts';
import type { Locale } from '../../../platform/locale.ts';
import { findingWords } from '../words/findings.ts';
import type { WholeIssue } from './whole-issue.ts';

export type Severity = 'error' | 'warning';
export type Found = Finding & { severity: Severity };

/** Everything found, errors first, nothing twice. */
export function findingsOf({ warnings, preflight }: Pick<WholeIssue, 'warnings' | 'preflight'>): Found[] {
  const all: Found[] = [
    ...(preflight?.errors ?? []).map((finding) => ({ ...finding, severity: 'error' as const })),
    ...[...warnings, ...(preflight?.warnings ?? [])].map((finding) => ({ ...finding, severity: 'warning' as const })),
  ];
  const key = ({ code, message, line, path }: Found) => JSON.stringify([code, message, line, path]);
  return [...new Map(all.map((finding) => [key(finding), finding])).values()];
}

/** Where in an issue's structure a finding's `path` (`sections.1.items.0`) points; a path we do not know points nowhere. */
export type Place = { part: 'title' | 'intro' | 'closing' } | { section: number; item?: number };

export function placeOf({ path = '' }: Finding): Place | undefined {
  const [, section, item] = /^sections\W+(\d+)(?:\W+items\W+(\d+))?/.exec(path) ?? [];
  if (section !== undefined) return { section: Number(section), ...(item !== undefined && { item: Number(item) }) };
  const [part] = /^(?:title|intro|closing)\b/.exec(path) ?? [];
  return part === 'title' || part === 'intro' || part === 'closing' ? { part } : undefined;
}

/** The element of the structure that shows this place. */
export const anchorOf = (place: Place) =>
  'part' in place ? `part-${place.part}` : `section-${place.section}${place.item === undefined ? '' : `-item-${place.item}`}`;

/** A kind of finding in the editor's language; the server's own words where the page does not know the code. */
export const kindText = ({ code, message }: Finding, locale: Locale) => findingWords[locale][code]?.says ?? message;

/** What is particular to this one, when the kind alone does not say it. */
export function particulars({ code, message }: Finding, locale: Locale): string {
  const known = findingWords[locale][code];
  if (!known) return '';
  if (known.about) {
    const [pattern, template] = known.about;
    const found = pattern.exec(message);
    return found ? template.replace(/\$(\d)/g, (_slot, group) => found[Number(group)] ?? '') : '';
  }
  return [...message.matchAll(/“([^”]+)”|(<[a-z][^>]*>)|((?:https?|javascript|data):[^\s,;]+)/gi)]
    .map(([, quoted, tag, address]) => quoted ?? tag ?? address ?? '')
    .join(' · ');
}
