import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { goldenLetter, goldenLetters } from '../emails/golden-letters.ts';
import { goldenIssues, goldenMail } from '../emails/golden-mails.ts';
import { noticeMails } from '../notices/notice-mails.ts';
import { spamassassinPath } from '../support/spamassassin.ts';

/** As the reader's mail server has it: SES in the `Received` line, bounces to the MAIL FROM domain that the stack sets up. */
const asHandedOver = (eml: Uint8Array, sender: string) =>
  Buffer.concat([
    Buffer.from(
      [
        `Return-Path: <0100018f00000000-0a1b2c3d-000000@bounce.${sender}>`,
        'Received: from a8-31.smtp-out.amazonses.com (a8-31.smtp-out.amazonses.com [54.240.8.31])',
        '\tby mx.example.org (Postfix) with ESMTPS id 4Zq1Yx2tVz',
        '\tfor <ada@example.org>; Fri, 27 Nov 2026 01:00:02 +0000 (UTC)',
        '',
      ].join('\r\n'),
    ),
    eml,
  ]);

/** Its own rules alone (`-L`: no network), as a test (`-t`: with a report); the report is kept for a person who wants to see it. */
function score(name: string, eml: Buffer) {
  const { stdout, error } = spawnSync(spamassassinPath ?? 'no spamassassin on the path', ['-L', '-t'], {
    input: eml,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  const report = /^Content analysis details:[\s\S]*/m.exec(stdout)?.[0] ?? stdout;
  mkdirSync('.build/spamassassin', { recursive: true });
  writeFileSync(`.build/spamassassin/${name}.txt`, report);
  return Number(/\((-?[\d.]+) points/.exec(report)?.[1]);
}

test.each(goldenIssues)('SpamAssassin gives $name less than one point', async (golden) => {
  const { eml } = await goldenMail(golden);

  expect(score(golden.name, asHandedOver(eml, 'news.example.org'))).toBeLessThan(1);
});

test.each(goldenLetters)('and the $kind mail in $locale', async (golden) => {
  const { eml, from } = await goldenLetter(golden);

  expect(score(golden.name, asHandedOver(eml, from.slice(from.indexOf('@') + 1)))).toBeLessThan(1);
});

test.each(noticeMails)('and the notice to editors $name', async ({ name, written }) => {
  expect(score(`notice-${name}`, asHandedOver((await written).eml, 'news.example.org'))).toBeLessThan(1);
});
