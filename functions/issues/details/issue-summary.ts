import { withoutEnd } from '../../platform/without-end.ts';
import type { Metadata } from '../source/front-matter.ts';
import { said } from './metadata-keys.ts';

/** A few lines of a list; the table's items have an end. */
const longestSummary = 1_000;

/** The metadata's description. One that is only the beginning of the text ends with a whole sentence. */
export function issueSummary(metadata: Metadata, text: string): string {
  const description = (said(metadata, 'summary') ?? '').slice(0, longestSummary).toWellFormed();
  const beginning = withoutEnd(description, description.endsWith('...') ? /\./ : /…/).trim();
  if (!beginning || /[。！？!?.]["”’」』）)]?$/.test(beginning)) return description;
  const flat = text.replace(/\s+/g, ' ');
  const at = flat.indexOf(beginning);
  if (at < 0) return description;
  const sentences = /^.*(?:[。！？]["”’」』）)]?|[.!?](?=\s))/s.exec(beginning)?.[0];
  if (sentences) return sentences;
  const end = /[。！？]["”’」』）)]?|[.!?](?=\s|$)/.exec(flat.slice(at + beginning.length, at + beginning.length + 400));
  return end ? flat.slice(at, at + beginning.length + end.index + end[0].length) : description;
}
