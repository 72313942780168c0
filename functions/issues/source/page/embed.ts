import { type ElementNode, elementsIn, textContent } from '../html-tree.ts';

/** A link in the place of what a mail cannot play: `title` in words, `poster` a picture of it. */
export type Embed = { address: string; title: string; poster: string };

/** Frames that nobody looks at: counters, advertisements, comments. */
const unseen =
  /(?:^|\.)(?:googletagmanager\.com|doubleclick\.net|googlesyndication\.com|facebook\.com|disqus\.com|recaptcha\.net|hotjar\.com)$/i;
const mediaNames = new Set(['iframe', 'frame', 'embed', 'object', 'video', 'audio', 'amp-youtube', 'mpvoice', 'mp-common-mpaudio']);

export const isMedia = ({ name }: ElementNode): boolean => mediaNames.has(name);

/** What a frame, a video or a sound leads to; undefined for what leads nowhere, `unseen` for what nobody misses. */
export function embedOf(element: ElementNode): Embed | 'unseen' | undefined {
  const { attributes } = element;
  const { width = '', height = '', title = '', 'aria-label': label = '', name: called = '', poster = '' } = attributes;
  const sizes = [width, height].map((size) => (size === '' ? Number.NaN : Number.parseFloat(size)));
  if (sizes.some((size) => size <= 2)) return 'unseen';
  const written = addressIn(element);
  const absolute = written.startsWith('//') ? `https:${written}` : written;
  if (!URL.canParse(absolute)) return undefined;
  const url = new URL(absolute);
  if (unseen.test(url.hostname)) return 'unseen';
  const address = pageOf(url);
  const words = [title, label, element.name === 'iframe' ? '' : called, textContent(element)].map((text) =>
    text.replace(/\s+/g, ' ').trim(),
  );
  return { address, title: words.find((text) => text !== '' && text.length <= 200) ?? nameOf(address), poster };
}

function addressIn(element: ElementNode): string {
  const inside = [...elementsIn([element], () => true)].map(({ name, attributes }) => {
    if (name === 'param') return /^(?:movie|src)$/i.test(attributes.name ?? '') ? attributes.value : undefined;
    return attributes['data-src'] ?? attributes.src ?? attributes.data;
  });
  return (
    inside
      .find((address) => address !== undefined && address.trim() !== '' && !/^(?:about|javascript|data|blob):/i.test(address.trim()))
      ?.trim() ?? ''
  );
}

const nameOf = (address: string) => {
  const { hostname, pathname } = new URL(address);
  const file = /\/([^/]{1,80}\.\w{2,4})$/.exec(pathname)?.[1];
  return file ?? hostname.replace(/^www\./, '');
};

const pages: readonly [host: RegExp, page: (url: URL) => string | undefined][] = [
  [
    /(?:^|\.)youtube(?:-nocookie)?\.com$/,
    ({ pathname, searchParams }) => {
      const id = /^\/(?:embed|v|shorts)\/([\w-]+)/.exec(pathname)?.[1];
      const list = searchParams.get('list');
      if (id && id !== 'videoseries') return `https://www.youtube.com/watch?v=${id}`;
      return list ? `https://www.youtube.com/playlist?list=${encodeURIComponent(list)}` : undefined;
    },
  ],
  [/^player\.vimeo\.com$/, ({ pathname }) => pathname.replace(/^\/video\//, 'https://vimeo.com/')],
  [
    /^player\.bilibili\.com$/,
    ({ searchParams }) => {
      const [bvid, aid] = [searchParams.get('bvid'), searchParams.get('aid')];
      return bvid || aid ? `https://www.bilibili.com/video/${encodeURIComponent(bvid || `av${aid}`)}` : undefined;
    },
  ],
  [
    /^v\.qq\.com$/,
    ({ searchParams }) =>
      searchParams.get('vid') ? `https://v.qq.com/x/page/${encodeURIComponent(searchParams.get('vid') ?? '')}.html` : undefined,
  ],
  [/^player\.youku\.com$/, ({ pathname }) => pathname.replace(/^\/embed\/([\w=]+).*/, 'https://v.youku.com/v_show/id_$1.html')],
  [/^open\.spotify\.com$/, ({ pathname }) => `https://open.spotify.com${pathname.replace(/^\/embed/, '')}`],
  [/^w\.soundcloud\.com$/, ({ searchParams }) => searchParams.get('url') ?? undefined],
  [/^embed\.podcasts\.apple\.com$/, ({ pathname, search }) => `https://podcasts.apple.com${pathname}${search}`],
  [
    /^music\.163\.com$/,
    ({ searchParams }) =>
      searchParams.get('id') ? `https://music.163.com/song?id=${encodeURIComponent(searchParams.get('id') ?? '')}` : undefined,
  ],
  [/(?:^|\.)loom\.com$/, ({ pathname }) => `https://www.loom.com${pathname.replace(/^\/embed\//, '/share/')}`],
  [/^codepen\.io$/, ({ pathname }) => `https://codepen.io${pathname.replace('/embed/', '/pen/')}`],
  [/^embed\.ted\.com$/, ({ pathname }) => `https://www.ted.com${pathname}`],
  [/(?:^|\.)dailymotion\.com$/, ({ pathname }) => `https://www.dailymotion.com${pathname.replace(/^\/embed\//, '/')}`],
];

/** The page on which a player's video is watched. */
function pageOf(url: URL): string {
  const page = pages.find(([host]) => host.test(url.hostname))?.[1](url);
  return page && URL.canParse(page) ? page : url.href;
}
