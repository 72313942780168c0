import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { stackInUse } from '../deployment/deployed-stack.ts';
import { identityKeyOf, tokenKeysOf } from '../deployment/key-secrets.ts';
import { targetOf } from '../deployment/target.ts';
import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { newCode, openKeys, sealKeys } from '../restoring/sealed-keys.ts';

export const secretsCommand: CommandModule = (program, { words, act }) => {
  const secrets = program.command('secrets').description(words.commands.secrets);
  secrets.command('save').description(words.commands.secretsSave).argument('<file>', words.options.keysFile).action(act(save));
  secrets
    .command('bring')
    .description(words.commands.secretsBring)
    .argument('<file>', words.options.keysFile)
    .option('--code <code>', words.options.code)
    .action(act(bring));
};

/** A copy for an owner to keep: sealed with a code that is shown once and is in no file. */
async function save(context: Context, file: string): Promise<Outcome> {
  const { terminal, words } = context;
  const target = await targetOf(context);
  const deployed = await stackInUse(target);
  const [identityKey, tokenKeys] = [await identityKeyOf(target, deployed), await tokenKeysOf(target, deployed)];
  const [path, code] = [resolve(file), newCode()];
  try {
    writeFileSync(path, sealKeys({ identityKey, tokenKeys }, code), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw cannot('keys_file_exists', { file: path }, { cause: error });
    throw error;
  }
  terminal.say(words.secrets.saved({ file: path, code }));
  return { result: { file: path, code } };
}

/** Where the secrets are lost, or the stack is made in another account: makes secrets of the copy, which the settings adopt. */
async function bring(context: Context, file: string, { code }: { code?: string }): Promise<Outcome> {
  const { terminal, words, settings, now } = context;
  const target = await targetOf(context);
  const typed = code ?? (terminal.interactive ? await terminal.ask({ message: words.secrets.askCode }) : undefined);
  if (typed === undefined) throw cannot('no_code', {});
  const keys = openKeys(readFileSync(resolve(file), 'utf8'), typed);
  if (!keys) throw cannot('wrong_code', { file: resolve(file) });
  const made = async (name: string, SecretString: string) => {
    const Name = `${target.stack}-${name}-${now().toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}`;
    const { ARN } = await target.aws.secrets.send(new CreateSecretCommand({ Name, SecretString }));
    return ARN;
  };
  const existing = { identityKey: await made('identity-key', keys.identityKey), tokenKeys: await made('token-keys', keys.tokenKeys) };
  const written = settings.read();
  settings.write({ ...written, existing: { ...(written.existing ?? {}), ...existing } });
  terminal.say(words.secrets.brought(settings.path));
  return { result: existing };
}
