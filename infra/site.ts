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
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Settings } from '../functions/platform/settings.ts';
import type { Alarms } from './alarms.ts';
import type { NewsletterFunction } from './constructs/newsletter-function.ts';
import type { Keys } from './keys.ts';
import { cachedPaths, SiteCache } from './site-cache.ts';

/** An HTTP API takes no route that ends in a slash, and `/editors/` would fall to `/editors/{proxy+}`, which asks for a token. */
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

type SiteProps = { settings: Settings; images: Bucket; keys: Keys; alarms: Alarms };

type Routes = { worker: NewsletterFunction; keys: string[]; authorizerId?: string; openBecause?: string };

/**
 * CloudFront in front of everything: images from the bucket, all else from the HTTP API. The API knows nothing of the
 * functions (routes do), so a function may know the distribution's domain without a cycle.
 */
export class Site extends Construct {
  readonly api: HttpApi;
  readonly distribution: Distribution;
  /** `https://…` without a slash at its end: where every link begins. */
  readonly origin: string;
  readonly #integrations = new Map<NewsletterFunction, CfnIntegration>();

  constructor(scope: Construct, id: string, { settings, images, keys, alarms }: SiteProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { createDefaultStage: false });
    this.#stage();
    alarms.whenAnsweringErrors(this.api, 'readers cannot sign up, confirm or leave, or editors cannot upload, queue or stop an issue');
    this.distribution = this.#distributionOf(settings, images, keys);
    this.origin = `https://${settings.publicHost ?? this.distribution.distributionDomainName}`;
  }

  tellOrigin(worker: NewsletterFunction) {
    worker.tell('PUBLIC_ORIGIN', this.origin);
  }

  /** Sends requests to a function. Whatever is open to everybody says why. */
  route({ worker, keys, authorizerId, openBecause }: Routes) {
    const integration = this.#integrationOf(worker);
    for (const key of keys) {
      const route = new CfnRoute(this, `Route ${key.replaceAll('/', '|')}`, {
        apiId: this.api.apiId,
        routeKey: key,
        target: `integrations/${integration.ref}`,
        ...(authorizerId ? { authorizationType: 'JWT', authorizerId } : { authorizationType: 'NONE' }),
      });
      if (openBecause) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: openBecause });
    }
  }

  #integrationOf(worker: NewsletterFunction) {
    const known = this.#integrations.get(worker);
    if (known) return known;
    const integration = new CfnIntegration(this, `Integration ${worker.name}`, {
      apiId: this.api.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: worker.lambda.functionArn,
      payloadFormatVersion: '2.0',
    });
    worker.lambda.addPermission('HttpApi', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      // Two parts, not three: requests that fall to `$default` come as `…/$default/$default`.
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: this.api.apiId, resourceName: '*/*' }),
    });
    this.#integrations.set(worker, integration);
    return integration;
  }

  #stage() {
    const accessLog = new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: accessLogFormat },
    });
  }

  #distributionOf({ publicHost, certificateArn, locale }: Settings, images: Bucket, keys: Keys) {
    const stack = Stack.of(this);
    const accessControl = new S3OriginAccessControl(this, 'AccessControl');
    const editorsPage = new EdgeFunction(this, 'EditorsPage', {
      code: FunctionCode.fromInline(dropSlashOfEditorsPage),
      runtime: FunctionRuntime.JS_2_0,
    });
    const cache = new SiteCache(this, 'Cache', { locale });
    const api = new HttpOrigin(`${this.api.apiId}.execute-api.${stack.region}.${stack.urlSuffix}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      readTimeout: Duration.seconds(30),
      // Whoever calls the API by its own address can write any header but this one.
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
    // What a kept distribution leans on must be kept with it, or the stack could not be deleted at all.
    for (const kept of [distribution, accessControl, editorsPage, cache.policy, cache.fewerVariants, images.policy])
      kept?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledge(distribution, certificateArn);
    return distribution;
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
