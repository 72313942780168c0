import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { digestMessage, fillDigest } from '../../functions/digests/rendering/digest-message.ts';
import { renderDigest } from '../../functions/digests/rendering/render-digest.ts';
import { readIssueFile } from '../../functions/issues/read-issue-file.ts';
import type { Settings } from '../../functions/settings/settings.ts';
import type { ReaderLocale } from '../../functions/words/locale.ts';
import { sampleSettings } from './sample-settings.ts';

type Golden = { name: string; locale: ReaderLocale; files: readonly string[]; brand?: Settings['brand'] };

/** The digests whose mails are kept: four of one issue, and one of several under a brand, each with the locale of its reader. */
export const goldenIssues = [
  { name: 'chinese-weekly', locale: 'zh-CN', files: ['chinese-weekly'] },
  { name: 'english-tech-weekly', locale: 'en', files: ['english-tech-weekly'] },
  { name: 'one-paragraph-note', locale: 'zh-CN', files: ['one-paragraph-note'] },
  { name: 'sixty-items', locale: 'zh-CN', files: ['sixty-items'] },
  {
    name: 'several-issues',
    locale: 'zh-TW',
    files: ['one-paragraph-note', 'chinese-weekly'],
    brand: {
      colours: { light: { accent: '#1d4e89' }, dark: { accent: '#8ec5ff' } },
      logo: { url: 'https://news.example.org/logo.png', width: 240, height: 60 },
      masthead: '每周五，一封信',
      footer: '转载请注明出处。',
    },
  },
] as const satisfies Golden[];

const folder = new URL('../fixtures/emails/', import.meta.url);
const origin = 'https://news.example.org';
const date = new Date('2026-11-27T01:00:00Z');

/** A token as long as the real ones. */
const token = 'k1.0123456789abcdef0123456789abcdef.Zm9yLXRoZS1nb2xkZW4tbWFpbHMtb25seQ';
export const goldenLinks = { unsubscribeUrl: `${origin}/unsubscribe?t=${token}`, preferencesUrl: `${origin}/preferences?t=${token}` };

/** From the file an editor would upload to one reader's mail, by the product's own code. */
export async function goldenMail({ locale, files, ...golden }: (typeof goldenIssues)[number]) {
  const brand = 'brand' in golden && { brand: golden.brand };
  const settings =
    locale === 'en'
      ? sampleSettings({
          newsletterName: 'Plain Circuits',
          legalName: 'Example Press Ltd.',
          postalAddress: '1 Sample Street, Sampleton, SA1 2PL',
          sender: { name: 'Plain Circuits', address: 'weekly@news.example.org' },
          locale,
        })
      : sampleSettings({ newsletterName: '河边周刊', sender: { name: '河边周刊', address: 'weekly@news.example.org' }, ...brand });
  const issues = files.map((file) =>
    readIssueFile(readFileSync(new URL(`${file}.md`, folder)), { timeZone: settings.timeZone, locale: settings.locale, now: date }),
  );
  const rendered = await renderDigest({
    settings,
    publicOrigin: origin,
    digestId: '2026-11-27',
    scheduledFor: date.toISOString(),
    issues,
  });
  const reader = { settings, locale, address: 'ada@example.org', tags: {}, date, ...goldenLinks };
  return {
    settings,
    issues,
    rendered,
    ...fillDigest(rendered, locale, goldenLinks),
    eml: Buffer.from(digestMessage(rendered, reader).raw),
  };
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
