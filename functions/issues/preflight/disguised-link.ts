import { domainToUnicode } from 'node:url';
import type { Finding } from '../finding.ts';

const longestWords = 300;

/** What may be around an address in a text. */
const before = /^[\s<(（[{「『【《“"'‘]{1,4}/;
const after = /[\s>)\]}」』】》”"'’.,;:!?。，；：！？]{1,4}$/;

/**
 * Last parts of names that are read as an address also without `https://` or `www.`. Those that files, programs and people are called by
 * as well are not among them: `node.js`, `main.rs`, `readme.md`, `Socket.io`.
 */
const endings = new Set(
  'com net org edu gov info biz eu de fr uk cn tw hk mo sg jp kr us ca au nz ch at nl be es it pl se no dk fi ru in br 中国 中國 公司 网络 香港 台湾 台灣'.split(
    ' ',
  ),
);
/** Second parts under which a country registers names. */
const secondLevels = new Set('com co org net gov gob gouv edu ac ne or go idv mil'.split(' '));

/** A link that says another address than it leads to, or leads to a name that is made to look like another one; undefined when it does neither. */
export function disguisedLink(url: URL, words: string, path: string): Finding | undefined {
  const shown = words.slice(0, longestWords).replace(before, '').replace(after, '');
  if (url.protocol === 'mailto:') return otherMailbox(url, shown, path);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  const said = hostIn(shown);
  if (said !== undefined && siteOf(said) !== siteOf(url.hostname))
    return { code: 'link_elsewhere', values: { words: shown.slice(0, 80), host: shownHost(url.hostname) }, path };
  return isLookAlike(url.hostname) ? { code: 'look_alike_host', values: { host: shownHost(url.hostname) }, path } : undefined;
}

function otherMailbox(url: URL, shown: string, path: string): Finding | undefined {
  if (!/^[^\s@]{1,64}@[^\s@]{3,253}$/.test(shown)) return undefined;
  const [to = ''] = decoded(url.pathname).split(',', 1);
  return to.toLowerCase() === shown.toLowerCase()
    ? undefined
    : { code: 'link_elsewhere', values: { words: shown, host: to.slice(0, 80) }, path };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The host that a text names if it is an address and nothing else. */
function hostIn(text: string): string | undefined {
  if (text === '' || /\s/.test(text)) return undefined;
  const hasScheme = /^https?:\/\//i.test(text);
  const [name = ''] = hasScheme ? [''] : text.split(/[/?#]/, 1);
  const isName = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}.-]{1,250}$/u.test(name) && name.includes('.');
  const isKnown = isName && (endings.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase()) || /^www\./i.test(name));
  if (!hasScheme && !isKnown) return undefined;
  const address = hasScheme ? text : `http://${text}`;
  return URL.canParse(address) ? new URL(address).hostname : undefined;
}

/** What somebody has registered: `example.co.uk` of `news.example.co.uk`. An address of numbers is its own. */
function siteOf(host: string): string {
  const labels = host.replace(/\.$/, '').split('.');
  const [second = '', last = ''] = labels.slice(-2);
  if (/^\d{1,3}$/.test(last) || host.startsWith('[')) return host;
  return labels.slice(last.length === 2 && secondLevels.has(second) ? -3 : -2).join('.');
}

/** With the letters that a browser may show, and as the name is in truth. */
function shownHost(host: string): string {
  const unicode = domainToUnicode(host);
  return unicode === '' || unicode === host ? host : `${unicode} (${host})`;
}

const cyrillicLikeLatin = /^[\d.-]*[аеорсухіјѕһԁӏԛԝ][аеорсухіјѕһԁӏԛԝ\d-]*$/u;

/** A part of the name mixes Latin letters with Cyrillic, Greek, Armenian or Cherokee ones, or has only letters of those that look like Latin ones. */
function isLookAlike(host: string): boolean {
  if (!host.includes('xn--')) return false;
  const labels = domainToUnicode(host).split('.');
  const isForeignEnding = !/^[a-z]+$/.test(labels.at(-1) ?? '');
  return labels.some(
    (label) =>
      (/\p{Script=Latin}/u.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u.test(label)) ||
      (!isForeignEnding && cyrillicLikeLatin.test(label)),
  );
}
