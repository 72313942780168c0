import { existsSync } from 'node:fs';

/** Where a browser is on this machine, or the one that `CHROMIUM` names. */
export const chromiumPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

/** Every picture is shown as a grey-green square: nothing is fetched. */
const standIn = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675"><rect width="1200" height="675" fill="#c9d6cf"/><path d="M0 560 320 300 560 470 800 250 1200 600V675H0z" fill="#9db5a8"/><circle cx="930" cy="170" r="70" fill="#eef3ef"/></svg>`;

export type MailPicture = { width: number; colours: 'light' | 'dark'; file: string };

/**
 * Takes pictures of an email as mail programs on a phone and a desktop show it, where a browser is.
 * @returns the files, or nothing where there is no browser
 */
export async function picturesOf(html: string, pictures: readonly MailPicture[]): Promise<string[]> {
  if (!chromiumPath) return [];
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-background-networking'] });
  try {
    for (const { width, colours, file } of pictures) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, javaScriptEnabled: false, colorScheme: colours });
      await page.route(/^https?:/, (route) => route.fulfill({ contentType: 'image/svg+xml', body: standIn }));
      await page.setContent(html, { waitUntil: 'load' });
      await page.screenshot({ path: file, fullPage: true });
      await page.close();
    }
    return pictures.map(({ file }) => file);
  } finally {
    await browser.close();
  }
}
