import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CfnIntegration, CfnRoute, HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, BucketPolicy, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';
import { accountWideName } from '../constructs/account-wide-name.ts';
import type { NewsletterFunction } from '../constructs/newsletter-function.ts';
import { vendedLogGroup } from '../constructs/vended-log-group.ts';
import type { Alarms } from './alarms.ts';
import type { SecretKeys } from './secret-keys.ts';
import { cachedPaths, errorsNotKept, SiteCache } from './site-cache.ts';

/** An HTTP API takes no route that ends in a slash, so the page’s own address loses its slash on the way. */
const dropSlashOfEditorsPage = `function handler(event) {
  if (event.request.uri === '/editors/') event.request.uri = '/editors';
  return event.request;
}`;

/** What a request was and what became of it; never its query string (tokens) nor who made it. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    method: '$context.httpMethod',
    path: '$context.path',
    route: '$context.routeKey',
    status: '$context.status',
    bytes: '$context.responseLength',
    milliseconds: '$context.responseLatency',
    error: '$context.error.message',
    functionError: '$context.integrationErrorMessage',
  }),
);

type SiteProps = { settings: Settings; images: Bucket | IBucket; keys: SecretKeys; alarms: Alarms };

type Routes = { worker: NewsletterFunction; keys: string[]; withoutAuthorizer: string };

/**
 * CloudFront in front of everything: images from the bucket, all else from the HTTP API. The API knows nothing of the
 * functions (routes do), so a function may know the distribution's domain without a cycle.
 */
export class Site extends Construct {
  readonly httpApi: HttpApi;
  readonly distribution: Distribution;
  /** One line a request: method, path, status and time. */
  readonly accessLog: LogGroup;
  /** `https://…` without a slash at its end: where every link begins. */
  readonly origin: string;
  readonly #integrations = new Map<NewsletterFunction, CfnIntegration>();

  constructor(scope: Construct, id: string, { settings, images, keys, alarms }: SiteProps) {
    super(scope, id);
    this.httpApi = new HttpApi(this, 'Api', { createDefaultStage: false });
    this.accessLog = this.#stage(settings);
    alarms.whenAnsweringErrors(this.httpApi, 'readers cannot sign up, confirm or leave, or editors cannot upload, queue or stop an issue');
    this.distribution = this.#distributionOf(settings, images, keys);
    this.origin = `https://${settings.publicHost ?? this.distribution.distributionDomainName}`;
  }

  tellOrigin(worker: NewsletterFunction) {
    worker.tell('PUBLIC_ORIGIN', this.origin);
  }

  /** Sends requests to a function. No route has an authorizer, and each says why it needs none. */
  route({ worker, keys, withoutAuthorizer }: Routes) {
    const integration = this.#integrationOf(worker);
    for (const key of keys) {
      const route = new CfnRoute(this, `Route ${key.replaceAll('/', '|')}`, {
        apiId: this.httpApi.apiId,
        routeKey: key,
        target: `integrations/${integration.ref}`,
        authorizationType: 'NONE',
      });
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: withoutAuthorizer });
    }
  }

  #integrationOf(worker: NewsletterFunction) {
    const known = this.#integrations.get(worker);
    if (known) return known;
    const integration = new CfnIntegration(this, `Integration ${worker.name}`, {
      apiId: this.httpApi.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: worker.lambda.functionArn,
      payloadFormatVersion: '2.0',
    });
    worker.lambda.addPermission('HttpApi', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      // Two parts, not three: requests that fall to `$default` come as `…/$default/$default`.
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: this.httpApi.apiId, resourceName: '*/*' }),
    });
    this.#integrations.set(worker, integration);
    return integration;
  }

  #stage(settings: Settings): LogGroup {
    const accessLog = vendedLogGroup(this, 'AccessLog', 'http-api', settings);
    new HttpStage(this, 'Stage', {
      httpApi: this.httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: accessLogFormat },
    });
    return accessLog;
  }

  #distributionOf({ publicHost, certificateArn, locale }: Settings, images: Bucket | IBucket, keys: SecretKeys) {
    const stack = Stack.of(this);
    const accessControl = new S3OriginAccessControl(this, 'AccessControl', {
      originAccessControlName: accountWideName(this, 'images'),
    });
    const editorsPage = new EdgeFunction(this, 'EditorsPage', {
      functionName: accountWideName(this, 'desk'),
      comment: 'The address of the editors’ page loses its slash',
      code: FunctionCode.fromInline(dropSlashOfEditorsPage),
      runtime: FunctionRuntime.JS_2_0,
    });
    const cache = new SiteCache(this, 'Cache', { locale });
    const api = new HttpOrigin(`${this.httpApi.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      readTimeout: Duration.seconds(30),
      // A caller that uses the API's own address can set any header except this one.
      customHeaders: { 'x-origin-key': keys.originKey },
    });
    const common = {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: stack.stackName,
      ...(publicHost &&
        certificateArn && {
          domainNames: [publicHost],
          certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
      httpVersion: HttpVersion.HTTP2_AND_3,
      errorResponses: errorsNotKept,
      defaultBehavior: {
        ...common,
        origin: api,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // Not the viewer's Host, which the API does not know. This policy adds CloudFront-Viewer-Address.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        functionAssociations: [{ function: editorsPage, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: {
        '/images/*': {
          ...common,
          origin: S3BucketOrigin.withOriginAccessControl(images as IBucket, { originAccessControl: accessControl }),
          allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        },
        ...Object.fromEntries(
          cachedPaths.map((path) => [
            path,
            {
              ...common,
              origin: api,
              allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
              cachePolicy: cache.policy,
              functionAssociations: [{ function: cache.fewerVariants, eventType: FunctionEventType.VIEWER_REQUEST }],
            },
          ]),
        ),
      },
    });
    const policy = images instanceof Bucket ? images.policy : this.#letRead(images as IBucket, distribution);
    // The distribution is kept, so everything it refers to must be kept too. Otherwise the stack could not be deleted.
    for (const kept of [distribution, accessControl, editorsPage, cache.policy, cache.fewerVariants, policy])
      kept?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    acknowledge(distribution, certificateArn);
    return distribution;
  }

  /** A bucket of an earlier stack let that stack's distribution read: CDK gives only its own buckets a policy. */
  #letRead(images: IBucket, distribution: Distribution): BucketPolicy {
    const policy = new BucketPolicy(this, 'ImagesPolicy', { bucket: images });
    const cloudFront = new ServicePrincipal('cloudfront.amazonaws.com');
    policy.document.addStatements(
      new PolicyStatement({
        principals: [cloudFront],
        actions: ['s3:GetObject'],
        resources: [images.arnForObjects('*')],
        conditions: { StringEquals: { 'AWS:SourceArn': distribution.distributionArn } },
      }),
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:*'],
        resources: [images.bucketArn, images.arnForObjects('*')],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    return policy;
  }
}

function acknowledge(distribution: Distribution, certificateArn: string | undefined) {
  Validations.of(distribution).acknowledge(
    { id: 'AwsSolutions-CFR1', reason: 'A newsletter is public: readers live in, and travel to, any country.' },
    {
      id: 'AwsSolutions-CFR2',
      reason:
        'WAF would cost more a month than the whole newsletter. The API is throttled, every input passes a schema, readers’ links are signed and editors need a token.',
    },
    {
      id: 'AwsSolutions-CFR3',
      reason:
        'Standard logs always hold network addresses and query strings, and the query string of a link from a mail is a reader’s token. The API’s access log has neither.',
    },
  );
  if (!certificateArn)
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR4',
      reason:
        'Without a host of its own the distribution serves CloudFront’s certificate, whose TLS policy CloudFront alone decides. Synthesis warns; settings.certificateArn ends it.',
    });
}
