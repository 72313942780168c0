import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type ISecret, Secret, type SecretProps } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';
import type { NewsletterFunction } from '../constructs/newsletter-function.ts';

/** The secrets. They outlive the stack: without the first two no reader is found again and no link in an old mail works. */
export class SecretKeys extends Construct {
  readonly #identityKey: Secret | ISecret;
  readonly #tokenKeys: Secret | ISecret;
  readonly #originKey: Secret | ISecret;

  /** `existing`: secrets of an earlier stack, which are used as they are. */
  constructor(scope: Construct, id: string, existing: Pick<Settings['existing'], 'identityKey' | 'tokenKeys'>) {
    super(scope, id);
    const generate = { passwordLength: 64, excludePunctuation: true };
    this.#identityKey = this.#secret('IdentityKey', existing.identityKey, {
      description: 'Turns a normalised address into a subscriber id. Never change it.',
      generateSecretString: generate,
    });
    this.#tokenKeys = this.#secret('TokenKeys', existing.tokenKeys, {
      description: 'Keys of the tokens in links, by id. Add a key and move `current`; never remove one that mails still carry.',
      generateSecretString: { ...generate, secretStringTemplate: JSON.stringify({ current: 'k1' }), generateStringKey: 'k1' },
    });
    this.#originKey = this.#secret('OriginKey', undefined, {
      description: 'Goes with every request that the distribution hands to the API, so that the address it names is believed.',
      generateSecretString: generate,
    });
    Validations.of(this.#identityKey).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Subscriber ids are HMACs under this key: a rotated key would make every reader, tombstone and consent record unfindable.',
    });
    Validations.of(this.#tokenKeys).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Unsubscribe links in mails already delivered must work for ever, so keys are added by a person (new id, current moved), never replaced on a schedule.',
    });
    Validations.of(this.#originKey).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'CloudFormation copies it into the distribution when it deploys; a copy that rotates between deployments would only make the API doubt its own distribution. It guards a count, no data.',
    });
  }

  #secret(id: string, existing: string | undefined, props: SecretProps): Secret | ISecret {
    if (existing) return Secret.fromSecretCompleteArn(this, id, existing);
    return new Secret(this, id, { ...props, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
  }

  /** For the distribution alone: CloudFormation puts the secret's text in its place when it deploys. */
  get originKey(): string {
    return this.#originKey.secretValue.unsafeUnwrap();
  }

  /** For functions that count by network address: they must know which requests came through the distribution. */
  giveOriginKeyTo(worker: NewsletterFunction) {
    worker.allow(['secretsmanager:GetSecretValue'], this.#originKey.secretArn);
    worker.tell('ORIGIN_KEY_SECRET', this.#originKey.secretArn);
  }

  /** For functions that find a reader by their address. */
  giveIdentityKeyTo(worker: NewsletterFunction) {
    worker.allow(['secretsmanager:GetSecretValue'], this.#identityKey.secretArn);
    worker.tell('IDENTITY_KEY_SECRET', this.#identityKey.secretArn);
  }

  /** For functions that write links into mails, or check the tokens in them. */
  giveTokenKeysTo(worker: NewsletterFunction) {
    worker.allow(['secretsmanager:GetSecretValue'], this.#tokenKeys.secretArn);
    worker.tell('TOKEN_KEYS_SECRET', this.#tokenKeys.secretArn);
  }
}
