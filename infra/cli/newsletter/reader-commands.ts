import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Option } from 'commander';
import type { ExportAnswer } from '../../../functions/api/lists/export-endpoints.ts';
import type { ReaderAnswer } from '../../../functions/api/readers/reader-answer.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { importCommand } from '../lists/import-list.ts';
import { clientOf } from './newsletter-client.ts';

export const readersCommand: CommandModule = (program, frame) => {
  const { words, act } = frame;
  const readers = program.command('readers').description(words.commands.readers);
  readers.command('find').description(words.commands.readersFind).argument('<address>', words.options.address).action(act(find));
  importCommand(readers, frame);
  readers
    .command('export')
    .description(words.commands.readersExport)
    .argument('<file>', words.options.export)
    .addOption(new Option('--format <format>', words.options.exportFormat).choices(['csv', 'jsonl']).default('csv'))
    .action(act(exportList));
};

async function find(context: Context, address: string): Promise<Outcome> {
  const reader = await clientOf(context).get<ReaderAnswer>('/api/v1/subscribers', { email: address });
  for (const line of context.words.newsletter.reader(reader)) context.terminal.say(line);
  return { result: reader };
}

/** For its owner alone, and never over a file that is there. */
async function exportList(context: Context, file: string, { format }: { format: string }): Promise<Outcome> {
  const client = clientOf(context);
  const path = resolve(context.folder, file);
  const { id } = await client.post<ExportAnswer>('/api/v1/exports', { json: { format } });
  let made = await client.get<ExportAnswer>(`/api/v1/exports/${id}`);
  while (made.state === 'running') {
    await context.sleep(1_000);
    made = await client.get<ExportAnswer>(`/api/v1/exports/${id}`);
  }
  if (made.url === null) throw cannot('export_expired', { id });
  const { body, ok, status } = await context.fetch(made.url);
  if (!ok || !body) throw cannot('export_not_fetched', { status });
  try {
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw cannot('output_exists', { file: path }, { cause: error });
    throw error;
  }
  context.terminal.say(context.words.newsletter.exported({ file: path, readers: made.readers }));
  return { result: { file: path, readers: made.readers } };
}
