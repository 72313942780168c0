import { innerText, parseXml, xmlElements } from '../../../../functions/issues/formats/xml-elements.ts';
import { type PastPost, UnreadableExport } from './past-post.ts';

/** The posts in an export of WordPress (WXR), each as a feed with one item, which the newsletter reads. */
export function wordPressPosts(text: string): PastPost[] {
  const first = text.indexOf('<item>');
  if (!text.includes('<rss') || first < 0) throw new UnreadableExport('it is no export of WordPress');
  const head = text.slice(0, first);
  return itemsIn(text, first).map((item, n) => pastPost(`${head}${item}</channel></rss>`, n));
}

/** Texts may show the marks of an item: what is in CDATA is passed over. */
function itemsIn(text: string, first: number): string[] {
  const items: string[] = [];
  for (let start = first; start >= 0; ) {
    const end = endOf(text, start);
    if (end < 0) throw new UnreadableExport('its end is missing');
    items.push(text.slice(start, end));
    start = text.indexOf('<item>', end);
  }
  return items;
}

function endOf(text: string, start: number): number {
  const mark = '</item>';
  let from = start;
  for (;;) {
    const end = text.indexOf(mark, from);
    const quoted = text.indexOf('<![CDATA[', from);
    if (end < 0 || quoted < 0 || quoted > end) return end < 0 ? -1 : end + mark.length;
    const after = text.indexOf(']]>', quoted);
    if (after < 0) return -1;
    from = after + ']]>'.length;
  }
}

function pastPost(feed: string, n: number): PastPost {
  const rss = parseXml(feed);
  const channel = rss && xmlElements(rss).find(({ name }) => name === 'channel');
  const item = channel && xmlElements(channel).find(({ name }) => name === 'item');
  const said = (name: string) => (item ? innerText(xmlElements(item).find((each) => each.name === name)).trim() : '');
  const name = `${said('wp:post_name') || `post-${n + 1}`}.xml`;
  const kind = said('wp:post_type');
  if (kind !== '' && kind !== 'post' && kind !== 'newsletter') return { name, leftOut: 'no_post' };
  const status = said('wp:status');
  if (status !== '' && status !== 'publish') return { name, leftOut: 'not_published' };
  if (said('wp:post_password') !== '') return { name, leftOut: 'not_for_everybody' };
  return said('content:encoded') === '' ? { name, leftOut: 'no_text' } : { name, text: feed };
}
