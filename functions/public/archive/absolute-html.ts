/** An address of ours (`/images/…`) with its host; undefined for what is neither ours nor the web's. */
export function absoluteAddress(url: string, origin: string): string | undefined {
  if (/^\/(?!\/)/.test(url)) return `${origin}${url}`;
  return /^(https?|mailto):/i.test(url) ? url : undefined;
}

/** For readers elsewhere, who do not know which site a picture of ours stands on. The markup was sanitised when it was kept. */
export const absoluteHtml = (markup: string, origin: string) =>
  markup.replace(/(\s(?:src|href)=")(\/(?!\/)[^"]*)"/g, (_, before: string, path: string) => `${before}${origin}${path}"`);
