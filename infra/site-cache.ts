import { Duration } from 'aws-cdk-lib';
import {
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Function as EdgeFunction,
  FunctionCode,
  FunctionRuntime,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { ReaderLocale } from '../functions/platform/locale.ts';

/**
 * Browsers name languages in thousands of ways, and each would be a page of its own in the cache. So what they say becomes
 * the one language and the one kind of answer that the function would choose anyway; a test holds the two together.
 */
export const fewerVariants = (otherwise: ReaderLocale) => `function localeOf(tag) {
  var parts = tag.trim().toLowerCase().split('-');
  if (parts[0] === 'en') return 'en';
  if (parts[0] !== 'zh') return '';
  if (parts.indexOf('hans') > 0) return 'zh-CN';
  return parts.some(function (part, n) { return n > 0 && ['hant', 'tw', 'hk', 'mo'].indexOf(part) >= 0; }) ? 'zh-TW' : 'zh-CN';
}
function chosen(header) {
  var best = '';
  var bestWeight = 0;
  header.split(',').forEach(function (entry) {
    var locale = localeOf(entry.split(';')[0]);
    var q = /;\\s*q=([\\d.]+)\\s*(;|$)/.exec(entry);
    var weight = q ? Number(q[1]) : 1;
    if (locale && weight > bestWeight) { best = locale; bestWeight = weight; }
  });
  return best;
}
function handler(event) {
  var request = event.request;
  var headers = request.headers;
  var asked = request.querystring.lang ? chosen(request.querystring.lang.value) : '';
  var spoken = headers['accept-language'] ? chosen(headers['accept-language'].value) : '';
  headers['accept-language'] = { value: asked || spoken || '${otherwise}' };
  var accepted = headers.accept ? headers.accept.value.toLowerCase() : '';
  headers.accept = { value: accepted.indexOf('text/html') >= 0 ? 'text/html' : 'application/json' };
  return request;
}`;

/** What the distribution may keep, and as how many different things: the archive, its feeds, the sitemap. */
export class SiteCache extends Construct {
  readonly policy: CachePolicy;
  readonly fewerVariants: EdgeFunction;

  constructor(scope: Construct, id: string, { locale }: { locale: ReaderLocale }) {
    super(scope, id);
    // What is not named here does not reach the function at all: a draft's preview link brings its token, and is never kept.
    this.policy = new CachePolicy(this, 'Policy', {
      comment: 'As long as the page itself says; asked for again by its ETag',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.hours(1),
      queryStringBehavior: CacheQueryStringBehavior.allowList('q', 'before', 'lang', 'preview'),
      headerBehavior: CacheHeaderBehavior.allowList('Accept', 'Accept-Language'),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
    this.fewerVariants = new EdgeFunction(this, 'FewerVariants', {
      code: FunctionCode.fromInline(fewerVariants(locale)),
      runtime: FunctionRuntime.JS_2_0,
    });
  }
}

/** Behaviours that share the cache. The feeds and the sitemap are the same for everybody, and so is robots.txt. */
export const cachedPaths = ['/archive*', '/feed.xml', '/atom.xml', '/feed.json', '/sitemap.xml', '/robots.txt'];
