import * as z from 'zod';
import type { Queue } from '../platform/queue.ts';
import type { ImportedReaderStore } from '../subscribers/imported/imported-reader-store.ts';
import type { ConfirmationMessage } from '../subscribers/requested-mails/confirmation-message.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { AskingStore } from './asking-store.ts';
import { monthsBefore } from './asking-store.ts';
import { declarationVersion } from './declaration.ts';

/** Asks some of those who never confirmed on an imported list. */
export const AskMessage = z.object({ kind: z.literal('ask-unconfirmed'), id: z.string() });
export type AskMessage = z.infer<typeof AskMessage>;
export const askMessage = (id: string): AskMessage => ({ kind: 'ask-unconfirmed', id });

export type AskServices = {
  asking: Pick<AskingStore, 'next' | 'reserve' | 'move' | 'end' | 'markAsked'>;
  readers: Pick<ImportedReaderStore, 'knownAmong'>;
  confirmations: Pick<Queue<ConfirmationMessage>, 'send'>;
  now: () => Date;
};

/** Mailboxes that never confirmed bounce more than others: a day's mails are few, so that the account's reputation bears it. */
export const asksPerDay = 500;
/** At each look, every five minutes: a second of work. */
const asksAtOnce = 50;

/** Of those asked last, so many at least and such a share may bounce; complaints count from the third. */
const brake = { bounces: 10, share: 0.05, complaints: 3 };

/**
 * Asks some of those who never confirmed whether they want the newsletter, each once: by the mail that a sign-up gets, under
 * the same limits and the same pace. Stops for good when too many of those asked bounce or complain.
 */
export async function askUnconfirmed({ id: importId }: AskMessage, services: AskServices): Promise<number> {
  const { asking, readers, now } = services;
  const next = await asking.next(importId, asksAtOnce);
  if (!next) return 0;
  if (await isTooMuch([...next.recent], readers)) {
    await asking.end(importId, 'stopped', now());
    return 0;
  }
  if (next.ids.length === 0) {
    await asking.end(importId, 'done', now());
    return 0;
  }
  if (!(await asking.reserve(now(), next.ids.length, asksPerDay))) return 0;
  // Before the mails: if the worker dies in between, some readers are not asked, and nobody is asked twice.
  if (!(await asking.move(importId, next))) return 0;
  const known = await readers.knownAmong(next.ids);
  let asked = 0;
  for (const id of next.ids) {
    const reader = known.get(id);
    if (!isAskable(reader, importId, now()) || !(await asking.markAsked(id, now()))) continue;
    await services.confirmations.send(askingMessage(reader, importId, now()));
    asked += 1;
  }
  return asked;
}

/** Only who is still as the list left them: a sign-up of their own was asked already. */
const isAskable = (reader: Subscriber | undefined, importId: string, now: Date): reader is Extract<Subscriber, { state: 'pending' }> =>
  reader?.state === 'pending' && reader.importId === importId && reader.signedUpAt >= monthsBefore(now);

const askingMessage = ({ id, address, locale, topics }: Extract<Subscriber, { state: 'pending' }>, importId: string, now: Date) => ({
  id: `${importId}-${id}`,
  email: address,
  locale,
  topics,
  at: now.toISOString(),
  transferAbroad: false,
  occasion: 'import' as const,
  wording: `import ${declarationVersion}`,
  page: `import:${importId}`,
});

async function isTooMuch(recent: readonly string[], readers: AskServices['readers']): Promise<boolean> {
  const known = [...(await readers.knownAmong(recent)).values()];
  const because = (reason: string) => known.filter((reader) => reader.state === 'suppressed' && reader.reason === reason).length;
  const bounced = because('bounce');
  return because('complaint') >= brake.complaints || (bounced >= brake.bounces && bounced >= brake.share * recent.length);
}
