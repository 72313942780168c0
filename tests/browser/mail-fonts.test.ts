import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDigest } from '../../functions/digests/rendering/digest-message.ts';
import { renderDigest } from '../../functions/digests/rendering/render-digest.ts';
import { anIssue } from '../emails/sample-issues.ts';
import { sampleSettings } from '../emails/sample-settings.ts';
import { chromiumArguments, chromiumPath } from '../support/chromium.ts';
import { picture } from './visiting.ts';

let browser: Browser;
beforeAll(async () => {
  if (chromiumPath) browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments });
});
afterAll(() => browser?.close());

/** One code point each, drawn differently in each of the four. */
const words = '直骨角曜返刃';
const paragraph = { kind: 'paragraph' as const, text: words, html: `<p>${words}</p>` };
const links = { unsubscribeUrl: 'https://news.example.org/u', preferencesUrl: 'https://news.example.org/p' };

test.skipIf(!chromiumPath).each([
  ['zh-CN', 'SC'],
  ['zh-TW', 'TC'],
  ['zh-HK', 'TC'],
  ['ja', 'JP'],
  ['ko', 'KR'],
])('where Noto is the system’s font, text and headline in %s are drawn in its %s forms', async (language, forms) => {
  const issues = [anIssue({ language, title: words, intro: [paragraph] })];
  const digest = {
    settings: sampleSettings(),
    publicOrigin: 'https://news.example.org',
    digestId: 'x',
    scheduledFor: '2026-11-27T01:00:00Z',
  };
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.setContent(fillDigest(await renderDigest({ ...digest, issues }), 'zh-CN', links).html);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');

  const drawnIn = async (selector: string) => {
    const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
    return fonts.map(({ familyName }) => familyName);
  };

  expect(await drawnIn('.title p')).toEqual([`Noto Sans CJK ${forms}`]);
  expect(await drawnIn('.title h1')).toEqual([`Noto Serif CJK ${forms}`]);
  expect(await drawnIn('.foot div[lang] p')).toContain('Noto Sans CJK SC');
  await picture(page, `fonts-${language}`);
  await page.close();
});
