import { notSignedIn } from '../../access/not-signed-in.ts';
import type { Principal } from '../../access/principal.ts';
import type { IssueContent } from '../../issues/issue.ts';
import type { Mailer, OutgoingMessage } from '../../mail/mailer.ts';
import { SesUnreachable } from '../../mail/outage.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Settings } from '../../settings/settings.ts';

export type TestSendServices = {
  /** The mail of a digest of this issue alone, for each of these addresses: marked as a test, and without any reader’s token. */
  testMails: (content: IssueContent, addresses: readonly string[]) => Promise<OutgoingMessage[]>;
  mailer: Mailer;
  pace: { turn(): Promise<void> };
};

/** 【测试】 in Chinese, [Test] elsewhere: it is first in the subject, so that nobody takes it for the real one. */
export const testMark = (language: string) => (/^zh\b/i.test(language) ? '【测试】' : '[Test] ');

export const mostTestReaders = 5;

/**
 * Whom a test may go to: the editor who asks, and the list in the settings; five at most. Where none is named it is the editor.
 * @throws Refusal `not_a_test_reader` naming the address that may not; `address_not_verified` where theirs is not known;
 * `test_reader_needed` to a key, which has none
 */
export function testReaders(
  named: readonly string[] | undefined,
  principal: Principal,
  { testReaders: listed }: Pick<Settings, 'testReaders'>,
): string[] {
  const own = principal.kind === 'person' ? principal.address : undefined;
  const mine = own === undefined ? [] : [own];
  if (!named && mine.length === 0) throw principal.kind === 'key' ? new Refusal('test_reader_needed') : notSignedIn('address_not_verified');
  const allowed = new Map([...mine, ...listed].map((address) => [address.toLowerCase(), address]));
  const readers = new Set<string>();
  for (const address of named ?? mine) {
    const known = allowed.get(address.trim().toLowerCase());
    if (!known) throw new Refusal('not_a_test_reader', { address: address.slice(0, 254) });
    readers.add(known);
  }
  return [...readers];
}

/** Hands the test mails to SES at the account's pace; one that SES does not take is said, with its reason. */
export async function sendTest(content: IssueContent, addresses: readonly string[], { testMails, mailer, pace }: TestSendServices) {
  const outcomes = await mailer
    .submit(await testMails(content, addresses), async () => {
      await pace.turn();
      return 'go';
    })
    .catch((error: unknown) => {
      if (!(error instanceof SesUnreachable)) throw error;
      throw new Refusal('test_not_sent', { failed: addresses.length, of: addresses.length, reason: error.message });
    });
  const failed = addresses.flatMap((_address, n) => {
    const outcome = outcomes[n];
    if (outcome?.kind === 'submitted') return [];
    return [
      {
        path: `to.${n}`,
        message: `${outcome?.kind ?? 'not begun'}${outcome && 'reason' in outcome ? `: ${outcome.reason}` : ''}`,
      },
    ];
  });
  const [first] = failed;
  if (!first) return;
  throw new Refusal('test_not_sent', { failed: failed.length, of: addresses.length, reason: first.message }, { errors: failed });
}
