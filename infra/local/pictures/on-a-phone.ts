import type { Browser } from 'playwright-core';

type Colours = 'light' | 'dark';

/** What a phone's screen shows of a mail. */
const screen = { width: 390, height: 760 };

/** A mail as it opens on a phone, by day and by night, side by side. Its pictures come from the local run. */
export async function mailOnPhones(browser: Browser, html: string, origin: string): Promise<Uint8Array> {
  const [day, night] = await Promise.all([
    shot(browser, { html, origin, colours: 'light' }),
    shot(browser, { html, origin, colours: 'dark' }),
  ]);
  const page = await browser.newPage({ viewport: { width: 2 * screen.width + 100, height: screen.height + 60 }, deviceScaleFactor: 2 });
  const phone = (bytes: Uint8Array) => `<img alt="" src="data:image/png;base64,${Buffer.from(bytes).toString('base64')}">`;
  await page.setContent(
    `<style>body{margin:0;display:flex;justify-content:center;gap:32px;padding:24px}
    img{width:${screen.width}px;border-radius:34px;border:7px solid #20242b;display:block}</style>${phone(day)}${phone(night)}`,
  );
  const picture = await page.screenshot({ omitBackground: true });
  await page.close();
  return picture;
}

async function shot(browser: Browser, { html, origin, colours }: { html: string; origin: string; colours: Colours }): Promise<Uint8Array> {
  const page = await browser.newPage({ viewport: screen, deviceScaleFactor: 2, javaScriptEnabled: false, colorScheme: colours });
  await page.route(/^https?:/, (route) => {
    const { pathname } = new URL(route.request().url());
    return pathname.startsWith('/images/')
      ? route.fetch({ url: `${origin}${pathname}` }).then((response) => route.fulfill({ response }))
      : route.abort();
  });
  await page.setContent(html, { waitUntil: 'load' });
  const picture = await page.screenshot();
  await page.close();
  return picture;
}
