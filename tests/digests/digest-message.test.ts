import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { digestMessage, fillDigest } from '../../functions/digests/rendering/digest-message.ts';
import { renderDigest } from '../../functions/digests/rendering/render-digest.ts';
import type { RenderedDigest } from '../../functions/digests/rendering/rendered-digest.ts';
import { chineseWeekly } from '../emails/sample-issues.ts';
import { sampleSettings } from '../emails/sample-settings.ts';

const settings = sampleSettings();
const rendered = await renderDigest({
  settings,
  publicOrigin: 'https://news.example.org',
  digestId: '2026-11-27T0100Z',
  scheduledFor: '2026-11-27T01:00:00Z',
  issues: [chineseWeekly],
});

const aReader = (name: string, locale: 'zh-CN' | 'en' = 'zh-CN') => ({
  settings,
  locale,
  address: `${name}@example.org`,
  unsubscribeUrl: `https://news.example.org/unsubscribe?t=${name}-0123456789`,
  preferencesUrl: `https://news.example.org/preferences?t=${name}`,
  tags: { kind: 'digest', digest: '2026-11-27T0100Z' },
});
const unix = (text: string | false | undefined) => (text || '').replaceAll('\r\n', '\n').trimEnd();

test('a reader’s mail holds the digest and their own links, whichever parser reads it', async () => {
  const reader = aReader('ada');

  const { raw, to, from, tags } = digestMessage(rendered, reader);

  const { html, text } = fillDigest(rendered, 'zh-CN', reader);
  const [postal, parsed] = [await PostalMime.parse(raw), await simpleParser(Buffer.from(raw))];
  expect([to, from]).toEqual(['ada@example.org', 'weekly@news.example.org']);
  expect(tags).toEqual({ ...reader.tags, 'ses:feedback-id-a': 'digest', 'ses:feedback-id-b': '2026-11-27T0100Z' });
  expect([unix(postal.html), unix(postal.text)]).toEqual([unix(html), unix(text)]);
  expect([unix(parsed.html), unix(parsed.text)]).toEqual([unix(html), unix(text)]);
  expect([postal.subject, parsed.subject]).toEqual([rendered.subject, rendered.subject]);
  expect(parsed.headers.get('list')).toMatchObject({ unsubscribe: { url: reader.unsubscribeUrl } });
  expect(parsed.headers.get('content-language')).toBe('zh-CN');
});

test('no reader gets another’s links', async () => {
  const readers = [aReader('ada'), aReader('eve', 'en'), aReader('a-much-longer-name')];

  const mails = await Promise.all(readers.map(async (reader) => PostalMime.parse(digestMessage(rendered, reader).raw)));

  for (const [n, mail] of mails.entries()) {
    const tokens = Array.from(`${mail.html}${mail.text}`.matchAll(/\?t=([\w-]+)/g), ([, token]) => token);
    expect(tokens.length).toBe(4);
    for (const token of tokens) expect(readers[n]?.unsubscribeUrl + (readers[n]?.preferencesUrl ?? '')).toContain(token ?? '?');
  }
});

test('what readers share is read and encoded once in each language, however many they are', () => {
  let readings = 0;
  const counted: RenderedDigest = {
    ...rendered,
    get variants() {
      readings += 1;
      return rendered.variants;
    },
  };

  const mails = Array.from({ length: 40 }, (_, n) => digestMessage(counted, aReader(`reader${n}`, n % 2 ? 'en' : 'zh-CN')).raw);

  expect(mails.every(({ length }) => length > 10_000)).toBe(true);
  expect(readings).toBe(2);
});
