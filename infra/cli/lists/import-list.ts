import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ImportAnswer, ImportReportAnswer } from '../../../functions/api/lists/import-answer.ts';
import { declarationVersion } from '../../../functions/imports/declaration.ts';
import { declarationWords } from '../../../functions/words/languages.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { clientOf, type NewsletterClient } from '../newsletter/newsletter-client.ts';
import { countLines, questionLines, readingLines } from './import-lines.ts';
import { columnCorrections, fileCorrections, isAboutColumns, type ListSaid } from './list-corrections.ts';

type Options = ListSaid & { start?: boolean; origin?: string; iConfirm?: boolean };

const oneMore = (value: string, before: string[]) => [...before, value];

export const importCommand: CommandModule = (readers, { words, act }) =>
  readers
    .command('import')
    .description(words.commands.import)
    .argument('<file>', words.options.list)
    .option('--start', words.options.start)
    .option('--origin <words>', words.options.origin)
    .option('--i-confirm', words.options.iConfirm)
    .option('--encoding <name>', 'utf-8, utf-16le, utf-16be, gb18030, big5, shift_jis, windows-1252')
    .option('--delimiter <char>', ', ; | tab')
    .option('--column <role=n>', words.options.column, oneMore, [])
    .option('--says <n=meaning>', words.options.says, oneMore, [])
    .option('--word <n:word=status>', words.options.word, oneMore, [])
    .option('--status <status>', words.options.listStatus)
    .option('--dates <order>', words.options.dates)
    .option('--mistyped <take>', words.options.mistyped)
    .action(act(importList));

/** Looks at a list of readers and says what would become of its rows; with `--start` it is taken in. */
async function importList(context: Context, file: string, options: Options): Promise<Outcome> {
  const { words, locale, terminal } = context;
  const client = clientOf(context);
  const say = (lines: readonly string[]) => {
    for (const line of lines) terminal.say(line);
  };
  const opened = await lookedAt(resolve(context.folder, file), options, { client, context });
  if (!opened.reading || !opened.checked) throw cannot('server_refused', { message: opened.failure?.detail ?? opened.state });
  say([...readingLines(opened.reading, context), ...countLines(opened.checked, context), ...questionLines(opened, context)]);
  const unknown = Object.keys(opened.dryRun?.topics.unknown ?? {});
  if (unknown.length > 0) say([`\n${words.import.unknownTopics(unknown)}`]);
  if (!options.start) {
    say([`\n${words.import.nothingWritten}`]);
    return { result: opened };
  }
  if (!options.iConfirm || !options.origin) throw cannot('declaration_missing', { declaration: declarationWords[locale] });
  const json = { wording: declarationVersion, locale, origin: options.origin };
  await client.post(`/api/v1/imports/${opened.id}/start`, { json });
  const done = await once(opened.id, { client, context }, ({ state }) => state !== 'running');
  if (done.failure) throw cannot('server_refused', { message: done.failure.detail });
  if (done.counts) say(countLines(done.counts, context));
  const { url } = await client.get<ImportReportAnswer>(`/api/v1/imports/${opened.id}/report`);
  say([`\n${words.import.report(url)}`]);
  return { result: done };
}

type Looking = { client: NewsletterClient; context: Context };

async function lookedAt(path: string, said: ListSaid, looking: Looking): Promise<ImportAnswer> {
  const { client } = looking;
  const filename = basename(path);
  const file = { uploadId: await client.apart(await readFile(path), { filename, for: 'import' }), filename };
  const corrections = fileCorrections(said);
  const look = async (more: object) => {
    const { id } = await client.post<ImportAnswer>('/api/v1/imports', { json: { ...file, corrections: { ...corrections, ...more } } });
    return once(id, looking, ({ state }) => state !== 'checking');
  };
  const looked = await look({});
  return isAboutColumns(said) ? look(columnCorrections(said, looked.reading)) : looked;
}

/** The import, as soon as it is so. */
async function once(id: string, { client, context }: Looking, is: (answer: ImportAnswer) => boolean): Promise<ImportAnswer> {
  const { sleep, terminal, words } = context;
  for (let told = -1; ; await sleep(1_000)) {
    const answer = await client.get<ImportAnswer>(`/api/v1/imports/${id}`);
    const { progress } = answer;
    if (progress && progress.rows !== told) terminal.say(words.import.progress(progress));
    told = progress?.rows ?? told;
    if (is(answer)) return answer;
  }
}
