import { Ledger } from '../../../functions/deliveries/ledger.ts';
import { type OutcomeLetter, outcomes } from '../../../functions/deliveries/order.ts';
import { DigestStore } from '../../../functions/digests/digest-store.ts';
import { shards } from '../../../functions/platform/keys.ts';
import { Table } from '../../../functions/platform/table.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import type { Newsletter } from '../newsletter.ts';
import { type Readers, readerAt } from '../readers.ts';
import { digestId } from '../scenario.ts';
import type { World } from '../world.ts';
import { checkCanary, checkHeldBack, checkHolds, checkLeavers, checkPace } from './conduct.ts';
import { checkNotices } from './notices.ts';
import { checkOutcomes } from './outcomes.ts';
import { checkReceipt } from './receipts.ts';
import { checkRepeats } from './repeats.ts';
import { checkStates } from './states.ts';

/** A planned reader as the ledger has them at the end; `seen`: attempts that SES owned up to. */
export type Position = { letter: OutcomeLetter; seen: number; state: string };

/** Everything the protocol promises, held against SES's own books and the list as it really was. */
export async function check(world: World, newsletter: Newsletter, readers: Readers) {
  const table = new Table(world.database.client(), 'Table');
  const ledger = new Ledger(table);
  const digest = await new DigestStore(table).find(digestId);
  const books = newsletter.ses.accepted.filter(({ tags }) => tags.kind === 'digest');
  const mails = Map.groupBy(books, ({ to }) => readers.personOf(readerAt(to)));

  const end = (what: string) => world.violated('the digest ended', what);
  if (!digest || digest.phase === 'open') end(`it is ${digest?.phase}, held by ${[...(digest?.holds ?? [])]}`);
  if (digest?.phase === 'skipped') end('it was skipped although an issue was queued');
  const positions = await plannedReaders(world, ledger, readers);
  checkAudience(world, readers, positions, digest?.frozenAt ?? '');
  checkRepeats(world, mails);
  checkOutcomes(world, newsletter, readers, { positions, mails });
  await checkReceipt(world, newsletter, { ledger, positions, mails });
  checkLeavers(world, readers, books);
  checkPace(world, newsletter);
  checkHolds(world, newsletter);
  checkHeldBack(world, newsletter);
  await checkStates(world, newsletter, readers, { subscribers: new SubscriberStore(table), mails });
  if (!digest) return;
  checkCanary(world, digest, books);
  checkNotices(world, newsletter, digest);
}

async function plannedReaders(world: World, ledger: Ledger, readers: Readers): Promise<Map<string, Position>> {
  const positions = new Map<string, Position>();
  for (const shard of shards)
    for await (const { order, evidence } of ledger.entries(digestId, shard))
      for (const [n, planned] of order.readers.entries()) {
        const id = readers.personOf(planned);
        if (positions.has(id)) world.violated('everybody is planned, once', `${id} is planned twice`);
        const letter = order.outcomes[n] ?? outcomes.open;
        positions.set(id, { letter, seen: evidence.acceptances(n), state: order.state });
      }
  return positions;
}

/** Everybody who was confirmed when the digest was frozen and still is; nobody who joined later. */
function checkAudience(world: World, readers: Readers, positions: ReadonlyMap<string, Position>, frozenAt: string) {
  for (const id of readers.first)
    if (!positions.has(id) && !readers.hasGone(id)) world.violated('everybody is planned, once', `${id} was never planned`);
  for (const id of readers.joined)
    if (positions.has(id) && Math.floor(readers.joinedAt.get(id) ?? 0) > Date.parse(frozenAt))
      world.violated('everybody is planned, once', `${id} joined later and was planned`);
}
