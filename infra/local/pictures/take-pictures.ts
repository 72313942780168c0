import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { libvips } from '../../../functions/issues/images/codecs.ts';
import { startLocalRun } from '../local-run.ts';
import { chromiumPath } from '../preview/mail-pictures.ts';
import { type Edition, editions } from './edition.ts';
import { fillNewsletter, samples, sendSample, today } from './fill-newsletter.ts';
import { mailOnPhones } from './on-a-phone.ts';

process.env.TZ = 'UTC';

const folder = resolve(import.meta.dirname, '../../../docs/pictures');

/** A laptop's window, of which the README shows this much. */
const screen = { width: 1_120, height: 760 };

/** The pictures of the README and the guides, of the pages and mails of a local run as they are now. */
async function pictures() {
  if (!chromiumPath) throw new Error('No Chromium was found; CHROMIUM names one.');
  await mkdir(folder, { recursive: true });
  for (const edition of editions) await picturesOf(edition, chromiumPath);
}

async function picturesOf(edition: Edition, executablePath: string) {
  process.env.PERIODICAL_SETTINGS = join(samples, edition.settings);
  const run = await startLocalRun({ sesRate: 100 });
  let browser: Browser | undefined;
  try {
    const { slug, lastDigest } = await fillNewsletter(run.origin, edition);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
    const page = await deskOf(browser, run.origin, edition);
    await keep(`desk.${edition.language}`, await page.screenshot());
    await page.setViewportSize({ ...screen, height: 1_000 });
    await page.goto(`${run.origin}/editors/#/digests/${lastDigest}`);
    await page.locator('.providers').waitFor();
    await keep(`report.${edition.language}`, await page.screenshot());
    await page.setViewportSize({ ...screen, height: 1_150 });
    await page.goto(`${run.origin}/editors/#/issues/${slug}`);
    await page.locator('.issue-status').waitFor();
    await page.locator('.columns input[value="phone"]').check({ force: true });
    // The frame takes the height of its mail when the pictures are there.
    await page
      .frameLocator('.stage iframe')
      .locator('img')
      .first()
      .evaluate((picture: HTMLImageElement) => picture.decode());
    await page.waitForFunction(() => (document.querySelector('.stage')?.clientHeight ?? 0) > 500);
    await keep(`issue.${edition.language}`, await page.screenshot());
    await page.context().close();
    await keep(`mail.${edition.language}`, await mailOnPhones(browser, await sendSample(run.origin, edition), run.origin));
  } finally {
    await browser?.close();
    await run.stop();
  }
}

/** The desk's first page, with an editor at it on the afternoon before the digest. */
async function deskOf(browser: Browser, origin: string, { language }: Edition): Promise<Page> {
  const context = await browser.newContext({
    viewport: screen,
    deviceScaleFactor: 1.5,
    locale: language,
    reducedMotion: 'reduce',
  });
  await context.clock.setSystemTime(today);
  const page = await context.newPage();
  await page.goto(`${origin}/editors/`);
  await page.locator('.welcome button').click();
  await page.waitForURL(/\/oauth2\/authorize/);
  await page.locator('button').first().click();
  await page.locator('.next time').waitFor();
  return page;
}

async function keep(name: string, png: Uint8Array) {
  const vips = await libvips();
  const image = vips.Image.newFromBuffer(png, '');
  const webp = image.writeToBuffer('.webp', { Q: 76, effort: 6 });
  image.delete();
  await writeFile(join(folder, `${name}.webp`), webp);
  process.stdout.write(`docs/pictures/${name}.webp  ${Math.ceil(webp.byteLength / 1_024)} KB\n`);
}

pictures().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
