import { expect, test } from 'vitest';
import { messageMaker } from '../../../functions/deliveries/worker/message-maker.ts';
import { Digest } from '../../../functions/digests/digest.ts';
import type { RenderedDigest } from '../../../functions/digests/rendering/rendered-digest.ts';

const variant = (words: string) => ({ html: `<p>${words}</p>`, text: words });
const rendered = (words: string): RenderedDigest => ({
  subject: words,
  language: 'en',
  preheader: '',
  shortened: [],
  variants: { 'zh-CN': variant(words), 'zh-TW': variant(words), en: variant(words) },
});
const at = '2026-11-27T01:00:00.000Z';
const issues = ['a', 'b'].map((slug) => ({ slug, contentHash: slug, title: slug, date: '2026-11-27', topics: [slug] }));
const digest = Digest.parse({ id: '2026-11-27', kind: 'slot', phase: 'open', scheduledFor: at, frozenAt: at, issues });

function maker(read: () => Promise<RenderedDigest>) {
  return messageMaker({
    digests: { rendered: read },
    tokenKeys: async () => JSON.stringify({ current: 'k1', k1: 'x'.repeat(32) }),
    settings: async () => ({
      newsletterName: 'Weekly',
      sender: { name: 'Weekly', address: 'weekly@example.org' },
      replyTo: 'weekly@example.org',
      unsubscribeMailbox: 'leave@example.org',
    }),
    publicOrigin: 'https://news.example.org',
  });
}

const reader = { id: `a${'0'.repeat(31)}`, address: 'ada@example.org', locale: 'en' as const, topics: ['b'] };
const rawOf = (message: { raw: Uint8Array | string }) => Buffer.from(message.raw).toString();

test('a reader gets the selection of their topics, with links of their own', async () => {
  const messageFor = maker(async () => ({ ...rendered('everything'), selections: { 1: rendered('only b') } }));
  const compose = await messageFor(digest);

  const mail = compose(reader, { kind: 'digest' });

  expect([mail.to, mail.from]).toEqual(['ada@example.org', 'weekly@example.org']);
  expect(rawOf(mail)).toContain('Subject: only b');
  expect(rawOf(mail)).toContain('https://news.example.org/unsubscribe?t=');
});

test('the rendered email is read once for all batches of a digest, and again after a failure', async () => {
  let reads = 0;
  const messageFor = maker(async () => {
    reads += 1;
    if (reads === 1) throw new Error('the table is slow');
    return rendered('everything');
  });

  await expect(messageFor(digest)).rejects.toThrow('the table is slow');
  await Promise.all([messageFor(digest), messageFor(digest)]);

  expect(reads).toBe(2);
});
