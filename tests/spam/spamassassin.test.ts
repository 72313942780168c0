import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { composeMessage } from '../../functions/mail/compose-message.ts';
import { automaticHeaders } from '../../functions/mail/list-headers.ts';
import { readerLocales } from '../../functions/platform/locale.ts';
import { confirmationEmail } from '../../functions/subscribers/confirmation-email.ts';
import { goldenIssues, goldenMail } from '../emails/golden-mails.ts';
import { sampleSettings } from '../emails/sample-settings.ts';
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

/** Its own rules alone (`-L`: no network), as a test (`-t`: with a report); the report is kept for whoever wants to see it. */
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

test.each(readerLocales)('and the confirmation mail in %s, too', async (locale) => {
  const settings = sampleSettings();
  const written = await confirmationEmail(settings, 'https://news.example.org')(
    locale,
    'https://news.example.org/confirm?t=k1.0123456789abcdef',
  );
  const eml = composeMessage({
    ...{ from: settings.confirmationSender, to: 'ada@example.org', replyTo: settings.replyTo, language: locale, ...written },
    ...{ headers: automaticHeaders, date: new Date('2026-11-27T01:00:00Z') },
  });

  expect(score(`confirmation-${locale}`, asHandedOver(eml, 'confirm.example.org'))).toBeLessThan(1);
});
