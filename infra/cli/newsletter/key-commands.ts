import { Option } from 'commander';
import { scopes } from '../../../functions/access/scope.ts';
import type { ApiKeyAnswer, NewApiKeyAnswer } from '../../../functions/api/keys/api-key-endpoints.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { clientOf } from './newsletter-client.ts';

export const keysCommand: CommandModule = (program, { words, act }) => {
  const keys = program.command('keys').description(words.commands.keys);
  keys.command('list').description(words.commands.keysList).action(act(list));
  keys
    .command('create')
    .description(words.commands.keysCreate)
    .argument('<name>', words.options.keyName)
    .addOption(new Option('--scope <scopes...>', words.options.scope).choices(scopes))
    .option('--expires <time>', words.options.expires)
    .action(act(create));
  keys.command('revoke').description(words.commands.keysRevoke).argument('<id>', words.options.keyId).action(act(revoke));
};

async function list(context: Context): Promise<Outcome> {
  const { keys } = await clientOf(context).get<{ keys: ApiKeyAnswer[] }>('/api/v1/keys');
  for (const key of keys) context.terminal.say(context.words.newsletter.key(key));
  if (keys.length === 0) context.terminal.say(context.words.newsletter.noKeys);
  return { result: { keys } };
}

async function create(context: Context, name: string, { scope, expires }: { scope?: string[]; expires?: string }): Promise<Outcome> {
  const json = { name, ...(scope && { scopes: scope }), ...(expires && { expiresAt: expires === 'never' ? null : expires }) };
  const made = await clientOf(context).post<NewApiKeyAnswer>('/api/v1/keys', { json });
  context.terminal.say(context.words.newsletter.keyMade(made));
  return { result: made };
}

async function revoke(context: Context, id: string): Promise<Outcome> {
  const revoked = await clientOf(context).post<ApiKeyAnswer>(`/api/v1/keys/${encodeURIComponent(id)}/revoke`);
  context.terminal.say(context.words.newsletter.key(revoked));
  return { result: revoked };
}
