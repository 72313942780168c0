import { Duration } from 'aws-cdk-lib';
import {
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Function as EdgeFunction,
  type ErrorResponse,
  FunctionCode,
  FunctionRuntime,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { languages } from '../../functions/words/languages.ts';
import { type ReaderLocale, readerLocales } from '../../functions/words/locale.ts';
import { accountWideName } from '../constructs/account-wide-name.ts';

/** What `readerLocaleOf` knows of the registered languages. */
const spoken = readerLocales.map((locale) => ({ locale, first: locale.split('-')[0], subtags: languages[locale].subtags }));

/**
 * Browsers name languages in thousands of ways, and each would be a page of its own in the cache. So what they say becomes
 * the one language and the one kind of answer that the function would choose anyway; a test holds the two together.
 */
export const fewerVariants = (otherwise: ReaderLocale) => `var languages = ${JSON.stringify(spoken)};
function localeOf(tag) {
  var parts = tag.trim().toLowerCase().split('-');
  var alike = languages.filter(function (language) { return language.first === parts[0]; });
  var claimed = '';
  parts.slice(1).forEach(function (part) {
    alike.forEach(function (language) {
      if (!claimed && language.subtags.indexOf(part) >= 0) claimed = language.locale;
    });
  });
  return claimed || (alike.length > 0 ? alike[0].locale : '');
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

/** What the distribution may keep, and as how many different things: the archive, its feeds, the sitemap, what pages load. */
export class SiteCache extends Construct {
  readonly policy: CachePolicy;
  readonly fewerVariants: EdgeFunction;

  constructor(scope: Construct, id: string, { locale }: { locale: ReaderLocale }) {
    super(scope, id);
    // What is not named here does not reach the function at all: a draft's preview link brings its token, and is never kept.
    this.policy = new CachePolicy(this, 'Policy', {
      cachePolicyName: accountWideName(this, 'archive'),
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
      functionName: accountWideName(this, 'archive'),
      comment: 'One language and one kind of answer',
      code: FunctionCode.fromInline(fewerVariants(locale)),
      runtime: FunctionRuntime.JS_2_0,
    });
  }
}

/**
 * Behaviours that share the cache. The feeds and the sitemap are the same for everybody, and so are robots.txt and what pages
 * load. CloudFront compresses only what it may keep.
 */
export const cachedPaths = [
  '/archive*',
  '/feed.xml',
  '/atom.xml',
  '/feed.json',
  '/sitemap.xml',
  '/robots.txt',
  '/editors/assets/*',
  '/proof.js',
];

/**
 * CloudFront keeps an error for ten seconds whatever its answer says, so that a page that is published, or a function that works
 * again, would still be missing. These are the errors that it keeps.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
export const errorsNotKept: ErrorResponse[] = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));
