import { Ledger } from '../../../functions/deliveries/ledger.ts';
import { type OutcomeLetter, outcomes } from '../../../functions/deliveries/reader-batch.ts';
import type { Digest } from '../../../functions/digests/digest.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import { wishesIn } from '../../../functions/digests/wishes/wish.ts';
import { IssueStore } from '../../../functions/issues/issue-store.ts';
import { shardsOf } from '../../../functions/platform/keys.ts';
import { Table } from '../../../functions/platform/table.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import type { LedgerHistory } from '../ledger-history.ts';
import type { Newsletter } from '../newsletter.ts';
import { type Readers, readerAt } from '../readers.ts';
import type { Accepted } from '../services/simulated-ses.ts';
import { digestId, type World } from '../world.ts';
import { checkArchive } from './archive.ts';
import { checkBrake, checkSlowStart } from './brake.ts';
import { checkBreaker, checkCanary, checkHolds, checkLeavers, checkPace, checkPostponed } from './conduct.ts';
import { checkFairness } from './fairness.ts';
import { checkNotices } from './notices.ts';
import { checkOutcomes } from './outcomes.ts';
import { checkRepeats } from './repeats.ts';
import { checkReport } from './reports.ts';
import { checkStates } from './states.ts';

/**
 * A planned reader as the ledger has them at the end. `seen`: attempts that SES confirmed; `begins`: the attempts with which they were
 * to be mailed again.
 */
export type Position = { letter: OutcomeLetter; seen: readonly number[]; begins: readonly number[]; state: string };

/** One digest, as SES and the ledger went through it. `mails`: by the person that they went to. */
export type DigestRecord = { digest: string; history: LedgerHistory; books: readonly Accepted[]; mails: Mails };
type Mails = ReadonlyMap<string, readonly Accepted[]>;

/** Everything the protocol promises, held against SES's own books and the list as it really was. */
export async function check(world: World, newsletter: Newsletter, readers: Readers) {
  const table = new Table(world.database.client(), 'Table');
  const books = newsletter.ses.accepted.filter(({ tags }) => tags.kind === 'digest');
  const byPerson = (some: readonly Accepted[]): Mails => Map.groupBy(some, ({ to }) => readers.personOf(readerAt(to)));
  const all = byPerson(books);
  const digests: Digest[] = [];
  for (const id of new Set([digestId, ...world.histories.keys()])) {
    const own = books.filter(({ tags }) => tags.digest === id);
    const record = { digest: id, history: world.historyOf(id), books: own, mails: byPerson(own) };
    const digest = await new DigestStore(table).find(id);
    if (digest) digests.push(digest);
    await checkDigest(world, newsletter, readers, { digest, record, ledger: new Ledger(table), all });
    if (digest) await checkArchive(world, new IssueStore(table), digest, own);
  }
  checkLeavers(world, readers, books);
  checkPace(world, newsletter);
  checkBreaker(world, newsletter);
  checkFairness(world, newsletter, digests);
  await checkStates(world, newsletter, readers, { subscribers: new SubscriberStore(table), mails: all });
}

type Checked = { digest: Digest | undefined; record: DigestRecord; ledger: Ledger; all: Mails };

async function checkDigest(world: World, newsletter: Newsletter, readers: Readers, { digest, record, ledger, all }: Checked) {
  const end = (what: string) => world.violated('the digest ended', `${record.digest} ${what}`);
  if (!digest || digest.phase === 'open') end(`is ${digest?.phase}, held by ${[...(digest?.holds ?? [])]}`);
  if (digest?.phase === 'done')
    for (const { kind } of wishesIn(digest))
      world.violated('a wish is fulfilled', `${kind} again of ${digest.id} was not, when all was well`);
  if (digest?.phase === 'skipped') end('was skipped although an issue was queued');
  const positions = await plannedReaders(world, { id: record.digest, shards: digest?.shards ?? 16 }, ledger, readers);
  checkAudience(world, readers, positions, { frozenAt: digest?.frozenAt ?? '', all });
  checkRepeats(world, record);
  checkOutcomes(world, newsletter, readers, { positions, mails: record.mails, all });
  await checkReport(world, newsletter, { ...record, ledger, positions }, digest?.shards);
  checkHolds(world, record, newsletter);
  checkPostponed(world, record, newsletter);
  if (!digest) return;
  checkCanary(world, digest, record);
  checkSlowStart(world, digest, record);
  checkBrake(world, digest, record);
  checkNotices(world, newsletter, digest);
}

async function plannedReaders(
  world: World,
  { id: digest, shards }: Pick<Digest, 'id' | 'shards'>,
  ledger: Ledger,
  readers: Readers,
): Promise<Map<string, Position>> {
  const positions = new Map<string, Position>();
  for (const shard of shardsOf(shards))
    for await (const { batch, evidence } of ledger.entries(digest, shard))
      for (const [n, planned] of batch.readers.entries()) {
        const id = readers.personOf(planned);
        if (positions.has(id)) world.violated('everybody is planned, once', `${id} is planned twice`);
        const letter = batch.outcomes[n] ?? outcomes.open;
        const begins = batch.rounds.flatMap(([attempt, again]) => (again.includes(n) ? [attempt] : []));
        positions.set(id, { letter, seen: [...evidence.acceptedIn(n)], begins, state: batch.state });
      }
  return positions;
}

/** Everybody who was confirmed when the digest was frozen and still is; nobody who joined later. */
function checkAudience(
  world: World,
  readers: Readers,
  positions: ReadonlyMap<string, Position>,
  { frozenAt, all }: { frozenAt: string; all: Mails },
) {
  // A mail of another digest may have shown that they are no readers any more; also one to somebody who shares their address.
  const isTold = (id: string, kinds: readonly string[]) => all.get(id)?.some(({ told }) => kinds.some((kind) => told.has(kind)));
  const isJudged = (id: string) => isTold(id, ['Bounce', 'Soft']) || readers.sharing(id).some((each) => isTold(each, ['Complaint']));
  for (const id of readers.first)
    if (!positions.has(id) && !readers.hasGone(id) && !(world.histories.size > 1 && isJudged(id)))
      world.violated('everybody is planned, once', `${id} was never planned`);
  for (const id of readers.joined)
    if (positions.has(id) && Math.floor(readers.joinedAt.get(id) ?? 0) > Date.parse(frozenAt))
      world.violated('everybody is planned, once', `${id} joined later and was planned`);
}
