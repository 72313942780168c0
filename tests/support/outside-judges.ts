import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
export const withoutCfnLint = isMissing('cfn-lint');
export const withoutPython = isMissing('python3');

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

/**
 * What cfn-lint has to say against templates, by their name, in any of the regions: the schemas of CloudFormation's resources
 * and what is known to fail although it fits them. Empty when there is no finding.
 */
export function cfnLint(templates: Record<string, object>, regions: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
  const files = Object.entries(templates).map(([name, template]) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(template, undefined, 1));
    return file;
  });
  const { stdout, stderr } = run('cfn-lint', ['--regions', ...regions, '--template', ...files]);
  rmSync(folder, { recursive: true });
  return stdout + stderr;
}

const judged = (program: string, args: string[], input: string): string => run(program, args, input).stderr;

function run(program: string, args: string[], input = '') {
  const { error, stdout, stderr } = spawnSync(pathOf(program) ?? program, args, { input, encoding: 'utf8' });
  if (error) throw error;
  return { stdout, stderr };
}
