import type { ConsentRecord } from '../subscribers/consent-log.ts';
import type { LeavingReason, Subscriber, SuppressionReason } from '../subscribers/subscriber.ts';

/** Who took a reader off the list: they themselves, an editor whom they asked, or an imported list that was newer. */
type LeftBy = 'themselves' | 'editor' | 'list';

/** What once happened to a reader; `at` is ISO in UTC, and texts of it compare as times do. */
export type ReaderEvent = { at: string } & (
  | { kind: 'confirmed' | 'imported' | 'restored' | 'reinstated' | 'erased' }
  | { kind: 'asked'; source?: string | undefined }
  /** By a change of address: a reader of the other one came here, or this one has lost its reader. */
  | { kind: 'arrived' | 'departed' }
  | { kind: 'left'; by: LeftBy; why?: LeavingReason | undefined }
  | { kind: 'suppressed'; reason: SuppressionReason }
);

/**
 * All that happened to a reader, oldest first: their item has what holds now, their evidence of consent what came before.
 * The item outweighs the evidence, which a worker that died may not have written. Nothing of it depends on the batch in
 * which anything was told. `importedAt`: when the import began that wrote the item last.
 */
export function historyOf(reader: Subscriber, evidence: readonly ConsentRecord[], importedAt = ''): ReaderEvent[] {
  const ending = endingOf(reader);
  // A reader who leaves while suppressed was off the list already.
  const leftMeanwhile = reader.state === 'suppressed' && (reader.leftAt ?? '') >= reader.suppressedAt ? reader.leftAt : undefined;
  const told = evidence
    .flatMap((record) => eventOf(record, reader))
    .filter(({ kind, at }) => (kind !== ending?.kind || at !== ending.at) && !(kind === 'left' && at === leftMeanwhile));
  const events = withoutVoid([...told, ...factsOf(reader, evidence)].sort((one, other) => compare(one.at, other.at)));
  // A suppression that the item does not show was judged again, unless the reader was erased after it.
  if (events.at(-1)?.kind === 'suppressed' && ending?.kind !== 'erased') events.pop();
  if (reader.state === 'confirmed') return withoutLateAskings(events);
  if (!ending) return events;
  // A complaint outlives that they were erased after it.
  if (ending.kind === 'suppressed') while (events.at(-1)?.kind === 'erased' && (events.at(-1)?.at ?? '') > ending.at) events.pop();
  // What holds now came last, whatever a list or a slower clock says of its time.
  const latest = [ending.at, events.at(-1)?.at ?? '', reader.importId ? importedAt : ''].sort(compare).at(-1) ?? '';
  return [...events, { ...ending, at: latest }];
}

/** One suppression, however often it was judged, by its gravest reason and latest time; and none that was taken back by itself. */
function withoutVoid(events: readonly ReaderEvent[]): ReaderEvent[] {
  const kept: ReaderEvent[] = [];
  for (const event of events) {
    const last = kept.at(-1);
    const isAgain = last?.kind === 'suppressed' && (event.kind === 'suppressed' || event.kind === 'restored');
    if (isAgain) kept.pop();
    if (event.kind === 'restored') continue;
    const isGraver = isAgain && last.reason === 'complaint' && event.kind === 'suppressed' && event.reason === 'bounce';
    kept.push(isGraver ? last : event);
  }
  return kept;
}

/** A reader is not waiting: an asking behind the click that made them one is of a clock that was ahead. */
function withoutLateAskings(events: readonly ReaderEvent[]): ReaderEvent[] {
  const joined = events.findLastIndex(({ kind }) => kind !== 'asked');
  return events.slice(0, joined + 1);
}

/** When the latest of a reader's own moments was: before it nothing about them is news. */
export function lastMomentOf(reader: Subscriber, importedAt = ''): string {
  const moments = [
    reader.signedUpAt,
    reader.confirmedAt,
    reader.reinstatedAt,
    reader.importedAt,
    endingOf(reader)?.at,
    reader.importId && importedAt,
  ];
  return (
    moments
      .filter((at) => at !== undefined)
      .sort(compare)
      .at(-1) ?? ''
  );
}

/** A reader who was imported and has done nothing since has no evidence of consent but the declaration of the import. */
export function hasEvidence(reader: Subscriber): boolean {
  if (reader.state === 'pending') return reader.importId === undefined;
  return reader.state !== 'confirmed' || !reader.consentImport || reader.signedUpAt !== undefined || reader.reinstatedAt !== undefined;
}

function endingOf(reader: Subscriber): ReaderEvent | undefined {
  switch (reader.state) {
    case 'unsubscribed':
      return { kind: 'left', at: reader.leftAt, by: ways[reader.leftBy ?? 'page'], why: reader.leftReason };
    case 'suppressed':
      return { kind: 'suppressed', at: reader.suppressedAt, reason: reader.reason };
    case 'erased':
      return { kind: 'erased', at: reader.erasedAt };
    case 'moved':
      return { kind: 'departed', at: reader.movedAt };
  }
}

const ways = { 'one-click': 'themselves', page: 'themselves', editor: 'editor', import: 'list' } as const;

function eventOf({ event, at, page, source, movedTo, reason, mailed }: ConsentRecord, { importedAt }: Subscriber): ReaderEvent[] {
  if (event === 'left')
    return [{ kind: 'left', at, by: page.startsWith('import:') ? 'list' : page === 'editor' ? 'editor' : 'themselves' }];
  if (event === 'suppressed') return [{ kind: 'suppressed', at, reason: reason === 'complaint' ? 'complaint' : 'bounce' }];
  if (event === 'moved') return [{ kind: movedTo ? 'departed' : 'arrived', at }];
  if (event === 'asked') return [{ kind: 'asked', at, source }];
  // Whom a list has brought may press the button of a mail all the same, which says again what was.
  if (event === 'confirmed' && at === importedAt) return [];
  return event === 'reinstated' && mailed === false ? [] : [{ kind: event, at }];
}

/** What the item says and the evidence does not. */
function factsOf(reader: Subscriber, evidence: readonly ConsentRecord[]): ReaderEvent[] {
  const { signedUpAt, confirmedAt, reinstatedAt, importedAt, importId } = reader;
  const isTold = (at: string, ...events: ConsentRecord['event'][]) => evidence.some((one) => one.at === at && events.includes(one.event));
  const facts: ReaderEvent[] = [];
  // What a list calls a sign-up was made elsewhere.
  if (signedUpAt && !(reader.state === 'pending' && importId) && !isTold(signedUpAt, 'asked'))
    facts.push({ kind: 'asked', at: signedUpAt });
  if (confirmedAt && confirmedAt !== importedAt && !isTold(confirmedAt, 'confirmed', 'moved'))
    facts.push({ kind: 'confirmed', at: confirmedAt });
  if (importedAt) facts.push({ kind: 'imported', at: importedAt });
  if (reinstatedAt && reader.state === 'confirmed' && !isTold(reinstatedAt, 'reinstated'))
    facts.push({ kind: 'reinstated', at: reinstatedAt });
  return facts;
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));
