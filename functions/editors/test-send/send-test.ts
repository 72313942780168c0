import type { IssueContent } from '../../issues/issue.ts';
import type { Mailer, OutgoingMessage } from '../../mail/mailer.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Settings } from '../../platform/settings.ts';

export type TestSendServices = {
  /** The mail of a digest of this issue alone, for each of these addresses: marked as a test, and without any reader’s token. */
  testMails: (content: IssueContent, addresses: readonly string[]) => Promise<OutgoingMessage[]>;
  mailer: Mailer;
  pace: { turn(): Promise<void> };
};

/** 【测试】 in Chinese, [Test] elsewhere: it stands first in the subject, so that nobody takes it for the real one. */
export const testMark = (language: string) => (/^zh\b/i.test(language) ? '【测试】' : '[Test] ');

export const mostTestReaders = 5;

/**
 * Whom a test may go to: the editor who asks, and the list in the settings; five at most. Without a wish it is the editor.
 * @throws Refusal `invalid_request` naming the address that may not
 */
export function testReaders(wished: readonly string[] | undefined, own: string, { testReaders }: Pick<Settings, 'testReaders'>): string[] {
  const allowed = new Map([own, ...testReaders].map((address) => [address.toLowerCase(), address]));
  const readers = new Set<string>();
  for (const [n, address] of (wished ?? [own]).entries()) {
    const known = allowed.get(address.trim().toLowerCase());
    if (!known)
      throw new Refusal('invalid_request', 'A test mail goes to your own address or to one of the settings’ testReaders.', [
        { path: `to.${n}`, message: 'neither your own address nor one of testReaders' },
      ]);
    readers.add(known);
  }
  return [...readers];
}

/** Hands the test mails to SES at the account's pace; one that SES does not take is said, with its reason. */
export async function sendTest(content: IssueContent, addresses: readonly string[], { testMails, mailer, pace }: TestSendServices) {
  const outcomes = await mailer.submit(await testMails(content, addresses), async () => {
    await pace.turn();
    return 'go';
  });
  const failed = addresses.flatMap((address, n) => {
    const outcome = outcomes[n];
    if (outcome?.kind === 'submitted') return [];
    return [
      {
        path: `to.${n}`,
        message: `${outcome?.kind ?? 'not begun'}${outcome && 'reason' in outcome ? `: ${outcome.reason}` : ''}`,
        address,
      },
    ];
  });
  if (failed.length === 0) return;
  throw new Refusal(
    'not_submitted',
    `SES did not take ${failed.length} of ${addresses.length} test mails: ${failed[0]?.message}.`,
    failed.map(({ path, message }) => ({ path, message })),
  );
}
