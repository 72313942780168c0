import type { ReaderDelivery } from '../../feedback/reader-deliveries.ts';
import type { ReaderFeedback } from '../../feedback/reader-feedback.ts';
import type { Declaration } from '../../imports/declaration.ts';
import type { AuditEntry } from '../../subscribers/audit-log.ts';
import type { ConsentRecord } from '../../subscribers/consent-log.ts';
import type { Subscriber } from '../../subscribers/subscriber.ts';
import type { ReaderLocale } from '../../words/locale.ts';

/** What an editor sees of one reader. */
export type ReaderAnswer = {
  id: string;
  state: Subscriber['state'];
  /** Nobody who is suppressed or erased has one here. */
  address: string | null;
  locale: ReaderLocale | null;
  topics: readonly string[];
  /** Why they are suppressed, and whether an editor has reinstated it, so that they may sign up again. */
  reason: 'bounce' | 'complaint' | null;
  mayReturn: boolean;
  /** When they came to each state, as far as it is known. */
  since: Partial<Record<'signedUpAt' | 'confirmedAt' | 'leftAt' | 'suppressedAt' | 'erasedAt' | 'reinstatedAt' | 'movedAt', string>>;
  consent: readonly ConsentRecord[];
  /** Of a reader who came with a list: who vouched for the consent, and where the reader had signed up. */
  consentByList: ({ import: string } & Partial<Pick<Declaration, 'by' | 'at' | 'origin'>>) | null;
  deliveries: readonly ReaderDelivery[];
  /** What mailboxes said, newest first. */
  events: readonly ReaderFeedback[];
  accesses: readonly AuditEntry[];
  /** A list of SES's own that has the address, so that SES drops its mail; and how it is removed, if it can be. */
  sesList: SesList | null;
};

export type SesList = { list: 'account'; command: string } | { list: 'global' };

const moments = ['signedUpAt', 'confirmedAt', 'leftAt', 'suppressedAt', 'erasedAt', 'reinstatedAt', 'movedAt'] as const;

export type ReaderParts = {
  reader: Subscriber;
  consent: readonly ConsentRecord[];
  declaration: Declaration | undefined;
  deliveries: readonly ReaderDelivery[];
  events: readonly ReaderFeedback[];
  accesses: readonly AuditEntry[];
};

export function readerAnswer(parts: ReaderParts, asked: { address: string; region: string }) {
  const { reader, consent, declaration, deliveries, events, accesses } = parts;
  const known = reader as Partial<Record<(typeof moments)[number], string>>;
  const suppressed = reader.state === 'suppressed' ? reader : undefined;
  return {
    id: reader.id,
    state: reader.state,
    address: 'address' in reader ? reader.address : null,
    locale: ('locale' in reader && reader.locale) || null,
    topics: 'topics' in reader ? reader.topics : [],
    reason: suppressed?.reason ?? null,
    mayReturn: suppressed !== undefined && (suppressed.reinstatedAt ?? '') >= suppressed.suppressedAt,
    since: Object.fromEntries(moments.flatMap((moment) => (known[moment] ? [[moment, known[moment]]] : []))),
    consent,
    consentByList: reader.consentImport === undefined ? null : byList(reader.consentImport, declaration),
    deliveries,
    events: events.toReversed(),
    accesses,
    sesList: sesListOf(events, asked),
  } satisfies ReaderAnswer;
}

const byList = (id: string, { by, at, origin }: Partial<Declaration> = {}): ReaderAnswer['consentByList'] => ({
  import: id,
  ...(by && { by }),
  ...(at && { at }),
  ...(origin && { origin }),
});

/**
 * SES takes a mail to an address on one of its lists and drops it. Our configuration set puts only complaints on the
 * account's; its bounces say who is there from before. The list that all of SES shares nobody but SES can edit.
 */
function sesListOf(events: readonly ReaderFeedback[], { address, region }: { address: string; region: string }): SesList | null {
  const last = events.findLast(({ kind }) => kind !== 'not-spam');
  if (last?.kind === 'complaint' || last?.subType === 'OnAccountSuppressionList') {
    const quoted = `'${address.replaceAll("'", String.raw`'\''`)}'`;
    return { list: 'account', command: `aws sesv2 delete-suppressed-destination --region ${region} --email-address ${quoted}` };
  }
  return last?.subType === 'Suppressed' ? { list: 'global' } : null;
}
