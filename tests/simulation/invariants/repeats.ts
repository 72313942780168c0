import type { Accepted } from '../services/simulated-ses.ts';
import type { World } from '../world.ts';

/** So long, at least, the rule waits for evidence. */
const ruleWaits = 30 * 60_000;

/**
 * A crash repeats no mail that SES has owned up to: whoever was mailed again, of them the ledger knew nothing when the later
 * attempt was claimed; and then either an editor had said "send to the unknown", or the rule was to send after 30 minutes and
 * SES had lost **every** event of the earlier mail, or kept all of them for longer than that. So with `never` nobody is mailed twice
 * but by an editor's word, and with the default no more than there were mails of which SES told nothing at all.
 */
export function checkRepeats(world: World, mails: ReadonlyMap<string, readonly Accepted[]>) {
  for (const [id, [first, ...again]] of mails) {
    const before = first ? [first] : [];
    for (const mail of again) {
      const why = before.map((earlier) => whyWrong(world, earlier, mail)).find((wrong) => wrong !== undefined);
      if (why) world.violated('nobody is mailed twice', `${id}: attempt ${mail.tags.attempt} went out ${why}`);
      before.push(mail);
    }
  }
}

function whyWrong({ history, circumstances, sentToUnknownAt }: World, earlier: Accepted, later: Accepted): string | undefined {
  const [old, mine] = [placeOf(earlier), placeOf(later)];
  if (old.shard !== mine.shard || old.order !== mine.order || old.position !== mine.position) return 'from another place in the ledger';
  if (mine.attempt === old.attempt) return 'twice';
  const claimedAt = history.claimedAt(mine, mine.attempt) ?? 0;
  if (mine.attempt < old.attempt) return `after attempt ${old.attempt}`;
  const ownedUpAt = history.ownedUpAt(old, old.position, old.attempt);
  if (ownedUpAt !== undefined && ownedUpAt < claimedAt) return `although SES had owned up to attempt ${old.attempt} before it was claimed`;
  if (sentToUnknownAt.some((saidAt) => saidAt < claimedAt)) return undefined;
  if (circumstances.resend === 'never') return 'under never';
  return earlier.firstEventAt > earlier.at + ruleWaits ? undefined : 'although SES had told of the earlier mail in time';
}

const placeOf = ({ tags: { shard = '', order, position, attempt } }: Accepted) => ({
  shard,
  order: Number(order),
  position: Number(position),
  attempt: Number(attempt),
});
