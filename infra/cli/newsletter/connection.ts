import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';

/** Which newsletter, and by which API key or access token. */
const Connection = z.object({ url: z.url({ protocol: /^https?$/ }), key: z.string().min(1) });
export type Connection = z.infer<typeof Connection>;

type Environment = Context['environment'];

/** Where a connection is kept: one file for each name in `PERIODICAL_PROFILE`. */
function profileFile({ PERIODICAL_PROFILE: name = 'default', XDG_CONFIG_HOME, HOME = '' }: Environment): string {
  if (!/^[\w-]{1,40}$/.test(name)) throw cannot('profile_name_wrong', { name });
  return join(XDG_CONFIG_HOME || join(HOME, '.config'), 'periodical', `${name}.json`);
}

/**
 * The newsletter to work with: of the environment, which a CI has, else the one that `connect` stored.
 * @throws CliError `not_connected`
 */
export function connectionOf({ environment }: Pick<Context, 'environment'>): Connection {
  const { PERIODICAL_URL: url, PERIODICAL_KEY: key } = environment;
  const file = profileFile(environment);
  const stored: unknown = url && key ? undefined : existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  // A stored key is for its own newsletter: it is never sent to another address.
  const wanted = url ? { url, key } : stored;
  const found = Connection.safeParse(wanted);
  if (!found.success) throw cannot('not_connected', { file });
  return found.data;
}

/** Kept for its owner alone. */
export function storeConnection(connection: Connection, { environment }: Pick<Context, 'environment'>): string {
  const file = profileFile(environment);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}
