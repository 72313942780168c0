import type { Feed } from './feed.ts';

/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
export const jsonFeed = ({ site: { origin, settings }, entries }: Feed): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: settings.newsletterName,
    home_page_url: `${origin}/`,
    feed_url: `${origin}/feed.json`,
    ...(settings.description && { description: settings.description }),
    language: settings.locale,
    authors: [{ name: settings.legalName }],
    items: entries.map(({ url, title, authors, summary, language, publishedAt, updatedAt, picture, text }) => ({
      id: url,
      url,
      title,
      ...(authors.length > 0 && { authors: authors.map((name) => ({ name })) }),
      ...(summary && { summary }),
      content_html: text.markup,
      date_published: publishedAt,
      date_modified: updatedAt,
      language,
      ...(picture && { image: picture }),
    })),
  });
