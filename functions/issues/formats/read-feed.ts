import { Refusal } from '../../platform/refusal.ts';
import { textContent } from '../source/html-tree.ts';
import { type Beside, fragmentContent, type ReadSource, readContent } from '../source/read-source.ts';
import { innerMarkup, innerText, parseXml, type XmlElement, xmlElements } from './xml-elements.ts';

const dates = ['pubDate', 'published', 'dc:date', 'issued', 'updated', 'wp:post_date_gmt', 'wp:post_date'];
const texts = ['content:encoded', 'content', 'xhtml:body', 'description', 'summary', 'itunes:summary'];

/**
 * The one item of a feed in RSS, RDF or Atom, or of an export of WordPress, which has the form of one. Undefined for what is no XML,
 * or a page written as XML. The parser knows no entities but those of XML itself.
 */
export function readFeed(text: string, beside: Beside = {}): ReadSource | undefined {
  const root = rootName(text);
  if (root === undefined || root === 'html') return undefined;
  if (!/^(?:rss|feed|rdf:rdf)$/i.test(root)) throw new Refusal('format_not_read', { format: 'XML' });
  const feed = parseXml(text);
  if (!feed) throw new Refusal('no_text');
  const channel = feed.name.toLowerCase() === 'rss' ? (xmlElements(feed).find(({ name }) => name === 'channel') ?? feed) : feed;
  const items = [...new Set([feed, channel].flatMap(xmlElements))].filter(isPost);
  const [item, second] = items;
  if (second) throw new Refusal('several_posts', { posts: items.length });
  if (!item) throw new Refusal('no_text');
  return readItem(item, channel, beside);
}

/** What an XML text is, by its first element; undefined for a text that does not begin as XML. */
function rootName(text: string): string | undefined {
  const beginning = text.slice(0, 4_000);
  if (!/^\s*<(?:\?xml[\s?]|rss[\s>]|feed[\s>]|rdf:RDF[\s>]|!--)/i.test(beginning)) return undefined;
  const root = /<([A-Za-z][\w:.-]*)/.exec(withoutComments(beginning))?.[1];
  const isXml = /^\s*<\?xml/i.test(beginning) || /^(?:rss|feed|rdf:rdf)$/i.test(root ?? '');
  return isXml ? root?.toLowerCase() : undefined;
}

const withoutComments = (text: string) =>
  text
    .split('<!--')
    .map((piece, n) => (n > 0 && piece.includes('-->') ? piece.slice(piece.indexOf('-->') + 3) : piece))
    .join('');

/** An export of WordPress has pages, menus and pictures among its items. */
function isPost(element: XmlElement): boolean {
  if (element.name !== 'item' && element.name !== 'entry') return false;
  const type = said(element, ['wp:post_type']);
  return type === '' || type === 'post' || type === 'newsletter' || type === 'newspack_nl_cpt';
}

const said = (element: XmlElement, names: readonly string[]): string => {
  const children = xmlElements(element);
  for (const name of names) {
    const text = innerText(children.find((child) => child.name === name)).trim();
    if (text) return text;
  }
  return '';
};

function readItem(item: XmlElement, channel: XmlElement, beside: Beside): ReadSource {
  const children = xmlElements(item);
  const found = texts
    .map((name) => children.find((child) => child.name === name))
    .find((child) => child && innerMarkup(child).trim() !== '');
  if (!found) throw new Refusal('no_text');
  const summary = said(item, ['description', 'summary', 'excerpt:encoded', 'itunes:subtitle']);
  const language = said(item, ['dc:language']) || said(channel, ['language']) || (channel.attribs['xml:lang'] ?? '');
  const metadata = new Map<string, unknown>();
  const add = (key: string, value: string) => value !== '' && metadata.set(key, value);
  add('title', plain(said(item, ['title'])));
  add('date', said(item, dates));
  if (found.name !== 'description' && found.name !== 'summary') add('description', plain(summary).slice(0, 1_000));
  add('language', language);
  add('page author', said(item, ['dc:creator', 'itunes:author']) || atomAuthor(item));
  add('slug', said(item, ['wp:post_name']));
  const source = readContent(fragmentContent(withoutShortcodes(innerMarkup(found))), metadata, beside);
  // Lines are those of a piece of the file.
  return { ...source, warnings: source.warnings.map(({ line: _line, ...finding }) => finding) };
}

/** A person in Atom has a name and, perhaps, an address; in RSS the element is `ann@example.org (Ann)`. */
function atomAuthor(item: XmlElement): string {
  const person = xmlElements(item).find(({ name }) => name === 'author');
  return (person && said(person, ['name'])) || innerText(person).trim();
}

/** Titles and summaries are often HTML, written as text. */
const plain = (text: string) => (/[<&]/.test(text) ? fragmentText(text) : text).replace(/\s+/g, ' ').trim();

const fragmentText = (text: string) =>
  fragmentContent(`<div>${text.slice(0, 20_000)}</div>`)
    .nodes.map(textContent)
    .join('');

/** WordPress’s own wrappers around pictures and embeds. */
const withoutShortcodes = (text: string) =>
  text.replace(/\[\/?(?:caption|wp_caption|embed|gallery|audio|video|playlist|vc_\w{1,30}|et_pb_\w{1,30})(?:\s[^[\]]{0,500})?\]/g, '');
