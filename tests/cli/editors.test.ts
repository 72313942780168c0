import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { PrincipalStore } from '../../functions/access/principal-store.ts';
import { awsError } from './fake-aws.ts';
import { fakeNewsletter } from './fake-newsletter.ts';
import { ownSettings, periodical, type Run } from './run-periodical.ts';

/** A user pool as Cognito has it: names without regard to case, a first password by mail. */
async function desk() {
  const { account, table } = await fakeNewsletter();
  const users = new Map<string, { sub: string; status: 'FORCE_CHANGE_PASSWORD' | 'CONFIRMED' }>();
  const mailed: string[] = [];
  const attributes = (address: string) => [
    { Name: 'sub', Value: users.get(address)?.sub ?? '' },
    { Name: 'email', Value: address },
  ];
  account.aws
    .on(AdminCreateUserCommand, ({ Username: address = '', MessageAction }) => {
      if (users.has(address) !== (MessageAction === 'RESEND')) throw awsError('UsernameExistsException');
      if (!users.has(address)) users.set(address, { sub: `sub-${users.size}`, status: 'FORCE_CHANGE_PASSWORD' });
      mailed.push(address);
      return { User: { Attributes: attributes(address) } };
    })
    .on(AdminGetUserCommand, ({ Username: address = '' }) => {
      const user = users.get(address);
      if (!user) throw awsError('UserNotFoundException');
      return { Username: user.sub, UserStatus: user.status, UserAttributes: attributes(address) };
    })
    .on(ListUsersCommand, ({ PaginationToken }) => {
      const all = [...users].map(([address, { status }]) => ({ UserStatus: status, Attributes: attributes(address) }));
      return PaginationToken ? { Users: all.slice(1) } : { Users: all.slice(0, 1), ...(all.length > 1 && { PaginationToken: 'more' }) };
    })
    .on(AdminDeleteUserCommand, ({ Username: address = '' }) => {
      users.delete(address);
      return {};
    });
  const run = (typed: string[], given: Partial<Run> = {}) =>
    periodical({ typed: ['editors', ...typed], account, settings: ownSettings, ...given });
  return { run, users, mailed, principals: new PrincipalStore(table) };
}

test('who is invited can sign in and has their role; the list has everybody', async () => {
  const { run, principals, mailed } = await desk();

  const first = await run(['invite', 'ada@hafenblatt.de', '--role', 'owner']);
  await run(['invite', 'bo@hafenblatt.de']);
  const { said } = await run(['list']);

  expect(first.said).toContain('ada@hafenblatt.de is owner now');
  expect(await principals.find('sub-0')).toMatchObject({ role: 'owner' });
  expect(await principals.find('sub-1')).toMatchObject({ role: 'editor' });
  expect(said).toBe('ada@hafenblatt.de: owner, has not signed in yet\nbo@hafenblatt.de: editor, has not signed in yet');
  expect(mailed).toEqual(['ada@hafenblatt.de', 'bo@hafenblatt.de']);
});

test('an invitation that was cut short, or whose password has run out, is repeated; of somebody who signs in only the role changes', async () => {
  const { run, users, mailed, principals } = await desk();
  users.set('ada@hafenblatt.de', { sub: 'sub-0', status: 'FORCE_CHANGE_PASSWORD' });

  await run(['invite', 'ada@hafenblatt.de', '--role', 'writer']);
  expect(mailed).toEqual(['ada@hafenblatt.de']);

  users.set('ada@hafenblatt.de', { sub: 'sub-0', status: 'CONFIRMED' });
  await run(['invite', 'ada@hafenblatt.de', '--role', 'analyst']);
  expect(mailed).toHaveLength(1);
  expect(await principals.find('sub-0')).toMatchObject({ role: 'analyst' });
});

test('who is removed has neither role nor account; the last owner cannot go, nor become less', async () => {
  const { run, users, principals } = await desk();
  await run(['invite', 'ada@hafenblatt.de', '--role', 'owner']);
  await run(['invite', 'bo@hafenblatt.de', '--role', 'owner']);

  expect(await run(['remove', 'bo@hafenblatt.de'], { answers: ['no'] })).toMatchObject({ exit: 0 });
  expect(users.size).toBe(2);
  const { json } = await run(['remove', 'bo@hafenblatt.de', '--yes', '--json']);
  const last = await run(['remove', 'ada@hafenblatt.de', '--yes', '--json']);
  const less = await run(['invite', 'ada@hafenblatt.de', '--role', 'editor', '--json']);
  const nobody = await run(['remove', 'cy@hafenblatt.de', '--yes', '--json']);

  expect(json()).toEqual({ address: 'bo@hafenblatt.de', removed: true });
  expect([await principals.find('sub-1'), users.has('bo@hafenblatt.de')]).toEqual([undefined, false]);
  for (const each of [last, less]) expect(each.json()).toMatchObject({ error: { code: 'last_owner' } });
  expect(nobody.json()).toMatchObject({ error: { code: 'no_such_editor' } });
  expect(await principals.find('sub-0')).toMatchObject({ role: 'owner' });
  expect(await run(['invite', 'di@hafenblatt.de', '--role', 'boss'])).toMatchObject({ exit: 2 });
});
