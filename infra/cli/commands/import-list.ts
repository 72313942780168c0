import { basename } from 'node:path';
import type { ImportAnswer, ImportReportAnswer } from '../../../functions/api/lists/import-answer.ts';
import { declarationVersion } from '../../../functions/imports/declaration.ts';
import { declarationWords } from '../../../functions/words/languages.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { ImportClient } from '../lists/import-client.ts';
import { countLines, questionLines, readingLines } from '../lists/import-lines.ts';
import { columnCorrections, fileCorrections, isAboutColumns, type ListSaid } from '../lists/list-corrections.ts';

type Options = ListSaid & { url: string; start?: boolean; origin?: string; iConfirm?: boolean };

const oneMore = (value: string, before: string[]) => [...before, value];

export const importCommand: CommandModule = (program, { words, act }) =>
  program
    .command('import')
    .description(words.commands.import)
    .argument('<file>', words.options.list)
    .option('--url <address>', words.options.url, 'http://localhost:3000')
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
  const token = process.env.EDITOR_TOKEN;
  if (!token) throw cannot('no_editor_token', {});
  const client = new ImportClient({ ...context, url: options.url, token });
  const say = (lines: readonly string[]) => {
    for (const line of lines) terminal.say(line);
  };
  const opened = await lookedAt(file, options, client);
  if (!opened.reading || !opened.checked) throw cannot('server_refused', { message: opened.failure?.detail ?? opened.state });
  say([...readingLines(opened.reading, context), ...countLines(opened.checked, context), ...questionLines(opened, context)]);
  const unknown = Object.keys(opened.dryRun?.topics.unknown ?? {});
  if (unknown.length > 0) say([`\n${words.import.unknownTopics(unknown)}`]);
  if (!options.start) {
    say([`\n${words.import.nothingWritten}`]);
    return { result: opened };
  }
  if (!options.iConfirm || !options.origin) throw cannot('declaration_missing', { declaration: declarationWords[locale] });
  await client.ask('POST', `/api/v1/imports/${opened.id}/start`, { wording: declarationVersion, locale, origin: options.origin });
  const done = await client.once(opened.id, ({ state }) => state !== 'running');
  if (done.failure) throw cannot('server_refused', { message: done.failure.detail });
  if (done.counts) say(countLines(done.counts, context));
  const { url } = await client.ask<ImportReportAnswer>('GET', `/api/v1/imports/${opened.id}/report`);
  say([`\n${words.import.report(url)}`]);
  return { result: done };
}

async function lookedAt(path: string, said: ListSaid, client: ImportClient): Promise<ImportAnswer> {
  const file = { uploadId: await client.upload(path), filename: basename(path) };
  const corrections = fileCorrections(said);
  const look = async (more: object) => {
    const { id } = await client.ask<ImportAnswer>('POST', '/api/v1/imports', { ...file, corrections: { ...corrections, ...more } });
    return client.once(id, ({ state }) => state !== 'checking');
  };
  const looked = await look({});
  return isAboutColumns(said) ? look(columnCorrections(said, looked.reading)) : looked;
}
