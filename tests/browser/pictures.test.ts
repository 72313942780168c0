import { expect } from 'vitest';
import { aNewsletterToVisit, faultsOf, openDesk, picture, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();

const issue = '# 带图的一期\n\n江上的桥。\n\n![晨雾里的桥](pictures/bridge.png)\n\n![地图](http://maps.example.org/old.png)\n';

withChromium('a file and its pictures come in together, past the API where they are large, and are seen in the mail', async () => {
  const { page, context, faults, signIn } = await openDesk(visit, { width: 1280, locale: 'zh-CN' });
  await signIn();
  const png = await page.screenshot({ clip: { x: 0, y: 0, width: 640, height: 360 } });

  // As a folder is dropped: what is beside the text has a name relative to it.
  const folder = await page.evaluateHandle(
    ([text, bytes]) => {
      const transfer = new DataTransfer();
      const large = new Uint8Array(4.5 * 1024 * 1024);
      for (let at = 0; at < large.length; at += 65_536) crypto.getRandomValues(large.subarray(at, at + 65_536));
      transfer.items.add(new File([text], 'issue.md', { type: 'text/markdown' }));
      const named = new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], 'bridge.png', { type: 'image/png' });
      Object.defineProperty(named, 'webkitRelativePath', { value: 'week/pictures/bridge.png' });
      transfer.items.add(named);
      transfer.items.add(new File([large], 'noise.jpg', { type: 'image/jpeg' }));
      return transfer;
    },
    [issue.replace('pictures/', ''), png.toString('base64')] as const,
  );
  const posted = page.waitForRequest((request) => request.method() === 'POST' && !request.url().startsWith(visit.run.origin));
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: folder });
  const past = (await posted).url();
  await page.locator('.pictures summary').click();
  const states = await page.locator('.gallery .state').allTextContents();
  const mail = page.frameLocator('.stage iframe');
  const shown = await mail
    .locator('img')
    .first()
    .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
  const told = await page.locator('.found').innerText();
  const found = await faultsOf(page);
  await picture(page, 'pictures');

  expect(states).toEqual(['已保存', '外部图片']);
  expect(shown).toBe(640);
  expect(told).toContain('图片网址不是 https');
  expect(found).toEqual([]);
  expect(faults.filter((fault) => !fault.startsWith(new URL(past).origin))).toEqual([]);
  await context.close();
});
