import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
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
import type { Bundles } from './bundling/functions.ts';
import { NewsletterFunction } from './constructs/newsletter-function.ts';
import type { Issues } from './issues.ts';
import type { Keys } from './keys.ts';
import type { Site } from './site.ts';
import type { Table } from './table.ts';

type EditorsProps = { bundles: Bundles; table: Table; keys: Keys; issues: Issues; site: Site };

const group = 'editors';

/** The editors' face: their user pool and sign-in, the page, and the API behind the token. */
export class Editors extends Construct {
  readonly api: NewsletterFunction;
  readonly userPool: UserPool;

  constructor(scope: Construct, id: string, { bundles, table, keys, issues, site }: EditorsProps) {
    super(scope, id);
    this.userPool = this.#userPool();
    const client = this.#client(`${site.origin}/editors/`);
    this.api = new NewsletterFunction(this, 'Api', { name: 'editor-api', bundles, timeout: Duration.seconds(29), memory: 1769 });
    table.giveTo(this.api);
    issues.giveImagesTo(this.api);
    issues.giveUploadsTo(this.api);
    keys.giveIdentityKeyTo(this.api);
    keys.giveTokenKeysTo(this.api);
    site.tellOrigin(this.api);
    this.api.tell('SIGN_IN_ORIGIN', this.#signInOrigin(client));
    this.api.tell('USER_POOL_CLIENT_ID', client.userPoolClientId);
    this.api.tell('EDITORS_GROUP', group);
    this.#routes(site, client);
  }

  #userPool() {
    const pool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: { minLength: 12, requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true },
      // Whoever signs in here can write to every reader.
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    pool.addGroup('Group', { groupName: group, description: 'May upload, queue, send and stop issues.' });
    Validations.of(pool).acknowledge({
      id: 'AwsSolutions-COG8',
      reason:
        'The Plus plan watches for risky sign-ins at a price per user. A handful of editors, whom only an administrator adds, all sign in with a one-time code.',
    });
    return pool;
  }

  /** A public client: the page runs in a browser and could keep no secret, so the code is bound to it by PKCE. */
  #client(pageAddress: string) {
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

  #signInOrigin(client: UserPoolClient) {
    const { account, region, stackName } = Stack.of(this);
    const prefix = `${stackName.toLowerCase()}-${account}`;
    this.userPool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix: prefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // Managed login shows an error page until it has a style; Cognito's own will do.
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.userPool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return `https://${prefix}.auth.${region}.amazoncognito.com`;
  }

  #routes(site: Site, client: UserPoolClient) {
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId: site.api.apiId,
      authorizerType: 'JWT',
      name: group,
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: {
        audience: [client.userPoolClientId],
        issuer: `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${this.userPool.userPoolId}`,
      },
    });
    site.route({ worker: this.api, keys: ['ANY /editors/{proxy+}'], authorizerId: authorizer.ref });
    site.route({
      worker: this.api,
      keys: ['GET /editors', 'GET /editors/assets/{file}', 'GET /editors/config.json'],
      openBecause:
        'The page an editor signs in from, its assets and the address of the sign-in: nothing that is not public, and nothing they change.',
    });
  }
}
