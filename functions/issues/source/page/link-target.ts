/** Pages in between that sites send their readers through, and the parameter with the address that was meant. */
const between: readonly [host: RegExp, path: RegExp, parameters: readonly string[]][] = [
  [/(?:^|\.)google\.[a-z.]{2,6}$/, /^\/url$/, ['q', 'url']],
  [/^link\.(?:zhihu|juejin|csdn|gitee|jianshu)\.[a-z]+$/, /^\//, ['target', 't', 'url']],
  [/^(?:www\.)?jianshu\.com$/, /^\/go-wild$/, ['url']],
  [/^(?:www\.)?yuque\.com$/, /^\/r\/goto$/, ['url']],
  [/^(?:developers|www)\.weixin\.qq\.com$/, /link|redirect/, ['url']],
  [/^c\.pc\.qq\.com$|^mail\.qq\.com$/, /^\//, ['pfurl', 'gourl', 'url']],
  [/\.safelinks\.protection\.outlook\.com$/, /^\//, ['url']],
  [/^lm?\.(?:facebook|instagram)\.com$/, /^\/l\.php$|^\/$/, ['u']],
  [/^(?:www\.)?youtube\.com$/, /^\/redirect$/, ['q']],
  [/^(?:www\.)?linkedin\.com$/, /^\/(?:redir\/redirect|safety\/go)$/, ['url']],
  [/^steamcommunity\.com$/, /^\/linkfilter\/?$/, ['url', 'u']],
  [/^(?:www\.)?oschina\.net$/, /^\/action\/GoToLink$/, ['url']],
  [/^sspai\.com$/, /^\/link$/, ['target']],
];

/** Where a link leads in the end: past the page in between, if the address says so itself. */
export function linkTarget(address: string): string {
  const absolute = address.trim().startsWith('//') ? `https:${address.trim()}` : address.trim();
  if (!/^https?:/i.test(absolute) || !absolute.includes('?') || !URL.canParse(absolute)) return address;
  const { hostname, pathname, searchParams } = new URL(absolute);
  const [, , parameters = []] = between.find(([host, path]) => host.test(hostname) && path.test(pathname)) ?? [];
  const target = parameters.map((name) => searchParams.get(name)).find((value) => value && /^https?:\/\//i.test(value));
  return target ?? address;
}
