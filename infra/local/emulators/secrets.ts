import { randomInt } from 'node:crypto';
import type { DataFolder } from '../data-folder.ts';
import type { LocalStack } from '../local-stack.ts';
import type { Properties } from '../template.ts';
import { read } from '../template.ts';

const lowerCase = 'abcdefghijklmnopqrstuvwxyz';
const upperCase = lowerCase.toUpperCase();
const digits = '0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** The template's secrets, generated once and kept, and answered as Secrets Manager's `GetSecretValue` does. */
export class Secrets {
  readonly #values: Map<string, string>;

  constructor(stack: LocalStack, data: DataFolder) {
    this.#values = new Map(
      stack.ofType('AWS::SecretsManager::Secret').map(({ logicalId, properties }) => {
        const value = data.once(`secret-${logicalId}`, () => secretString(properties));
        return [stack.identity(logicalId).ref, value];
      }),
    );
  }

  /** A text of the template with the secrets it refers to, as CloudFormation resolves them when it deploys. */
  reveal(text: string): string {
    return text.replace(/\{\{resolve:secretsmanager:(arn:[^{}]*)\}\}/g, (reference, arn: string) => {
      // An ARN has seven parts; what follows says which value of the secret is meant.
      const value = this.#values.get(arn.split(':').slice(0, 7).join(':'));
      if (value === undefined) throw new Error(`The template refers to a secret it does not have: ${reference}`);
      return value;
    });
  }

  /** The body of an answer to `GetSecretValue`, or undefined where there is no such secret. */
  answer(secretId: string) {
    const value = this.#values.get(secretId);
    if (value === undefined) return undefined;
    return {
      ARN: secretId,
      Name: secretId.split(':').at(-1),
      SecretString: value,
      VersionId: '00000000-0000-0000-0000-000000000000',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: 0,
    };
  }
}

function secretString(properties: Properties): string {
  const plain = read.text(properties, 'SecretString');
  if (plain !== undefined) return plain;
  const generate = read.object(properties, 'GenerateSecretString');
  const password = randomText(generate);
  const key = read.text(generate, 'GenerateStringKey');
  if (!key) return password;
  return JSON.stringify({ ...JSON.parse(read.text(generate, 'SecretStringTemplate') ?? '{}'), [key]: password });
}

function randomText(generate: Properties): string {
  const excluded = new Set(read.text(generate, 'ExcludeCharacters') ?? '');
  const without = (name: string) => read.text(generate, name) === 'true';
  const alphabet = [
    without('ExcludeLowercase') ? '' : lowerCase,
    without('ExcludeUppercase') ? '' : upperCase,
    without('ExcludeNumbers') ? '' : digits,
    without('ExcludePunctuation') ? '' : punctuation,
  ]
    .join('')
    .split('')
    .filter((character) => !excluded.has(character));
  const length = read.number(generate, 'PasswordLength') ?? 32;
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
