import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { oncePer } from './process/once.ts';

/** A secret's text, fetched once per process. */
export const secret = oncePer(
  async (arn: string): Promise<string> => {
    const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: arn }));
    if (!SecretString) throw new Error('The secret has no text.');
    return SecretString;
  },
  (arn) => arn,
);
