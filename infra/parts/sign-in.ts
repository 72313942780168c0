import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { NewsletterFunction } from '../constructs/newsletter-function.ts';
import type { Site } from './site.ts';

/** Who can sign in at the desk, and how. What they may do there is in the table: `functions/access/`. */
export class SignIn extends Construct {
  readonly userPool: UserPool;
  readonly #client: UserPoolClient;
  readonly #origin: string;

  constructor(scope: Construct, id: string, { site }: { site: Site }) {
    super(scope, id);
    this.userPool = this.#userPool();
    this.#client = this.#clientOf(`${site.origin}/editors/`);
    this.#origin = this.#domain();
  }

  /** What a function needs that verifies access tokens: no permission, since the keys of a pool are public. */
  tell(worker: NewsletterFunction) {
    const { userPoolId } = this.userPool;
    worker.tell('SIGN_IN_ORIGIN', this.#origin);
    worker.tell('USER_POOL_ID', userPoolId);
    worker.tell('USER_POOL_CLIENT_ID', this.#client.userPoolClientId);
    worker.tell('USER_POOL_KEYS_URL', `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${userPoolId}/.well-known/jwks.json`);
  }

  #userPool() {
    const pool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: { minLength: 12, requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true },
      // Who signs in here may be able to write to every reader.
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: true,
      // As for the table: a first deployment that fails could not delete a protected pool.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(pool).acknowledge({
      id: 'AwsSolutions-COG8',
      reason:
        'The Plus plan watches for risky sign-ins at a price per user. A handful of editors, whom only an administrator adds, all sign in with a one-time code.',
    });
    return pool;
  }

  /** A public client: the page runs in a browser and could keep no secret, so the code is bound to it by PKCE. */
  #clientOf(pageAddress: string) {
    return new UserPoolClient(this, 'Client', {
      userPool: this.userPool,
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: [pageAddress],
        logoutUrls: [pageAddress],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
    });
  }

  #domain() {
    const { account, region, stackName } = Stack.of(this);
    const prefix = `${stackName.toLowerCase()}-${account}`;
    this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: prefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Managed login shows an error page until it has a style; Cognito's own will do.
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.userPool.userPoolId,
      clientId: this.#client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return `https://${prefix}.auth.${region}.amazoncognito.com`;
  }
}
