import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { type PastPost, UnreadableExport } from './past-post.ts';

/** A row of Substack's `posts.csv`; the text lies beside it, under the id. */
const Row = z.object({
  post_id: z.string().min(1),
  post_date: z.string(),
  is_published: z.string(),
  audience: z.string().default('everyone'),
  title: z.string(),
  subtitle: z.string().default(''),
});

/** The posts of a Substack export. Titles, dates and slugs are in its list, and texts are pages without any of them. */
export function substackPosts(entries: Record<string, Uint8Array>, list: string): PastPost[] {
  const table: unknown = parse(Buffer.from(entries[list] ?? []), { columns: true, bom: true, relax_column_count: true });
  const rows = z.array(Row).safeParse(table);
  if (!rows.success) throw new UnreadableExport('posts.csv has other columns than Substack’s');
  const folder = list.slice(0, list.lastIndexOf('/') + 1);
  return rows.data.map(({ post_id: id, post_date: date, is_published: isPublished, audience, title, subtitle }): PastPost => {
    // `146.week-48`: a number, and the slug.
    const slug = id.replace(/^\d+\./, '');
    const name = `${slug}.json`;
    if (isPublished.toLowerCase() !== 'true') return { name, leftOut: 'not_published' };
    if (audience !== 'everyone' && audience !== 'only_free') return { name, leftOut: 'not_for_everybody' };
    const page = entries[`${folder}posts/${id}.html`];
    if (!page || page.length === 0) return { name, leftOut: 'no_text' };
    const post = { title: title || slug, subtitle, slug, post_date: date, body_html: Buffer.from(page).toString('utf8') };
    return { name, text: JSON.stringify(post) };
  });
}
