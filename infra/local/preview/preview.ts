import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { readerLocaleOf } from '../../../functions/platform/locale.ts';
import { Refusal } from '../../../functions/platform/refusal.ts';
import { loadSettings, WrongSettings } from '../../settings.ts';
import { picturesOf } from './mail-pictures.ts';
import { type PreviewReport, previewIssue } from './preview-issue.ts';

const usage = 'npm run preview FILE [--out DIR]   (and, behind `--`, --locale en or zh-TW for a reader of that language)';

const thousands = (count: number) => count.toLocaleString('en-US');

/** What an editor wants to know, in the order in which it matters. */
function lines({ subject, preheader, bytes, shortened, warnings, files }: PreviewReport): string[] {
  return [
    `  Subject    ${subject}`,
    `  Preheader  ${preheader}`,
    `  Size       ${thousands(bytes.html)} of ${thousands(bytes.budget)} bytes of HTML`,
    ...(shortened.length > 0 ? [`  Shortened  ${shortened.length} to fit: ${shortened.join(' · ')}`] : []),
    ...(warnings.length > 0 ? ['', '  The reader of files remarks:'] : []),
    ...warnings.map(({ code, message, line }) => `    ${line === undefined ? '' : `line ${line}: `}${message} (${code})`),
    '',
    ...files.map((file) => `  ${relative(process.cwd(), file)}`),
    ...(files.some((file) => file.endsWith('.png')) ? [] : ['  (no pictures: no Chromium was found; CHROMIUM names one)']),
  ];
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, locale: { type: 'string' } },
  });
  // npm takes `--out` for an option of its own unless it stands behind `--`: then the folder comes as a second word.
  const [file, folder = values.out ?? 'preview', ...others] = positionals;
  if (!file || others.length > 0) throw new Refusal('invalid_request', `Name one issue file: ${usage}`);
  const settings = loadSettings();
  const locale = readerLocaleOf(values.locale ?? '') ?? settings.locale;
  const report = await previewIssue({ file: readFileSync(file), folder, settings, locale, now: new Date(), pictures: picturesOf });
  console.log(`\n${lines(report).join('\n')}\n`);
} catch (error) {
  const { code = '' } = error as { code?: string };
  if (!(error instanceof Refusal || error instanceof WrongSettings || /^(ENOENT|EISDIR|EACCES|ERR_PARSE_ARGS)/.test(code))) throw error;
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
