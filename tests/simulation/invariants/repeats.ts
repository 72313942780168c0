import type { Accepted } from '../services/simulated-ses.ts';
import type { World } from '../world.ts';
import type { DigestRecord } from './check.ts';

/** So long, at least, the rule waits for evidence. */
const ruleWaits = 30 * 60_000;
const clocksApart = 20_000;
const lastWords = ['delivered', 'bounced', 'complained'] as const;

/**
 * A crash repeats no mail that SES has confirmed. A reader may be mailed again only if the ledger had no evidence of the first mail
 * when the later attempt was claimed. In addition, either an editor had them planned again, or the rule was to send after 30 minutes
 * and SES had lost **every** event of the first mail, or delayed all of them for longer than that. So with `never` only an editor can
 * cause a second mail, and with the default there are no more second mails than mails without any event. Or their provider had refused
 * the first mail, nobody said anything else of any, and an editor had them mailed again after it: once for each wish.
 */
export function checkRepeats(world: World, record: DigestRecord) {
  for (const [id, [first, ...again]] of record.mails) {
    const before = first ? [first] : [];
    for (const mail of again) {
      const why = before.map((earlier) => whyWrong(world, record, earlier, mail)).find((wrong) => wrong !== undefined);
      if (why) world.violated('nobody is mailed twice', `${id}: attempt ${mail.tags.attempt} went out ${why}`);
      before.push(mail);
    }
  }
}

function whyWrong(world: World, { digest, history }: DigestRecord, earlier: Accepted, later: Accepted): string | undefined {
  const { circumstances } = world;
  const wishes = world.wishes.filter((wish) => wish.digest === digest);
  const [old, mine] = [placeOf(earlier), placeOf(later)];
  if (old.shard !== mine.shard || old.batch !== mine.batch || old.position !== mine.position) return 'from another place in the ledger';
  if (mine.attempt === old.attempt) return 'twice';
  const claimedAt = history.claimedAt(mine, mine.attempt) ?? 0;
  if (mine.attempt < old.attempt) return `after attempt ${old.attempt}`;
  const isWished = (wanted: 'plan' | 'mail') =>
    wishes.some(({ kind, at }) => kind === wanted && at > earlier.at - clocksApart && at < claimedAt);
  const knew = (kind: Parameters<typeof history.toldAt>[3]) => history.toldAt(old, old.position, old.attempt, kind) < claimedAt;
  if (isWished('mail') && knew('blocked')) {
    const last = lastWords.find(knew);
    return last && `although SES had said that attempt ${old.attempt} was ${last}`;
  }
  const confirmedAt = history.confirmedAt(old, old.position, old.attempt);
  if (confirmedAt !== undefined && confirmedAt < claimedAt)
    return `although SES had confirmed attempt ${old.attempt} before it was claimed`;
  if (isWished('plan')) return undefined;
  if (circumstances.resend === 'never') return 'under never';
  return earlier.firstEventAt > earlier.at + ruleWaits ? undefined : 'although SES had told of the earlier mail in time';
}

const placeOf = ({ tags: { shard = '', batch, position, attempt } }: Accepted) => ({
  shard,
  batch: Number(batch),
  position: Number(position),
  attempt: Number(attempt),
});
