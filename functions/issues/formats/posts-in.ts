/** A post of a newsletter's program, by what its API or export calls things. */
export type JsonPost = { html?: string; markdown?: string; metadata: Map<string, unknown> };

type Json = Readonly<Record<string, unknown>>;

const htmlKeys = ['content_html', 'body_html', 'html', 'contentHtml', 'html_content', 'content', 'body', 'text'];
const markdownKeys = ['body_markdown', 'markdown', 'content_markdown', 'md', 'content_text', 'plaintext'];
const titleKeys = ['title', 'subject', 'headline', 'name'];
/** What posts have under other names than front matter has. */
const renamed: Readonly<Record<string, readonly string[]>> = {
  date: [
    'published_at',
    'post_date',
    'publish_date',
    'date_published',
    'date_gmt',
    'publishedAt',
    'published',
    'date',
    'sent_at',
    'created_at',
  ],
  description: ['custom_excerpt', 'subtitle', 'description', 'excerpt', 'summary', 'dek'],
  image: ['feature_image', 'cover_image', 'social_image', 'jetpack_featured_media_url', 'image', 'thumbnail_url'],
  slug: ['slug'],
  canonical: ['canonical_url', 'canonicalUrl'],
  language: ['locale', 'language', 'lang'],
  number: ['number', 'issue', 'issue_number'],
};
/** Where programs keep their posts. */
const wrappers = [
  'posts',
  'data',
  'db',
  'items',
  'entries',
  'results',
  'emails',
  'newsletters',
  'issues',
  'articles',
  'campaigns',
  'post',
  'article',
];
const deepest = 5;

/** The posts that a JSON text holds, in its own order; none when it is something else. */
export function postsIn(json: unknown, depth = 0): JsonPost[] {
  if (Array.isArray(json)) return json.slice(0, 100_000).flatMap((each) => postsIn(each, depth + 1));
  if (typeof json !== 'object' || json === null || depth > deepest) return [];
  const post = postOf(json as Json);
  if (post) return [post];
  for (const key of wrappers) {
    const posts = postsIn((json as Json)[key], depth + 1);
    if (posts.length > 0) return posts;
  }
  return [];
}

function postOf(json: Json): JsonPost | undefined {
  const title = textAt(json, titleKeys);
  const markdown = textAt(json, markdownKeys.slice(0, -2));
  const html = markdown === undefined ? textAt(json, htmlKeys) : undefined;
  const plain = textAt(json, markdownKeys);
  if (title === undefined || (html ?? plain) === undefined) return undefined;
  const metadata = new Map<string, unknown>([['title', withoutTags(title)]]);
  for (const [key, names] of Object.entries(renamed)) {
    const value = key === 'number' ? names.map((name) => json[name]).find((each) => typeof each === 'number') : textAt(json, names);
    if (value !== undefined) metadata.set(key, typeof value === 'string' ? withoutTags(value) : value);
  }
  const authors = ['authors', 'publishedBylines', 'primary_author', 'author'].map((name) => json[name]).find(isNamed);
  if (authors !== undefined) metadata.set('authors', authors);
  if (typeof json.date_gmt === 'string' && metadata.get('date') === json.date_gmt) metadata.set('date', `${json.date_gmt}Z`);
  return { metadata, ...(html !== undefined ? { html } : { markdown: plain ?? '' }) };
}

/** WordPress has authors by their number. */
const isNamed = (value: unknown) => (typeof value === 'string' ? value.trim() !== '' : typeof value === 'object' && value !== null);

/** WordPress has its texts one level deeper. */
function textAt(json: Json, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = json[name];
    const text = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json).rendered : value;
    if (typeof text === 'string' && text.trim() !== '') return text;
  }
  return undefined;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#039': "'",
  '#8217': '’',
  '#8216': '‘',
  '#8220': '“',
  '#8221': '”',
  '#8211': '–',
  nbsp: ' ',
};

const withoutTags = (text: string) =>
  text
    .slice(0, 20_000)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#039|#8217|#8216|#8220|#8221|#8211|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
