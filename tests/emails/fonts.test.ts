import { expect, test } from 'vitest';
import { fontStacks } from '../../emails/fonts.ts';
import { fillDigest } from '../../functions/digests/rendering/digest-message.ts';
import { renderDigest } from '../../functions/digests/rendering/render-digest.ts';
import { anIssue } from './sample-issues.ts';
import { sampleSettings } from './sample-settings.ts';

const links = { unsubscribeUrl: 'https://news.example.org/u', preferencesUrl: 'https://news.example.org/p' };
const mailIn = async (language: string) => {
  const digest = {
    settings: sampleSettings(),
    publicOrigin: 'https://news.example.org',
    digestId: 'x',
    scheduledFor: '2026-11-27T01:00:00Z',
  };
  return fillDigest(await renderDigest({ ...digest, issues: [anIssue({ language, title: '直骨' })] }), 'en', links).html;
};

test.each([
  ['zh-CN', 'PingFang SC', 'Microsoft YaHei', '1.8'],
  ['zh-Hans-HK', 'PingFang SC', 'Microsoft YaHei', '1.8'],
  ['zh', 'PingFang SC', 'Microsoft YaHei', '1.8'],
  ['zh-TW', 'PingFang TC', 'Microsoft JhengHei', '1.8'],
  ['zh-HK', 'PingFang TC', 'Microsoft JhengHei', '1.8'],
  ['zh-Hant', 'PingFang TC', 'Microsoft JhengHei', '1.8'],
  ['ja', 'Hiragino Sans', 'Meiryo', '1.8'],
  ['ko-KR', 'Apple SD Gothic Neo', 'Malgun Gothic', '1.8'],
  ['en', 'Helvetica', 'Arial', '1.65'],
  ['de-AT', 'Helvetica', 'Arial', '1.65'],
])('a mail in %s is set in %s, in Outlook in %s, with lines %s apart', async (language, apple, outlook, lines) => {
  const html = await mailIn(language);

  expect(html).toContain(`<html lang="${language}"`);
  expect(fontStacks(language).sans).toMatch(new RegExp(`,'?${apple}'?,`));
  expect(html).toContain(`font-family:${fontStacks(language).sans};font-size:16px;line-height:${lines};`);
  expect(html).toMatch(new RegExp(`<!--\\[if mso\\]><style>[^<]*\\{font-family:'?${outlook}'?,[^}]*!important\\}</style><!\\[endif\\]-->`));
});

test.each(['zh-CN', 'zh-TW', 'ja', 'ko', 'en'])(
  'in %s no font is fetched, and a family that every system has ends each stack',
  async (language) => {
    const html = await mailIn(language);

    expect(html).not.toMatch(/@font-face|@import|<link|fonts\.g/i);
    const stacks = Array.from(html.matchAll(/font-family:([^;"}]+)/g), ([, stack = '']) => stack.replace('!important', '').trim());
    expect(stacks.length).toBeGreaterThan(5);
    for (const stack of stacks) expect(stack).toMatch(/,(sans-serif|serif|monospace)$/);
  },
);
