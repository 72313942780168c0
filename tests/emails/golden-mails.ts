import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { digestMessage, fillDigest } from '../../functions/digests/digest-message.ts';
import { renderDigest } from '../../functions/digests/render-digest.ts';
import { readIssueFile } from '../../functions/issues/read-issue-file.ts';
import type { Locale } from '../../functions/platform/locale.ts';
import { sampleSettings } from './sample-settings.ts';

/** The four issues whose mails are kept, each with the locale of the reader who gets it. */
export const goldenIssues = [
  { name: 'chinese-weekly', locale: 'zh-CN' },
  { name: 'english-tech-weekly', locale: 'en' },
  { name: 'one-paragraph-note', locale: 'zh-CN' },
  { name: 'sixty-items', locale: 'zh-CN' },
] as const satisfies { name: string; locale: Locale }[];

const folder = new URL('../fixtures/emails/', import.meta.url);
const origin = 'https://news.example.org';
const date = new Date('2026-11-27T01:00:00Z');

/** A token as long as the real ones. */
const token = 'k1.0123456789abcdef0123456789abcdef.Zm9yLXRoZS1nb2xkZW4tbWFpbHMtb25seQ';
export const goldenLinks = { unsubscribeUrl: `${origin}/unsubscribe?t=${token}`, preferencesUrl: `${origin}/preferences?t=${token}` };

/** From the file an editor would upload to one reader's mail, by the product's own code. */
export async function goldenMail({ name, locale }: (typeof goldenIssues)[number]) {
  const settings =
    locale === 'en'
      ? sampleSettings({
          ...{ newsletterName: 'Plain Circuits', legalName: 'Example Press Ltd.', postalAddress: '1 Sample Street, Sampleton, SA1 2PL' },
          sender: { name: 'Plain Circuits', address: 'weekly@news.example.org' },
          locale,
        })
      : sampleSettings({ newsletterName: '河边周刊', sender: { name: '河边周刊', address: 'weekly@news.example.org' } });
  const file = readFileSync(new URL(`${name}.md`, folder));
  const issue = readIssueFile(file, { timeZone: settings.timeZone, locale: settings.locale, now: date });
  const rendered = await renderDigest({
    ...{ settings, publicOrigin: origin, digestId: '2026-11-27', scheduledFor: date.toISOString() },
    issues: [issue],
  });
  const reader = { settings, locale, address: 'ada@example.org', tags: {}, date, ...goldenLinks };
  return { settings, issue, rendered, ...fillDigest(rendered, locale, goldenLinks), eml: Buffer.from(digestMessage(rendered, reader).raw) };
}

/** Holds the bytes against the kept file; `GOLDEN=write` keeps them as the new ones, to be looked at before they are committed. */
export function expectGolden(file: string, actual: string | Buffer) {
  const kept = new URL(`golden/${file}`, folder);
  if (process.env.GOLDEN === 'write') {
    mkdirSync(new URL('.', kept), { recursive: true });
    writeFileSync(kept, actual);
  }
  expect(Buffer.from(actual).toString('utf8')).toBe(readFileSync(kept, 'utf8'));
}
