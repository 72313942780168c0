/** An address of this site (`/images/…`) with its host; undefined for an address that is neither on this site nor on the web. */
export function absoluteAddress(url: string, origin: string): string | undefined {
  if (/^\/(?!\/)/.test(url)) return `${origin}${url}`;
  return /^(https?|mailto):/i.test(url) ? url : undefined;
}

/** For programs elsewhere, which need the host in the address of a picture. The markup was sanitised when it was stored. */
export const absoluteHtml = (markup: string, origin: string) =>
  markup.replace(/(\s(?:src|href)=")(?=\/(?!\/))/g, (before) => `${before}${origin}`);
