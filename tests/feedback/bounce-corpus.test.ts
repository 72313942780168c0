import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { classifyBounce } from '../../functions/feedback/classify-bounce.ts';

/**
 * Bounces written from public documentation, with the verdict of a mail engineer, by somebody who had not read this code; `later-…` by
 * somebody who had read how a bounce is judged, but not the table. The addresses are invented.
 */
const Corpus = z.array(
  z.strictObject({
    id: z.string(),
    source: z.string(),
    provider: z.string().nullable(),
    bounceType: z.string(),
    bounceSubType: z.string(),
    status: z.string().nullable(),
    diagnosticCode: z.string().nullable(),
    verdict: z.enum(['dead', 'soft', 'blocked', 'sender', 'message', 'nothing']),
    why: z.string(),
  }),
);
const corpus = Corpus.parse(JSON.parse(readFileSync(new URL('bounce-corpus.json', import.meta.url), 'utf8')));

test('the corpus has each case once, and cases of every verdict', () => {
  const counts = Object.fromEntries([...Map.groupBy(corpus, ({ verdict }) => verdict)].map(([verdict, cases]) => [verdict, cases.length]));

  expect(new Set(corpus.map(({ id }) => id)).size).toBe(corpus.length);
  expect(counts).toEqual({ dead: 137, soft: 74, blocked: 95, sender: 40, message: 31, nothing: 12 });
});

test('nobody real is in it: addresses are at example domains, or of the postmasters that a server names', () => {
  const addresses = corpus
    .flatMap(({ diagnosticCode }) => diagnosticCode?.match(/[^\s<>,;:"'()[\]]+/g) ?? [])
    .filter((word) => word.includes('@'));
  const postmasters = ['abuse_rbl@abuse-att.net', 'delist@messaging.microsoft.com.', 'postmaster@rx.t-online.de', 'tosa@rx.t-online.de'];
  const invented = /@(\w+[.-])*example(\.\w+){0,2}$|\.invalid$/i;

  expect(addresses.length).toBeGreaterThan(50);
  expect(addresses.filter((each) => !invented.test(each.replace(/[.!|]+$/, '')) && !postmasters.includes(each))).toEqual([]);
});

/** Where another verdict than the corpus's was chosen: each is one of those that its author calls debatable. */
const exceptions: Record<string, { fault: string; because: string }> = {
  'ses-permanent-general-no-text': {
    fault: 'unexplained',
    because: 'without a word from the server, once is a mistake more often than a death; the second digest decides',
  },
  'icloud-excessive-volume': { fault: 'blocked', because: 'the volume is ours; five such answers must not cost the reader' },
  'docomo-unknown-data': {
    fault: 'unexplained',
    because: 'a filter answers so at one provider, but elsewhere a server that looks the name up late: the second digest decides',
  },
  'auto-reply-no-status': {
    fault: 'soft',
    because: 'SES says no more of a server that never answers than of a holiday notice; of the latter the delivery makes it good',
  },
};

/** Of what is not the mailbox's fault nothing follows for the reader, whatever it is about. */
const faultOf = { dead: 'dead', soft: 'soft', blocked: 'blocked', sender: 'blocked', message: 'blocked', nothing: 'nothing' } as const;

test.each(corpus)('$id is $verdict', ({ id, bounceType, bounceSubType, status, diagnosticCode, verdict }) => {
  const fault = classifyBounce({ bounceType, bounceSubType, bouncedRecipients: [{ status, diagnosticCode }] });

  expect(fault).toBe(exceptions[id]?.fault ?? faultOf[verdict]);
});
