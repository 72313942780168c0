import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isWithout } from './without.ts';

const pathOf = (program: string) =>
  (isWithout(program) ? '' : (process.env.PATH ?? ''))
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));

/** Elsewhere a test that needs one is skipped, by name; CI needs them all. */
const isMissing = (program: string) => pathOf(program) === undefined && process.env.CI !== 'true';

export const withoutXmllint = isMissing('xmllint');
export const withoutTidy = isMissing('tidy');

/** What libxml2 has to say against a document; empty when it is well-formed. */
export const xmllint = (document: string) => judged('xmllint', ['--noout', '-'], document);

/** Valid in HTML as it is now, and younger than HTML Tidy. */
const youngerThanTidy = /proprietary attribute "(aria-current|autocapitalize|inputmode)"/;

/** What HTML Tidy has to say against a page; empty when it is valid HTML 5. */
export function tidy(page: string): string {
  // A group of terms in a list may stand in a `div` since HTML 5.2, which Tidy does not know.
  const ungrouped = page.replaceAll('<div><dt>', '<dt>').replaceAll('</dd></div>', '</dd>');
  const said = judged('tidy', ['-quiet', '-errors', '-utf8'], ungrouped).split('\n');
  return said.filter((line) => line !== '' && !youngerThanTidy.test(line)).join('\n');
}

function judged(program: string, args: string[], input: string): string {
  const { error, stderr } = spawnSync(pathOf(program) ?? program, args, { input, encoding: 'utf8' });
  if (error) throw error;
  return stderr;
}
