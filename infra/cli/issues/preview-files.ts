import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { clientOf, type NewsletterClient } from '../newsletter/newsletter-client.ts';
import { findingLines } from './finding-lines.ts';
import { issuesAt } from './issue-files.ts';
import { commentOn, type Previewed } from './preview-comment.ts';
import { previewOf } from './send-file.ts';

type Options = { html?: boolean; open?: boolean; comment?: string };

export const previewCommand: CommandModule = (issues, { words, act }) => {
  issues
    .command('preview')
    .description(words.commands.issuesPreview)
    .argument('<slugOrFiles...>', words.options.slugOrFiles)
    .option('--html', words.options.html)
    .option('--open', words.options.open)
    .option('--comment <file>', words.options.comment)
    .action(act(preview));
};

/** Of a slug the mail of that issue; of files what they would become, with their pages, while no issue changes. */
async function preview(context: Context, targets: string[], options: Options): Promise<Outcome> {
  const client = clientOf(context);
  const [slug = ''] = targets;
  const isIssue = targets.length === 1 && !existsSync(resolve(context.folder, slug));
  return isIssue ? mailOf(slug, context, { client, options }) : filesAt(targets, context, { client, options });
}

async function mailOf(slug: string, { terminal }: Context, { client, options }: { client: NewsletterClient; options: Options }) {
  const mail = await client.text(`/api/v1/issues/${encodeURIComponent(slug)}/preview.${options.html ? 'html' : 'txt'}`);
  terminal.say(mail);
  return { result: { slug, mail } };
}

async function filesAt(paths: string[], context: Context, { client, options }: { client: NewsletterClient; options: Options }) {
  const { terminal, words, folder } = context;
  const files: Previewed[] = [];
  for (const file of issuesAt(paths, folder)) {
    const answer = await previewOf(file, client);
    const found = { file: file.source, errors: answer.preflight.errors, warnings: [...answer.warnings, ...answer.preflight.warnings] };
    files.push({ ...answer, ...found });
    for (const line of [words.issues.previewed(answer), `    ${answer.url}`, ...findingLines(found, context)]) terminal.say(line);
    if (options.open) await context.open(answer.url);
  }
  if (options.comment) writeFileSync(resolve(folder, options.comment), commentOn(files, context));
  const isReady = files.every(({ errors }) => errors.length === 0);
  return { exitCode: isReady ? 0 : 1, result: { files } } satisfies Outcome;
}
