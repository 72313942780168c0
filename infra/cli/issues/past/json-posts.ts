import { type PastPost, UnreadableExport } from './past-post.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What programs call a post that readers have got or could read. Buttondown's `imported` came from elsewhere. */
const published = ['published', 'sent', 'imported'];
const forEverybody = ['public', 'everyone', 'only_free', 'members', 'free'];

/** The posts in a JSON export of Ghost or Buttondown, each as JSON of its own, which the newsletter reads. */
export function jsonPosts(text: string, site?: string): PastPost[] {
  const posts = listIn(JSON.parse(text));
  if (!posts) throw new UnreadableExport('it has no list of posts');
  return posts.filter(isObject).map((post, n) => pastPost(post, n, site));
}

/** Ghost has `db[0].data.posts`, Buttondown `results`; others a list alone. */
function listIn(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json;
  if (!isObject(json)) return undefined;
  const db = Array.isArray(json.db) ? json.db[0] : undefined;
  const inner = [isObject(db) ? db.data : undefined, json.data].find(isObject) ?? json;
  return [inner.posts, inner.results, inner.emails].find(Array.isArray);
}

function pastPost(post: Json, n: number, site: string | undefined): PastPost {
  const name = `${nameIn(post) || `post-${n + 1}`}.json`;
  if (typeof post.type === 'string' && post.type === 'page') return { name, leftOut: 'no_post' };
  const status = post.status ?? post.email_status;
  if (typeof status === 'string' && !published.includes(status)) return { name, leftOut: 'not_published' };
  const audience = post.visibility ?? post.audience;
  if (typeof audience === 'string' && !forEverybody.includes(audience)) return { name, leftOut: 'not_for_everybody' };
  const { status: _status, ...said } = post;
  const text = JSON.stringify(said);
  // Ghost leaves its own address out of links and pictures.
  return { name, text: site === undefined ? text : text.replaceAll('__GHOST_URL__', site.replace(/\/$/, '')) };
}

const nameIn = ({ slug, title, subject }: Json) =>
  [slug, title, subject]
    .find((each) => typeof each === 'string' && each !== '')
    ?.toString()
    .slice(0, 100)
    .replace(/[^\p{L}\p{N}]+/gu, '-');
