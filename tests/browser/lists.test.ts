import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { broughtIn, lookedAt } from '../support/bring-list.ts';
import { aNewsletterToVisit, faultsOf, openDesk, picture, withChromium } from './visiting.ts';

const visit = aNewsletterToVisit();

const words = {
  'zh-CN': {
    nav: '导入与导出',
    format: 'Mailchimp',
    readSo: '重新检查',
    start: /^导入 [\d,]+ 行$/,
    origin: '请写明他们是在哪里、怎样订阅的。',
    agree: '不确认这一点，就不会导入任何人。',
    finished: '已导入',
    leftOut: '不导入的列',
    report: '下载导入报告',
    make: '生成文件',
    download: '下载',
  },
  en: {
    nav: 'Import & export',
    format: 'Mailchimp',
    readSo: 'Check again',
    start: /^Import [\d,]+ rows$/,
    origin: 'Say where and how they signed up.',
    agree: 'Without this nobody is imported.',
    finished: 'Imported',
    leftOut: 'Not imported',
    report: 'Download the report',
    make: 'Make the file',
    download: 'Download',
  },
} as const;

/** Mailchimp's columns; two who were here already, some nonsense, and a name that is markup. */
const listFor = (locale: string) =>
  `Email Address,First Name,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LEID\n${Array.from(
    { length: 3_000 },
    (_, n) => `${locale.toLowerCase()}-${n}@example.com,<b>Reader ${n}</b>,2,2024-01-02 10:00:00,2024-01-02 10:05:00,${n}`,
  ).join('\n')}\nleft-${locale.toLowerCase()}@example.com,Lee,2,,,9\nno address at all,Nobody,2,,,10\n@@,Nobody,2,,,11\n`;

withChromium('those who never confirmed are counted, and asked once when an editor has seen how many and said so', async () => {
  const visitor = new NewsletterVisitor(visit.run.origin);
  const recently = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
  const { id } = await broughtIn(visitor, `email,status,date\nslow@example.com,pending,${recently}\nold@example.com,pending,2019-01-01\n`);
  const { page, context, faults, signIn } = await openDesk(visit, { width: 390, locale: 'en' });
  await signIn();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/lists/${id}`);

  const ask = page.getByRole('button', { name: 'Ask 1 once…' });
  await ask.waitFor();
  await picture(page, 'lists-en-390-unconfirmed');
  const found = await faultsOf(page);
  await ask.click();
  await page.getByRole('button', { name: 'Ask them' }).click();
  await page.getByText('Being asked, as').waitFor();
  await visitor.fire('watch-imports', new Date().toISOString());
  const { mail } = await visitor.mailTo('slow@example.com', { known: 0 });

  expect(mail.text).toContain('以前的名单上');
  expect(await visitor.outbox({ to: 'old@example.com' })).toEqual([]);
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

withChromium.each([
  { locale: 'zh-CN', width: 390, says: { answered: '按这些回答重新检查', missing: '请选择一个回答。', start: '开始导入' } },
  { locale: 'zh-TW', width: 1280, says: { answered: '按這些回答重新檢查', missing: '請選擇一個回答。', start: '開始匯入' } },
  {
    locale: 'en',
    width: 1280,
    says: { answered: 'Check again with these answers', missing: 'Choose an answer.', start: 'Start the import' },
  },
] as const)(
  'a list that leaves something open is not started before its questions are answered, by keyboard: $locale',
  async ({ locale, width, says }) => {
    const { page, context, faults, signIn } = await openDesk(visit, { locale, width });
    await signIn();
    const visitor = new NewsletterVisitor(visit.run.origin);
    const own = locale.toLowerCase();
    const { id } = await lookedAt(
      visitor,
      `email,status\na-${own}@example.com,active\nb-${own}@example.com,gardener\nc-${own}@example.com,\n`,
    );
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/lists/${id}`);
    await page.locator('.asks').waitFor();
    await picture(page, `lists-${locale}-${width}-questions`);
    const found = await faultsOf(page);
    const startBefore = await page.locator('textarea[name=origin]').count();

    await page.getByRole('button', { name: says.answered }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(says.missing).first().waitFor();
    // The first question has the focus now: the last choice of each is reached by the keyboard alone.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: says.start }).waitFor();
    const answers = await page.locator('.row-counts').innerText();

    expect(startBefore).toBe(0);
    expect(found).toEqual([]);
    expect(answers).toMatch(/2[\s\S]*1/);
    expect(await page.locator('.asks').count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  },
);

withChromium.each([
  { locale: 'zh-CN', width: 1280, scheme: 'light' },
  { locale: 'en', width: 390, scheme: 'dark' },
] as const)(
  'an editor brings a list: sees how it is read and what would happen, gives their word, watches, gets the report, and takes all out: $locale, $width px',
  async (device) => {
    const says = words[device.locale];
    const own = `${device.locale}${device.width}`;
    const visitor = new NewsletterVisitor(visit.run.origin);
    const gone = `left-${own.toLowerCase()}@example.com`;
    await broughtIn(visitor, `email,status\n${gone},unsubscribed\n`);
    const { page, context, faults, signIn } = await openDesk(visit, device);
    const found: Record<string, string[]> = {};
    const look = async (state: string) => {
      await picture(page, `lists-${device.locale}-${device.width}-${state}`);
      const here = await faultsOf(page);
      if (here.length > 0) found[state] = here;
    };
    await signIn();
    await page.getByRole('link', { name: says.nav, exact: true }).click();
    await page.locator('.empty, .rows').first().waitFor();
    await look('home');

    await page.setInputFiles('#list-file', {
      name: 'subscribed_members_export.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(listFor(own)),
    });
    await page.locator('.row-counts').waitFor();
    const format = await page.locator('.import strong').first().textContent();
    const firstNames = await page.locator('.scrolling td').allTextContents();
    await page.locator('.count-refused summary').click();
    await look('dry-run');
    const told = await page.locator('.row-counts').innerText();
    const leftOut = await page.getByText(says.leftOut).innerText();

    await page.locator('.reading > details > summary').click();
    await look('correcting');
    await page.locator('select[name=status]').selectOption('unconfirmed');
    await page.getByRole('button', { name: says.readSo, exact: true }).click();
    await page.locator('.count-kept').waitFor();
    await page.locator('.reading > details > summary').click();
    await page.locator('select[name=status]').selectOption('subscribed');
    await page.getByRole('button', { name: says.readSo, exact: true }).click();
    await page.locator('.count-added').waitFor();

    await page.getByRole('button', { name: says.start }).click();
    await page.getByText(says.origin).waitFor();
    await page.locator('textarea[name=origin]').fill('our old Mailchimp audience');
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name);
    await page.getByRole('button', { name: says.start }).click();
    await page.getByText(says.agree).waitFor();
    await look('start-refused');
    await page.locator('input[name=agreed]').check();
    await page.getByRole('button', { name: says.start }).click();
    await page.locator('.advance progress').waitFor();
    await look('running');
    await page.locator('.state.done').waitFor();
    await look('finished');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: says.report }).click()]);
    const report = await readFile(await download.path(), 'utf8');

    await page.getByRole('link', { name: says.nav, exact: true }).click();
    await page.getByRole('button', { name: says.make }).click();
    await page.getByRole('link', { name: says.download, exact: true }).waitFor();
    await look('exported');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: says.download, exact: true }).click()]);
    const readers = await readFile(await file.path(), 'utf8');

    expect(format).toBe(says.format);
    expect(firstNames).toContain('<b>Reader 0</b>');
    expect(told).toMatch(/3,000/);
    expect(leftOut).toMatch(/First Name.*MEMBER_RATING.*LEID/);
    expect(focused).toBe('agreed');
    expect(report.trim().split('\n')).toHaveLength(4);
    expect(report).toContain(`${gone},stays_unsubscribed`);
    expect(file.suggestedFilename()).toMatch(/^readers-.*\.csv$/);
    expect(readers).toContain(`${own.toLowerCase()}-2999@example.com,confirmed`);
    expect(found).toEqual({});
    expect(
      faults.filter(
        (fault) =>
          !fault.includes('/imports/') && !fault.includes('/exports/') && !/^http:\/\/127\.0\.0\.1:\d+\/[a-z0-9-]+\/?$/.test(fault),
      ),
    ).toEqual([]);
    await context.close();
  },
);
