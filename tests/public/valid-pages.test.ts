import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkTo } from '../../functions/subscribers/reader-links.ts';
import { anIssue, aParagraph } from '../issues/an-issue.ts';
import { startTable } from '../support/dynamodb.ts';
import { htmlValidate, withoutHtmlValidate } from '../support/html-validate.ts';
import { tidy, withoutTidy } from '../support/outside-judges.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

const now = new Date('2026-11-27T01:00:00Z');
let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
let people = 0;
beforeAll(async () => {
  database = await startTable();
  site = readerSite(database.table, { locale: 'zh-CN', description: '一句话', topics: [{ id: 'ships', name: '船舶' }] });
  for (const n of [1, 2, 3]) {
    const content = anIssue({ slug: `issue-${n}`, date: `2026-11-0${n}`, summary: '两座 & 三座', intro: [aParagraph('a &amp; b'), table] });
    await site.issues.add({ content, sourceHash: String(n).padEnd(64, '.'), now });
    await site.issues.archive(content, now);
  }
  await site.digests.open({ id: '2026-11-27T0100Z', kind: 'slot', scheduledFor: now.toISOString(), frozenAt: now.toISOString() });
  const frozen = ['issue-1', 'issue-2'].map((slug) => ({ slug, contentHash: 'x', title: slug, date: '2026-11-20' }));
  await site.digests.freezeIssues('2026-11-27T0100Z', frozen);
  await site.digests.start('2026-11-27T0100Z', now);
});
afterAll(() => database.stop());

const table = { kind: 'table' as const, text: 'a b', html: '<table><tbody><tr><th>a</th><td align="right">b</td></tr></tbody></table>' };

const languages = ['zh-CN', 'zh-TW', 'en'];

/** Every page that a reader can come to, as it is answered. */
async function pagesIn(language: string) {
  people += 1;
  const email = `ada-${language}-${people}@example.org`;
  const confirm = await site.signUp(email, language);
  const ofReader = (purpose: 'unsubscribe' | 'preferences') => linkTo(site.ring, '', { purpose, id: site.idOf(email) });
  const addresses = [
    ...['/form?source=blog', '/form/code'],
    ...['/', '/archive', '/archive?q=要闻', '/archive?q=nothing', '/archive/issue-2', '/archive/digests/2026-11-27T0100Z', '/archive/none'],
    ...[confirm, '/confirm?t=x', '/unsubscribe?t=x', ofReader('unsubscribe'), ofReader('preferences')],
  ];
  return Promise.all(addresses.map(async (address) => ({ address, page: (await site.ask('GET', address, { language })).text })));
}

test.skipIf(withoutTidy).each(languages)('HTML Tidy finds every page valid in %s', async (language) => {
  for (const { address, page } of await pagesIn(language)) {
    expect(page).toContain(`<html lang="${language}" dir="ltr">`);
    expect([address, tidy(page)]).toEqual([address, '']);
  }
});

test.skipIf(withoutHtmlValidate).each(languages)('html-validate passes every page in %s', async (language) => {
  const found = await Promise.all(
    (await pagesIn(language)).map(async ({ address, page }) => (await htmlValidate(page)).map((said) => `${address} ${said}`)),
  );

  expect(found.flat()).toEqual([]);
});
