import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding } from '../../../functions/issues/finding.ts';
import { findingDetail } from '../../../functions/issues/finding-detail.ts';
import { Refusal } from '../../../functions/platform/refusal.ts';
import { readerLocaleOf } from '../../../functions/words/locale.ts';
import { loadSettings, WrongSettings } from '../../settings.ts';
import { picturesOf } from './mail-pictures.ts';
import { type PreviewReport, previewIssue } from './preview-issue.ts';

const usage = 'npm run preview FILE [--out DIR]   (and, behind `--`, --locale en or zh-TW for a reader of that language)';

const thousands = (count: number) => count.toLocaleString('en-US');

/** What an editor wants to know, in the order in which it matters. */
function lines({ subject, preheader, preflight, shortened, files }: PreviewReport): string[] {
  const { bytes, errors, warnings } = preflight;
  return [
    `  Subject    ${subject}`,
    `  Preheader  ${preheader}`,
    `  Size       ${thousands(bytes.html)} of ${thousands(bytes.budget)} bytes of HTML, for the longest reader`,
    ...(shortened.length > 0 ? [`  Shortened  ${shortened.length} to fit: ${shortened.join(' · ')}`] : []),
    `  Preflight  ${errors.length === 0 ? 'nothing keeps it back' : `kept back by ${counted(errors, 'error')}`}, ${counted(warnings, 'warning')}`,
    ...findings('Errors', errors),
    ...findings('Warnings', warnings),
    '',
    ...files.map((file) => `  ${relative(process.cwd(), file)}`),
    ...(files.some((file) => file.endsWith('.png')) ? [] : ['  (no pictures: no Chromium was found; CHROMIUM names one)']),
  ];
}

const counted = (findings: readonly Finding[], word: string) => `${findings.length} ${word}${findings.length === 1 ? '' : 's'}`;

const findings = (heading: string, found: readonly Finding[]) =>
  found.length === 0
    ? []
    : [
        '',
        `  ${heading}:`,
        ...found.map((finding) => `    ${place(finding.line, finding.path)}${findingDetail(finding)} (${finding.code})`),
      ];

const place = (line: number | undefined, path: string | undefined) => (line !== undefined ? `line ${line}: ` : path ? `${path}: ` : '');

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, locale: { type: 'string' } },
  });
  // npm takes `--out` for an option of its own unless it is behind `--`: then the folder comes as a second word.
  const [file, folder = values.out ?? 'preview', ...others] = positionals;
  if (!file || others.length > 0) throw new WrongSettings(`Name one issue file: ${usage}`);
  const settings = loadSettings();
  const locale = readerLocaleOf(values.locale ?? '') ?? settings.locale;
  const report = await previewIssue({
    file: readFileSync(file),
    fileName: basename(file),
    folder,
    settings,
    locale,
    now: new Date(),
    pictures: picturesOf,
  });
  console.log(`\n${lines(report).join('\n')}\n`);
} catch (error) {
  const { code = '' } = error as { code?: string };
  if (!(error instanceof Refusal || error instanceof WrongSettings || /^(ENOENT|EISDIR|EACCES|ERR_PARSE_ARGS)/.test(code))) throw error;
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
