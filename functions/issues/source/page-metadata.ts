import { type ElementNode, elementsIn, type HtmlNode, isElement, textContent } from './html-tree.ts';
import { linkedAuthors } from './page/linked-authors.ts';

/** By what `<meta>` calls it: what it is called here. */
const metaNames: Readonly<Record<string, string>> = {
  description: 'description',
  'og:description': 'description',
  'og:image': 'page image',
  author: 'page author',
  'dc.creator': 'page author',
  'dcterms.creator': 'page author',
  'parsely-author': 'page author',
  'og:title': 'page title',
  'twitter:title': 'page title',
  'og:site_name': 'page site',
  'og:url': 'page address',
  'article:published_time': 'page date',
  'og:article:published_time': 'page date',
  'article:published': 'page date',
  date: 'page date',
  pubdate: 'page date',
  publishdate: 'page date',
  'publish-date': 'page date',
  'dc.date': 'page date',
  'dc.date.issued': 'page date',
  'dcterms.date': 'page date',
  'dcterms.created': 'page date',
  'parsely-pub-date': 'page date',
  'sailthru.date': 'page date',
  'apub:time': 'page date',
  datepublished: 'page date',
  'content-language': 'page language',
};

const longestScript = 64 * 1024;

/**
 * What an HTML page says about itself beside its text: `description` as front matter has it, and under names of two words
 * what is weaker than front matter: `page title`, `page image`, `page site`, `page date`, `page time`, `page address`, `page language`,
 * `page author`, and in its place `document author` where a word processor filled it in.
 */
export function pageMetadata(root: ElementNode): Map<string, unknown> {
  const metadata = new Map<string, unknown>();
  const say = (key: string | undefined, value: string | undefined) => {
    const text = value?.replace(/\s+/g, ' ').trim();
    // What a program was to fill in says nothing.
    if (key && text && !metadata.has(key) && !/^(?:\*\|.*\|\*|\{\{.*\}\}|\{%.*%\}|<%.*%>|%%.*%%)$/.test(text))
      metadata.set(key, text.slice(0, 2_000));
  };
  const times: ElementNode[] = [];
  const people: string[] = [];
  let isOfOffice = false;
  for (const element of elementsIn(root.children, isTelling)) {
    const { name, attributes } = element;
    if (name === 'html') say('page language', attributes.lang);
    else if (name === 'meta') {
      say(metaNames[nameOf(attributes)], attributes.content);
      if (/^(?:progid|originator)$/i.test(attributes.name ?? '')) isOfOffice = true;
    } else if (name === 'link') say('page address', attributes.href);
    else if (name === 'title') say('document title', textContent(element));
    else if (name === 'script') readScript(element, say, people);
    else times.push(element);
  }
  if (people.length > 0) metadata.set('page author', people);
  if (isOfOffice) {
    metadata.set('document author', metadata.get('page author'));
    metadata.delete('page author');
  }
  const [time] = times.map((element) => ({ element, rank: rankOf(element) })).sort((one, other) => one.rank - other.rank);
  if (time) say('page time', time.element.attributes.datetime ?? time.element.attributes.content ?? textContent(time.element));
  say('page title', withoutSite(String(metadata.get('document title') ?? ''), String(metadata.get('page site') ?? '')));
  return metadata;
}

/** What sites put behind the titles of what they publish. */
const sites =
  'Google Docs,Google Drive,Notion,Medium,Substack,知乎,知乎专栏,掘金,简书,语雀,CSDN博客,博客园,飞书云文档,飞书,腾讯云开发者社区,SegmentFault,微信公众号,WordPress';

function withoutSite(title: string, site: string): string {
  for (const name of [site, ...sites.split(',')]) {
    if (name === '' || !title.toLowerCase().endsWith(name.toLowerCase())) continue;
    const rest = title.slice(0, -name.length).trimEnd();
    const own = rest.replace(/[|｜_\-–—·•:：]$/, '').trim();
    if (own !== '' && own !== rest) return own;
  }
  return title;
}

const nameOf = ({ name, property, itemprop, 'http-equiv': header }: ElementNode['attributes']) =>
  (property ?? name ?? itemprop ?? header ?? '').toLowerCase();

function isTelling(element: ElementNode): boolean {
  const { name, attributes } = element;
  if (name === 'html' || name === 'meta' || name === 'title' || name === 'time') return true;
  if (name === 'link') return attributes.rel?.toLowerCase() === 'canonical';
  if (name === 'script') return /ld\+json/i.test(attributes.type ?? '') || !attributes.src;
  return rankOf(element) < 2 && hasDigits(element);
}

const longestDate = 80;

/** Looked at no further than a date is long: a page may be nothing but such elements inside one another. */
const hasDigits = (element: ElementNode) => {
  const text = beginningOf(element, longestDate);
  return text.length < longestDate && /\d/.test(text);
};

function beginningOf(node: HtmlNode, most: number): string {
  if (!isElement(node)) return node.text.slice(0, most);
  let text = '';
  for (const child of node.children) {
    if (text.length >= most) break;
    text += beginningOf(child, most - text.length);
  }
  return text;
}

/** How sure it is that an element says when the page was published; 2 is any other `<time>`, 9 nothing of the kind. */
function rankOf({ name, attributes: { class: names = '', id = '', itemprop = '', pubdate } }: ElementNode): number {
  if (pubdate !== undefined || /datePublished/i.test(itemprop)) return 0;
  const called = `${names} ${id}`;
  if (
    /(?:^|[\s_-])(?:dt-published|published|publish[_-]?(?:time|date|at)|pub[_-]?date|(?:entry|post|article|issue)[_-](?:date|time|published))(?:$|[\s_-])/i.test(
      called,
    )
  )
    return 0;
  if (name !== 'time') return /(?:^|\s)(?:date|time|ContentItem-time)(?:$|\s)/i.test(called) ? 1 : 9;
  return /updated|modified/i.test(called) ? 8 : 2;
}

type Say = (key: string, value: string | undefined) => void;

/** What is in scripts for machines: JSON-LD, and the moment in pages saved from 公众号. */
function readScript(element: ElementNode, say: Say, people: string[]) {
  const script = textContent(element);
  if (script.length > longestScript) return;
  if (/ld\+json/i.test(element.attributes.type ?? '')) {
    say('page date', /"datePublished"\s*:\s*"([^"\\]{4,60})"/.exec(script)?.[1]);
    if (people.length === 0 && script.includes('"author"')) people.push(...linkedAuthors(script));
    return;
  }
  say('page date', /\b(?:createTime|publish_time)\s*=\s*['"]([\d: -]+)['"]/.exec(script)?.[1]);
  say('page date', /\bvar\s+ct\s*=\s*['"](\d{10})['"]/.exec(script)?.[1]);
}
