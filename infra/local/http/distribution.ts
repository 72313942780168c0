import { isIP } from 'node:net';
import { createContext, Script } from 'node:vm';
import type { LocalStack } from '../local-stack.ts';
import type { Properties, Resource } from '../template.ts';
import { read } from '../template.ts';
import { fitsWildcards } from '../wildcards.ts';
import type { HttpApi } from './http-api.ts';
import type { LocalRequest, LocalResponse } from './http-message.ts';

type Origin = (request: LocalRequest) => Promise<LocalResponse>;
type EdgeFunction = (request: LocalRequest) => LocalRequest | LocalResponse;

type Behaviour = {
  pattern: string;
  methods: Set<string>;
  origin: Origin;
  edge: EdgeFunction | undefined;
  tellsViewer: boolean;
  responseHeaders: ResponseHeader[];
};

type ResponseHeader = { name: string; value: string; override: boolean };

export type DistributionParts = {
  stack: LocalStack;
  apis: Map<string, HttpApi>;
  bucketOrigin: (bucket: string) => Origin;
  /** Puts the text of a secret where the template only refers to it. */
  reveal: (text: string) => string;
};

/** Managed policies the template may name by their id ("Use managed response headers policies", "… origin request policies"). */
const securityHeadersPolicy = '67f7725c-6f97-4210-82d7-5512b31e9d03';
/** AllViewerExceptHostHeader and AllViewerAndCloudFrontHeaders-2022-06: both add the viewer location headers. */
const policiesTellingViewer = ['b689b0a8-53d0-40ab-baf2-68738e2966ac', '33f36d7e-f396-46d9-90e0-52428a34d9dc'];

const securityHeaders: ResponseHeader[] = [
  { name: 'x-xss-protection', value: '1; mode=block', override: false },
  { name: 'x-frame-options', value: 'SAMEORIGIN', override: false },
  { name: 'referrer-policy', value: 'strict-origin-when-cross-origin', override: false },
  { name: 'x-content-type-options', value: 'nosniff', override: true },
  { name: 'strict-transport-security', value: 'max-age=31536000', override: false },
];

/** A CloudFront distribution: which origin a path leads to, and what is done to requests and answers on the way. */
export class Distribution {
  readonly #behaviours: Behaviour[];

  constructor({ properties }: Resource, parts: DistributionParts) {
    const configuration = read.object(properties, 'DistributionConfig');
    const origins = new Map(read.list(configuration, 'Origins').map((origin) => [read.text(origin, 'Id') ?? '', originOf(origin, parts)]));
    const rest = { ...read.object(configuration, 'DefaultCacheBehavior'), PathPattern: '*' };
    this.#behaviours = [...read.list(configuration, 'CacheBehaviors'), rest].map((behaviour) =>
      behaviourOf(behaviour as Properties, origins, parts.stack),
    );
  }

  async answer(request: LocalRequest): Promise<LocalResponse> {
    const behaviour = this.#behaviours.find(({ pattern }) => fitsWildcards(pattern, withoutSlash(request.path)));
    if (!behaviour) throw new Error(`No behaviour of the distribution takes ${request.path}.`);
    if (!behaviour.methods.has(request.method)) return withHeaders(forbidden, behaviour.responseHeaders);
    const passed = behaviour.edge ? behaviour.edge(request) : request;
    if ('status' in passed) return withHeaders(passed, behaviour.responseHeaders);
    const headers: Record<string, string> = {
      ...passed.headers,
      'x-forwarded-for': passed.headers['x-forwarded-for'] ?? request.viewer,
      'x-forwarded-proto': 'https',
    };
    // Only CloudFront may say who the viewer is, and only a policy that asks for it makes it say so.
    delete headers['cloudfront-viewer-address'];
    if (behaviour.tellsViewer) headers['cloudfront-viewer-address'] = `${request.viewer}:443`;
    return withHeaders(await behaviour.origin({ ...passed, headers }), behaviour.responseHeaders);
  }
}

/** One of the addresses CloudFront calls origins from. */
const edgeAddress = '130.176.0.1';

const forbidden: LocalResponse = {
  status: 403,
  headers: { 'content-type': 'text/html' },
  body: '<h1>403</h1>This distribution is not configured to allow this HTTP request method.',
};

/** An origin is told apart by the domain the template gives it: a bucket's, or an API's. */
function originOf(origin: unknown, { stack, apis, bucketOrigin, reveal }: DistributionParts): Origin {
  const domain = read.text(origin, 'DomainName') ?? '';
  const bucket = stack
    .ofType('AWS::S3::Bucket')
    .map(({ logicalId }) => stack.identity(logicalId))
    .find(({ attributes }) => attributes.RegionalDomainName === domain || attributes.DomainName === domain);
  if (bucket) return bucketOrigin(bucket.ref);
  const api = apis.get(domain.split('.')[0] ?? '');
  if (!api) throw new Error(`The distribution leads to ${domain}, which is neither a bucket nor an API of the template.`);
  const own = read
    .list(origin, 'OriginCustomHeaders')
    .map((header) => [read.text(header, 'HeaderName')?.toLowerCase() ?? '', reveal(read.text(header, 'HeaderValue') ?? '')]);
  // The API is called by its own name, and by CloudFront: the viewer's `Host` and connection stop at the distribution.
  return (request) =>
    api.answer({ ...request, viewer: edgeAddress, headers: { ...request.headers, ...Object.fromEntries(own), host: domain } });
}

/** A path pattern may begin with a slash or not. */
const withoutSlash = (path: string) => path.replace(/^\//, '');

function behaviourOf(behaviour: Properties, origins: Map<string, Origin>, stack: LocalStack): Behaviour {
  const origin = origins.get(read.text(behaviour, 'TargetOriginId') ?? '');
  if (!origin) throw new Error('A behaviour of the distribution names an origin it does not have.');
  const methods = read.texts(behaviour, 'AllowedMethods');
  const requestPolicy = read.text(behaviour, 'OriginRequestPolicyId');
  return {
    pattern: withoutSlash(read.text(behaviour, 'PathPattern') ?? '*'),
    methods: new Set(methods.length > 0 ? methods : ['GET', 'HEAD']),
    origin,
    edge: edgeFunctionOf(behaviour, stack),
    tellsViewer: policiesTellingViewer.includes(requestPolicy ?? '') || whitelists(requestPolicy, stack, 'CloudFront-Viewer-Address'),
    responseHeaders: responseHeadersOf(read.text(behaviour, 'ResponseHeadersPolicyId'), stack),
  };
}

function whitelists(policyId: string | undefined, stack: LocalStack, header: string): boolean {
  const policy = stack.ofType('AWS::CloudFront::OriginRequestPolicy').find(({ logicalId }) => stack.identity(logicalId).ref === policyId);
  const headers = read.object(read.object(policy?.properties, 'OriginRequestPolicyConfig'), 'HeadersConfig');
  return read.texts(headers, 'Headers').some((name) => name.toLowerCase() === header.toLowerCase());
}

function responseHeadersOf(policyId: string | undefined, stack: LocalStack): ResponseHeader[] {
  if (policyId === undefined) return [];
  if (policyId === securityHeadersPolicy) return securityHeaders;
  const policy = stack.ofType('AWS::CloudFront::ResponseHeadersPolicy').find(({ logicalId }) => stack.identity(logicalId).ref === policyId);
  if (!policy) throw new Error(`The local run does not know the response headers policy ${policyId}.`);
  const custom = read.object(read.object(policy.properties, 'ResponseHeadersPolicyConfig'), 'CustomHeadersConfig');
  return read.list(custom, 'Items').map((item) => ({
    name: (read.text(item, 'Header') ?? '').toLowerCase(),
    value: read.text(item, 'Value') ?? '',
    override: read.text(item, 'Override') === 'true',
  }));
}

function withHeaders(response: LocalResponse, added: ResponseHeader[]): LocalResponse {
  const headers = { ...response.headers };
  for (const { name, value, override } of added) if (override || !(name in headers)) headers[name] = value;
  return { ...response, headers };
}

/** Runs a CloudFront Function on the viewer's request, on a copy of its address, method and headers. */
function edgeFunctionOf(behaviour: Properties, stack: LocalStack): EdgeFunction | undefined {
  const association = read.list(behaviour, 'FunctionAssociations').find((entry) => read.text(entry, 'EventType') === 'viewer-request');
  const arn = read.text(association, 'FunctionARN');
  if (!arn) return undefined;
  const edge = stack.ofType('AWS::CloudFront::Function').find(({ logicalId }) => stack.identity(logicalId).attributes.FunctionARN === arn);
  const script = new Script(`${read.text(edge?.properties, 'FunctionCode') ?? ''}\nhandler(event)`);
  return (request) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, { value }]));
    const event = {
      version: '1.0',
      context: { eventType: 'viewer-request' },
      viewer: { ip: isIP(request.viewer) ? request.viewer : '127.0.0.1' },
      request: { method: request.method, uri: request.path, querystring: {}, headers, cookies: {} },
    };
    const result = script.runInContext(createContext({ event })) as typeof event.request & {
      statusCode?: number;
      headers?: typeof headers;
      body?: string;
    };
    const changed = Object.fromEntries(Object.entries(result.headers ?? {}).map(([name, { value }]) => [name, value]));
    if (result.statusCode !== undefined) return { status: result.statusCode, headers: changed, body: result.body ?? '' };
    return { ...request, path: result.uri, headers: changed };
  };
}
