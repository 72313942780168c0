import type { Block, IssueContent } from '../../functions/issues/issue.ts';
import { escapeHtml } from '../../functions/platform/html.ts';

/** Pixels. What is narrower is an icon or a portrait, and no picture to begin a magazine with. */
const narrowest = 400;

/**
 * The picture that a mail of several issues begins with: the one that its first issue opens with, or that issue's cover. `html` leads to
 * where the issue begins; `rest` is the issue without it at its head.
 */
export function leadPicture(issue: IssueContent): { html: string; rest: IssueContent } | undefined {
  const opening = issue.intro.slice(0, 2).find(hasPicture);
  const tag = opening ? pictureAlone(opening) : coverTag(issue);
  if (tag === undefined || Number(/\swidth="(\d+)"/.exec(tag)?.[1] ?? narrowest) < narrowest) return undefined;
  return {
    html: `<p><a href="#i1">${tag}</a></p>`,
    rest: { ...issue, cover: null, intro: issue.intro.filter((block) => block !== opening) },
  };
}

/** The header picture of an issue: its cover, unless its text shows that in a place of its own, or opens with another. */
export const headerPicture = (issue: IssueContent): string | undefined => {
  const isShown = issue.cover !== null && blocksOf(issue).some(({ html }) => html.includes(`src="${escapeHtml(issue.cover ?? '')}"`));
  return isShown || issue.intro.slice(0, 2).some(hasPicture) ? undefined : coverTag(issue);
};

const hasPicture = ({ html }: Block) => /<img\b/i.test(html);
/** A caption, or a link elsewhere, belongs to a picture where it is. */
const pictureAlone = ({ html }: Block) => /^<(p|figure|div)(?:\s[^<>]*)?>\s*(<img\b[^<>]*>)\s*<\/\1>$/.exec(html.trim())?.[2];

function coverTag({ cover, images }: IssueContent): string | undefined {
  if (!cover) return undefined;
  const { alt = '', width, height } = images.find(({ url }) => url === cover) ?? {};
  const size = width && height ? ` width="${width}" height="${height}"` : '';
  return `<img src="${escapeHtml(cover)}" alt="${escapeHtml(alt)}"${size}>`;
}

const blocksOf = ({ intro, sections, closing }: IssueContent): Block[] => [
  ...intro,
  ...sections.flatMap(({ blocks, items }) => [...blocks, ...items.flatMap((item) => item.blocks)]),
  ...closing,
];
