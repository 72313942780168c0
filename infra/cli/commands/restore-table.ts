import { ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { InvalidArgumentError } from 'commander';
import { ApiKeyStore } from '../../../functions/access/api-key-store.ts';
import type { Actor } from '../../../functions/access/principal.ts';
import { PrincipalStore } from '../../../functions/access/principal-store.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import { IssueStore } from '../../../functions/issues/issue-store.ts';
import { Breaker } from '../../../functions/mail/breaker.ts';
import { Table } from '../../../functions/platform/table.ts';
import { releaseRestore } from '../../../functions/restores/release-restore.ts';
import { isHeld, type Restore } from '../../../functions/restores/restore.ts';
import { RestoreStore } from '../../../functions/restores/restore-store.ts';
import { WebhookStore } from '../../../functions/webhooks/webhook-store.ts';
import { type DeployedStack, outputOf, stackInUse } from '../deployment/deployed-stack.ts';
import { type Target, targetOf } from '../deployment/target.ts';
import { allPages } from '../frame/all-pages.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { unlessMissing } from '../frame/refused-by-aws.ts';
import { compareRestore } from '../restoring/compare-restore.ts';
import { exists, type RestorePoint, restorePoint } from '../restoring/restore-point.ts';
import { complete, untilActive } from '../restoring/restored-table.ts';

type Options = { at?: Date; backup?: string; into?: string; release?: boolean };

export const restoreCommand: CommandModule = (program, { words, act }) =>
  program
    .command('restore')
    .description(words.commands.restore)
    .option('--at <time>', words.options.restoreAt, momentTyped)
    .option('--backup <arn>', words.options.backup)
    .option('--into <table>', words.options.into)
    .option('--release', words.options.release)
    .action(act(restore));

function momentTyped(text: string): Date {
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(at.getTime())) throw new InvalidArgumentError('2026-12-07T09:00Z');
  return at;
}

/** Functions that had begun before the deployment still write into the table that was lost; none lasts longer. */
const lastWritesMs = 120_000;

type Newsletter = { target: Target; deployed: DeployedStack; context: Context };

/**
 * Brings the table back, into a new one that the settings adopt. First of all nobody is mailed; then who has gone since is made so again,
 * and an editor sees the numbers and releases it. Each step may be repeated: where a restore is held already, the command goes on with it.
 */
async function restore(context: Context, options: Options): Promise<Outcome> {
  const target = await targetOf(context);
  const newsletter = { target, deployed: await stackInUse(target), context };
  const table = outputOf(newsletter.deployed, 'TableName');
  const held = await heldIn(table, target);
  if (options.release) return release(table, held, newsletter);
  if (held) return compare(table, held, newsletter);
  return begin(table, options, newsletter);
}

async function heldIn(table: string, { aws }: Target): Promise<Restore | undefined> {
  // Of a table that is still being made AWS says, too, that there is none.
  const found = await unlessMissing(new RestoreStore(new Table(aws.dynamodb, table)).find());
  return isHeld(found) ? found : undefined;
}

async function begin(lost: string, options: Options, newsletter: Newsletter): Promise<Outcome> {
  const { target, context } = newsletter;
  const { terminal, words, now } = context;
  const restored = options.into ?? `${target.stack}-restored-${now().toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}`;
  const goesOn = await exists(restored, target.aws.dynamodb);
  const known = goesOn && (await heldIn(restored, target));
  const point = known ? undefined : await restorePoint(lost, options, target.aws.dynamodb);
  const moment = known ? known.moment : (point?.moment ?? now()).toISOString();
  const question = words.restore.agree({ stack: target.stack, moment, table: restored });
  if (!(await terminal.agree(question))) {
    if (!terminal.interactive) throw cannot('needs_yes', { question });
    return { result: { table: restored, restored: false } };
  }
  if (point && !goesOn) await bringBack(restored, point, newsletter);
  await untilActive(restored, target, context);
  const hold = known || (await holdAll(restored, { moment, lostTable: lost, begunAt: now().toISOString() }, target, context));
  await complete(restored, target);
  await takeRights(restored, newsletter);
  terminal.say(words.restore.held(restored));
  if (!(await adopt(restored, newsletter))) {
    terminal.say(words.restore.notAdopted(restored));
    return { exitCode: 1, result: { table: restored, moment, adopted: false } };
  }
  if (await exists(lost, target.aws.dynamodb)) {
    terminal.say(words.restore.lastWrites);
    await context.sleep(lastWritesMs);
  }
  return compare(restored, hold, newsletter);
}

async function bringBack(restored: string, point: RestorePoint, { context: { terminal, words } }: Newsletter): Promise<void> {
  await point.begin(restored);
  terminal.say(words.restore.begun(restored));
}

/** Written before anything uses the table: from its first moment nobody is mailed. */
async function holdAll(restored: string, restore: Restore, { aws }: Target, { now }: Context): Promise<Restore> {
  const table = new Table(aws.dynamodb, restored);
  await new Breaker({ table, now }).holdForRestore(`The table was restored as of ${restore.moment}.`);
  await new RestoreStore(table).begin(restore);
  return restore;
}

/**
 * Whose role or key was taken since the backup would have it again: colleagues are invited again, and programs get new keys. A webhook that
 * was deleted since would tell its receiver of readers again: an owner turns on those that are wanted.
 */
async function takeRights(restored: string, { target: { aws }, deployed, context: { now } }: Newsletter): Promise<void> {
  const table = new Table(aws.dynamodb, restored);
  const users = await allPages(async (PaginationToken) => {
    const UserPoolId = outputOf(deployed, 'UserPoolId');
    const page = await aws.cognito.send(new ListUsersCommand({ UserPoolId, ...(PaginationToken && { PaginationToken }) }));
    return { items: page.Users, next: page.PaginationToken };
  });
  for (const { Attributes } of users) await new PrincipalStore(table).takeRole(Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '');
  const keys = new ApiKeyStore(table);
  const by = await actorOf(aws);
  for (const { id } of await keys.list()) await keys.revoke(id, by, now());
  const webhooks = new WebhookStore(table);
  for (const webhook of await webhooks.list()) await webhooks.change(webhook.id, { ...webhook, active: false }, by, now());
}

/** The person whose credentials these are, as AWS calls them. */
async function actorOf(aws: Target['aws']): Promise<Actor> {
  const { Arn = '' } = await aws.sts.send(new GetCallerIdentityCommand({}));
  return { kind: 'person', id: Arn, name: Arn.split('/').at(-1) ?? Arn };
}

async function adopt(restored: string, { target, context }: Newsletter): Promise<boolean> {
  const { settings, terminal } = context;
  const written = settings.read();
  settings.write({ ...written, existing: { ...(written.existing ?? {}), table: restored } });
  const typed = ['deploy', target.stack, ...(terminal.agreed ? ['--require-approval', 'never'] : [])];
  return (await context.cdk(typed, { ...settings.environment, AWS_REGION: target.region })) === 0;
}

async function compare(restored: string, found: Restore, newsletter: Newsletter): Promise<Outcome> {
  const { terminal, words } = newsletter.context;
  terminal.say(words.restore.comparing);
  const comparison = await compareRestore({ ...newsletter, restored, restore: found });
  for (const line of words.restore.compared(comparison)) terminal.say(line);
  terminal.say(words.restore.next({ missing: comparison.missing, desk: outputOf(newsletter.deployed, 'EditorsAddress') }));
  return {
    exitCode: comparison.missing === 0 ? 0 : 1,
    result: { table: restored, moment: found.moment, adopted: true, released: false, ...comparison },
  };
}

async function release(restored: string, held: Restore | undefined, { target, context }: Newsletter): Promise<Outcome> {
  const { terminal, words, now } = context;
  if (!held) throw cannot('nothing_held', {});
  const { comparison } = held;
  if (comparison?.missing !== 0) throw cannot('not_compared', { missing: comparison?.missing });
  for (const line of words.restore.compared(comparison)) terminal.say(line);
  if (!(await terminal.agree(words.restore.agreeRelease))) {
    if (!terminal.interactive) throw cannot('needs_yes', { question: words.restore.agreeRelease });
    return { result: { table: restored, released: false } };
  }
  const table = new Table(target.aws.dynamodb, restored);
  const [restores, digests, issues] = [new RestoreStore(table), new DigestStore(table), new IssueStore(table)];
  const breaker = new Breaker({ table, now });
  const { releasedAt } = await releaseRestore(await actorOf(target.aws), { restores, digests, issues, breaker, now });
  terminal.say(words.restore.released);
  return { result: { table: restored, released: true, releasedAt } };
}
