import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { type DeployedStack, resourcesNamed } from './deployed-stack.ts';
import type { Target } from './target.ts';

/** The secrets that outlive every table: settings name those of an earlier stack, else the stack has made them. */
const secretOf = ({ settings }: Target, deployed: DeployedStack, name: 'IdentityKey' | 'TokenKeys'): string =>
  settings.existing[name === 'IdentityKey' ? 'identityKey' : 'tokenKeys'] ??
  resourcesNamed(deployed, 'AWS::SecretsManager::Secret', name)[0] ??
  '';

async function textOf(secret: string, { aws }: Target): Promise<string> {
  const { SecretString = '' } = await aws.secrets.send(new GetSecretValueCommand({ SecretId: secret }));
  return SecretString;
}

export const identityKeyOf = (target: Target, deployed: DeployedStack) => textOf(secretOf(target, deployed, 'IdentityKey'), target);
export const tokenKeysOf = (target: Target, deployed: DeployedStack) => textOf(secretOf(target, deployed, 'TokenKeys'), target);
