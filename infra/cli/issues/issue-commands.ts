import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { IssueAnswer, IssueSummary } from '../../../functions/api/issues/issue-answer.ts';
import { cannot } from '../frame/cli-error.ts';
import { wholeNumber } from '../frame/command-values.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { clientOf } from '../newsletter/newsletter-client.ts';
import { previewCommand } from './preview-files.ts';
import { pushCommand } from './push.ts';

const oneMore = (value: string, before: string[]) => [...before, value];

export const issuesCommand: CommandModule = (program, frame) => {
  const { words, act } = frame;
  const issues = program.command('issues').description(words.commands.issues);
  pushCommand(issues, frame);
  issues
    .command('list')
    .description(words.commands.issuesList)
    .option('--limit <n>', words.options.issueLimit, wholeNumber)
    .action(act(list));
  issues
    .command('pull')
    .description(words.commands.issuesPull)
    .argument('<slug>', words.options.slug)
    .option('--output <file>', words.options.output)
    .action(act(pull));
  previewCommand(issues, frame);
  issues
    .command('test')
    .description(words.commands.issuesTest)
    .argument('<slug>', words.options.slug)
    .option('--to <address>', words.options.testTo, oneMore, [])
    .action(act(test));
  const send = issues.command('send').description(words.commands.issuesSend).argument('<slug>', words.options.slug);
  send.option('--override <why>', words.options.override).action(act(sendNow));
  issues.command('undo').description(words.commands.issuesUndo).argument('<slug>', words.options.slug).action(act(undo));
};

const addressOf = (slug: string) => `/api/v1/issues/${encodeURIComponent(slug)}`;

async function list(context: Context, { limit = 50 }: { limit?: number }): Promise<Outcome> {
  const issues: IssueSummary[] = [];
  for await (const issue of clientOf(context).all<'issues', IssueSummary>('/api/v1/issues', 'issues')) {
    issues.push(issue);
    if (issues.length === limit) break;
  }
  const { states } = context.words.issues;
  for (const { date, slug, title, state } of issues) context.terminal.say(`${date}  ${states[state] ?? state}  ${slug}  ${title}`);
  if (issues.length === 0) context.terminal.say(context.words.issues.none);
  return { result: { issues } };
}

/** As JSON, which the newsletter reads like any other file: what comes back has the same text. The file that it was made of is not kept. */
async function pull(context: Context, slug: string, { output = `${slug}.json` }: { output?: string }): Promise<Outcome> {
  const issue = await clientOf(context).get<IssueAnswer>(addressOf(slug));
  const file = resolve(context.folder, output);
  try {
    writeFileSync(file, `${JSON.stringify(issue, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw cannot('output_exists', { file }, { cause: error });
    throw error;
  }
  context.terminal.say(context.words.issues.pulled(file));
  return { result: { file, slug } };
}

async function test(context: Context, slug: string, { to }: { to: string[] }): Promise<Outcome> {
  const json = to.length > 0 ? { to } : {};
  const sent = await clientOf(context).post<{ to: string[] }>(`${addressOf(slug)}/test-send`, { json });
  context.terminal.say(context.words.issues.tested(sent.to));
  return { result: sent };
}

async function sendNow(context: Context, slug: string, { override }: { override?: string }): Promise<Outcome> {
  const { terminal, words } = context;
  const client = clientOf(context);
  const { title, version } = await client.get<IssueAnswer>(addressOf(slug));
  const question = words.issues.agreeSend(title);
  if (!(await terminal.agree(question))) throw cannot('needs_yes', { question });
  const json = override ? { override } : {};
  const sending = await client.post<{ digest: string }>(`${addressOf(slug)}/send-now`, { json, version });
  terminal.say(words.issues.sending(sending.digest));
  return { result: sending };
}

/** Out of the queue or off the schedule; of one that is being sent, its own digest ends before anybody else gets it. */
async function undo(context: Context, slug: string): Promise<Outcome> {
  const { terminal, words } = context;
  const client = clientOf(context);
  const { state, digest, version } = await client.get<IssueAnswer>(addressOf(slug));
  if (state === 'sending' && digest !== null) {
    const isAlone = digest.startsWith('issue-');
    const question = isAlone ? words.issues.agreeCancel(digest) : words.issues.agreeCancelDigest(digest);
    if (!(await terminal.agree(question))) throw cannot('needs_yes', { question });
    const cancelled = await client.post<{ state: string }>(`/api/v1/digests/${encodeURIComponent(digest)}/cancel`);
    terminal.say(words.issues.cancelled(digest));
    return { result: { slug, digest, state: cancelled.state } };
  }
  const now = await client.post<IssueAnswer>(`${addressOf(slug)}/unqueue`, { version });
  terminal.say(words.issues.undone(words.issues.states[now.state] ?? now.state));
  return { result: { slug, state: now.state } };
}
