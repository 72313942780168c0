import type { FeedbackLog } from '../../feedback/feedback-log.ts';
import { type DeliveriesServices, readerDeliveries } from '../../feedback/reader-deliveries.ts';
import type { FindDeclaration } from '../../imports/declaration.ts';
import type { Now } from '../../platform/clock.ts';
import type { AuditLog } from '../../subscribers/audit-log.ts';
import type { ConsentLog } from '../../subscribers/consent-log.ts';
import type { ListedReader } from '../../subscribers/subscriber.ts';
import { pagesWords } from '../../words/languages.ts';
import type { ReaderLocale } from '../../words/locale.ts';

export type MyDataServices = DeliveriesServices & {
  consents: ConsentLog;
  feedback: Pick<FeedbackLog, 'of'>;
  audit: Pick<AuditLog, 'of'>;
  declarationOf: FindDeclaration;
  now: Now;
};

/** As many digests are looked through for the last mails, and as many look-ups are named. */
const last = 20;

/**
 * All we keep about one reader, under this id and those they had before. Each entry of the ledger and the logs says in the
 * reader's language what it `means`; which colleague looked or acted is the colleague's own data, and left out.
 */
export async function myData(reader: ListedReader, locale: ReaderLocale, services: MyDataServices) {
  const { consents, feedback, audit, now } = services;
  const means = pagesWords[locale].myData;
  const ids = [reader.id, ...(await consents.idsBefore(reader.id))];
  const ofAll = async <Entry>(read: (id: string) => Promise<Entry[]>) => (await Promise.all(ids.toReversed().map(read))).flat();
  return {
    reader: factsOf(reader, ids.slice(1)),
    consent: (await ofAll((id) => consents.of(id))).map(({ by: _colleague, ...record }) => record),
    consentByList: await declarationFor(reader, services),
    networkAddresses: (await ofAll((id) => consents.networksOf(id, now()))).map(({ event, at, address }) => ({ event, at, address })),
    lastMails: (await readerDeliveries(ids, last, services)).map((mail) => ({ ...mail, means: means.outcome[mail.outcome] })),
    saidByMailbox: (await ofAll((id) => feedback.of(id, now()))).map((said) => ({ ...said, means: means.said[said.kind] })),
    accesses: (await ofAll((id) => audit.of(id, last))).map(({ at, act }) => ({ at, act, means: means.act[act] })),
  };
}

function factsOf(reader: ListedReader, formerIds: readonly string[]) {
  const { id, state, address, locale, topics, signedUpAt } = reader;
  const confirmed = reader.state === 'confirmed' && { confirmedAt: reader.confirmedAt, pausedUntil: reader.pausedUntil };
  return { id, state, address, locale, topics, signedUpAt, ...confirmed, ...(formerIds.length > 0 && { formerIds }) };
}

/** For a reader who was imported: who declared their consent, and where they signed up. */
async function declarationFor({ consentImport, consentedAt }: ListedReader, { declarationOf }: MyDataServices) {
  if (!consentImport) return undefined;
  const declaration = await declarationOf(consentImport);
  return { import: consentImport, consentedAt, origin: declaration?.origin, takenInAt: declaration?.at };
}
