import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  type AttributeType,
  ListUsersCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { Option } from 'commander';
import { PrincipalStore } from '../../../functions/access/principal-store.ts';
import { type Role, roles } from '../../../functions/access/role.ts';
import { tableOf } from '../checks/check.ts';
import { outputOf, stackInUse } from '../deployment/deployed-stack.ts';
import { targetOf } from '../deployment/target.ts';
import { allPages } from '../frame/all-pages.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Clients } from '../frame/clients.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { unlessMissing } from '../frame/refused-by-aws.ts';

export const editorsCommand: CommandModule = (program, { words, act }) => {
  const editors = program.command('editors').description(words.commands.editors);
  editors.command('list').description(words.commands.editorsList).action(act(list));
  editors
    .command('invite')
    .description(words.commands.editorsInvite)
    .argument('<address>', words.options.address)
    .addOption(new Option('--role <role>', words.options.role).choices(roles).default('editor'))
    .action(act(invite));
  editors.command('remove').description(words.commands.editorsRemove).argument('<address>', words.options.address).action(act(remove));
};

type Desk = { pool: string; cognito: Clients['cognito']; principals: PrincipalStore; desk: string };
type Editor = { address: string; role: Role | undefined; hasSignedIn: boolean; sub: string };

async function deskOf(context: Context): Promise<Desk> {
  const target = await targetOf(context);
  const deployed = await stackInUse(target);
  const [pool, desk] = [outputOf(deployed, 'UserPoolId'), outputOf(deployed, 'EditorsAddress')];
  return { pool, desk, cognito: target.aws.cognito, principals: new PrincipalStore(tableOf({ aws: target.aws, deployed })) };
}

async function list(context: Context): Promise<Outcome> {
  const editors = await everybody(await deskOf(context));
  const { terminal, words } = context;
  for (const { address, role, hasSignedIn } of editors) terminal.say(words.editors.row({ address, role, hasSignedIn }));
  if (editors.length === 0) terminal.say(words.editors.nobody);
  return { result: { editors } };
}

/** An account to sign in with, whose first password Cognito mails, and a role. Of who is there already only the role changes. */
async function invite(context: Context, address: string, { role }: { role: Role }): Promise<Outcome> {
  const { terminal, words } = context;
  const desk = await deskOf(context);
  const known = await find(address, desk);
  if (known && role !== 'owner') await refuseLastOwner(known, desk);
  const sub = known?.sub ?? (await create(address, desk));
  if (known && !known.hasSignedIn) await create(address, desk, 'RESEND');
  await desk.principals.giveRole(sub, role);
  const mailed = !known?.hasSignedIn;
  terminal.say(words.editors.invited({ address, role, desk: desk.desk, mailed }));
  return { result: { address, role, sub, mailed } };
}

async function create(address: string, { cognito, pool }: Desk, again?: 'RESEND'): Promise<string> {
  const { User } = await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId: pool,
      Username: address,
      DesiredDeliveryMediums: ['EMAIL'],
      ...(again
        ? { MessageAction: again }
        : {
            UserAttributes: [
              { Name: 'email', Value: address },
              { Name: 'email_verified', Value: 'true' },
            ],
          }),
    }),
  );
  return attribute(User?.Attributes, 'sub');
}

/** The role first: it counts with the next request, whatever tokens are about. */
async function remove(context: Context, address: string): Promise<Outcome> {
  const { terminal, words } = context;
  const desk = await deskOf(context);
  const known = await find(address, desk);
  if (!known) throw cannot('no_such_editor', { address });
  await refuseLastOwner(known, desk);
  if (!(await terminal.agree(words.editors.agreeRemove(address)))) {
    if (!terminal.interactive) throw cannot('needs_yes', { question: words.editors.agreeRemove(address) });
    return { result: { address, removed: false } };
  }
  await desk.principals.takeRole(known.sub);
  await desk.cognito.send(new AdminDeleteUserCommand({ UserPoolId: desk.pool, Username: address }));
  terminal.say(words.editors.removed(address));
  return { result: { address, removed: true } };
}

/** Somebody must be left who may do everything. */
async function refuseLastOwner({ sub, address, role }: Editor, desk: Desk): Promise<void> {
  if (role !== 'owner') return;
  const others = (await everybody(desk)).filter((editor) => editor.role === 'owner' && editor.sub !== sub);
  if (others.length === 0) throw cannot('last_owner', { address });
}

async function everybody({ cognito, pool, principals }: Desk): Promise<Editor[]> {
  const users = await allPages(async (PaginationToken) => {
    const page = await cognito.send(new ListUsersCommand({ UserPoolId: pool, ...(PaginationToken && { PaginationToken }) }));
    return { items: page.Users, next: page.PaginationToken };
  });
  return Promise.all(users.map((user) => editorOf(user, user.Attributes, principals)));
}

async function find(address: string, { cognito, pool, principals }: Desk): Promise<Editor | undefined> {
  const user = await unlessMissing(cognito.send(new AdminGetUserCommand({ UserPoolId: pool, Username: address })));
  return user && editorOf(user, user.UserAttributes, principals);
}

async function editorOf(
  { UserStatus }: Pick<UserType, 'UserStatus'>,
  attributes: AttributeType[] | undefined,
  principals: PrincipalStore,
): Promise<Editor> {
  const sub = attribute(attributes, 'sub');
  const { role } = (await principals.find(sub)) ?? {};
  return { address: attribute(attributes, 'email'), role, hasSignedIn: UserStatus !== 'FORCE_CHANGE_PASSWORD', sub };
}

const attribute = (attributes: AttributeType[] | undefined, name: string): string =>
  attributes?.find(({ Name }) => Name === name)?.Value ?? '';
