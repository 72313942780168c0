import type { DigestAnswer, NextDigest } from '../../../functions/api/digests/digest-answer.ts';
import type { IssueAnswer } from '../../../functions/api/issues/issue-answer.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { clientOf, type NewsletterClient, refusalIn } from './newsletter-client.ts';

export const slotsCommand: CommandModule = (program, { words, act }) =>
  program.command('slots').description(words.commands.slots).action(act(slots));

export const reportCommand: CommandModule = (program, { words, act }) =>
  program
    .command('report')
    .description(words.commands.report)
    .argument('[digest]', words.options.digest)
    .option('--watch', words.options.watchReport)
    .action(act(report));

async function slots(context: Context): Promise<Outcome> {
  const { next } = await clientOf(context).get<{ next: NextDigest }>('/api/v1/digests', { limit: '1' });
  const { terminal, words } = context;
  terminal.say(words.newsletter.nextSlot({ localTime: next.localTime, timeZone: next.timeZone, issues: next.issues }));
  for (const { localTime, slot } of next.following) terminal.say(`${localTime}  ${slot}`);
  return { result: next };
}

const lookAgainMs = 2_000;

/** A digest, by its id or by an issue that it has; without either the latest. */
async function report(context: Context, named: string | undefined, { watch = false }: { watch?: boolean }): Promise<Outcome> {
  const client = clientOf(context);
  const id = named === undefined ? await latest(client) : await digestCalled(named, client);
  const show = () => client.get<DigestAnswer>(`/api/v1/digests/${encodeURIComponent(id)}`);
  let digest = await show();
  for (let told = ''; watch && !digest.over; digest = await show()) {
    const line = progressLine(digest, context);
    if (line !== told) context.terminal.say(line);
    told = line;
    await context.sleep(lookAgainMs);
  }
  context.terminal.say(progressLine(digest, context));
  for (const line of context.words.newsletter.report(digest)) context.terminal.say(line);
  const { unknown, rejected } = digest.report;
  const needsSomebody = unknown + rejected > 0 || digest.holds.length > 0;
  return { exitCode: needsSomebody ? 1 : 0, result: digest };
}

async function latest(client: NewsletterClient): Promise<string> {
  const { digests } = await client.get<{ digests: DigestAnswer[] }>('/api/v1/digests', { limit: '1' });
  if (!digests[0]) throw cannot('no_digest_yet', {});
  return digests[0].id;
}

async function digestCalled(named: string, client: NewsletterClient): Promise<string> {
  const path = `/api/v1/issues/${encodeURIComponent(named)}`;
  const issue = await client.get<IssueAnswer>(path).catch((error: unknown) => {
    // A key for reports sees no issues: it names the digest itself.
    if ([403, 404, 410].includes(refusalIn(error)?.status ?? 0)) return undefined;
    throw error;
  });
  if (issue && issue.digest === null) throw cannot('issue_without_digest', { slug: issue.slug });
  return issue?.digest ?? named;
}

const barWidth = 30;

function progressLine({ id, state, report: { audience, open } }: DigestAnswer, { words }: Context): string {
  const share = audience === 0 ? 1 : (audience - open) / audience;
  const full = Math.floor(share * barWidth);
  const bar = `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
  return `${bar} ${Math.floor(share * 100)} %  ${words.newsletter.progress({ id, state, done: audience - open, audience })}`;
}
