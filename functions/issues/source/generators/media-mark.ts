import { escapeHtml } from '../../../platform/html.ts';
import { namedWord } from './box-marks.ts';
import type { Resolved } from './resolved.ts';

/** By the name of a shortcode: the frame its player would be in, from which the embed's link is made like any other's. */
const players: Readonly<Record<string, (id: string) => string>> = {
  youtube: (id) => `https://www.youtube.com/embed/${id}`,
  youtuber: (id) => `https://www.youtube.com/embed/${id}`,
  vimeo: (id) => `https://player.vimeo.com/video/${id}`,
  bilibili: (id) => `https://player.bilibili.com/player.html?${/^av/i.test(id) ? 'aid' : 'bvid'}=${id.replace(/^av/i, '')}`,
  bili: (id) => `https://player.bilibili.com/player.html?bvid=${id}`,
  spotify: (id) => `https://open.spotify.com/embed/${id}`,
  codepen: (id) => `https://codepen.io/${id}`,
  gist: (id) => `https://gist.github.com/${id}`,
  instagram: (id) => `https://www.instagram.com/p/${id}/`,
  tweet: (id) => `https://x.com/i/status/${id}`,
  twitter: (id) => `https://x.com/i/status/${id}`,
  x: (id) => `https://x.com/i/status/${id}`,
};
const pictures = /^(?:figure|fig|figimg|img|image|imgproc|picture|asset_img|imglink|img_tag|responsive_image|photo)$/i;
const framed = /^(?:embed|video|audio|iframe|music|mp4|mp3|media)$/i;

/** A tag that stands for a picture, a video, a sound or a page to look into; undefined for any other. */
export function mediaMark(name: string, words: readonly string[]): Resolved | undefined {
  const plain = words.filter((word) => !/^[\w-]{1,40}=/.test(word));
  const title = namedWord(words, 'title', 'caption') ?? '';
  const player = players[name.toLowerCase()];
  if (player) {
    const id = namedWord(words, 'id', 'bvid') ?? plain.at(-1) ?? '';
    const address = /^https?:/i.test(id) ? id : /^[\w/-]{1,60}$/.test(id) ? player(id) : '';
    return address ? frame(address, title) : { text: '', leftOut: true };
  }
  if (framed.test(name)) {
    const address = [namedWord(words, 'url', 'src', 'href') ?? '', ...plain].find((word) => /^https?:|^\/\/|\.\w{3,4}$/i.test(word));
    return address ? frame(address, title) : { text: '', leftOut: true };
  }
  return pictures.test(name) ? picture(words, plain) : undefined;
}

const frame = (address: string, title: string): Resolved => ({
  text: `<iframe src="${escapeHtml(address)}" title="${escapeHtml(title)}"></iframe>`,
});

function picture(words: readonly string[], plain: readonly string[]): Resolved {
  const at = plain.findIndex((word) => /\/|\.\w{3,4}$/.test(word));
  const source = namedWord(words, 'src', 'url', 'path', 'image') ?? plain[at];
  if (!source) return { text: '', leftOut: true };
  const sizes = plain.slice(at + 1).filter((word) => /^\d{1,4}$/.test(word));
  const behind = plain.slice(at + 1).filter((word) => !/^\d{1,4}$/.test(word));
  const caption = namedWord(words, 'caption', 'title') ?? '';
  const alt = namedWord(words, 'alt') ?? (caption || behind.join(' '));
  const [width, height] = [namedWord(words, 'width') ?? sizes[0], namedWord(words, 'height') ?? sizes[1]];
  const image = `<img src="${escapeHtml(source)}" alt="${escapeHtml(alt)}"${width ? ` width="${escapeHtml(width)}"` : ''}${height ? ` height="${escapeHtml(height)}"` : ''}>`;
  const link = namedWord(words, 'link');
  const linked = link ? `<a href="${escapeHtml(link)}">${image}</a>` : image;
  return { text: caption ? `<figure>${linked}<figcaption>${escapeHtml(caption)}</figcaption></figure>` : linked };
}
