import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const held = new Map<string, Promise<string>>();

/** A secret's text, fetched once per process. */
export function secret(arn: string): Promise<string> {
  const known = held.get(arn);
  if (known) return known;
  const fetched = fetchSecret(arn);
  held.set(arn, fetched);
  fetched.catch(() => held.delete(arn));
  return fetched;
}

async function fetchSecret(arn: string) {
  const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: arn }));
  if (!SecretString) throw new Error('The secret holds no text.');
  return SecretString;
}
