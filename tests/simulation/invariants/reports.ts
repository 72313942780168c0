import { isDeepStrictEqual } from 'node:util';
import type { Ledger } from '../../../functions/deliveries/ledger.ts';
import { outcomes } from '../../../functions/deliveries/reader-batch.ts';
import { currentReport } from '../../../functions/deliveries/report/current-report.ts';
import { reportOf } from '../../../functions/deliveries/report/report-of.ts';
import type { DeliveryReport } from '../../../functions/digests/delivery-report.ts';
import type { ShardCount } from '../../../functions/platform/keys.ts';
import type { Newsletter } from '../newsletter.ts';
import type { Accepted } from '../services/simulated-ses.ts';
import type { World } from '../world.ts';
import { type Account, hasLastWord } from './outcomes.ts';

/** The report adds up, counts whom the ledger planned, and tells of mailboxes what SES told. */
export async function checkReport(
  world: World,
  { events }: Newsletter,
  { digest, ledger, positions, mails }: Pick<Account, 'positions' | 'mails'> & { digest: string; ledger: Ledger },
  shards: ShardCount = 16,
) {
  const report = await reportOf(digest, ledger, shards);
  const wrong = (what: string) => world.violated('the report is SES’s own', what);
  await checkSums(world, { digest, ledger }, report);
  const { audience, submitted, skipped, rejected, unknown, open } = report;
  const skips = Object.values(skipped).reduce((sum, n) => sum + n, 0);
  if (audience !== positions.size) wrong(`it counts ${audience} readers, and ${positions.size} are planned`);
  if (audience !== submitted + skips + rejected + unknown + open) wrong('it does not add up');
  if (report.discrepancy) wrong(`it finds that ${report.discrepancy}`);
  const twice = [...positions.values()].filter(({ seen, begins }) => roundsOf(seen, begins).some((attempts) => attempts.length > 1)).length;
  if (report.duplicated !== twice) wrong(`it counts ${report.duplicated} duplicates, and evidence shows ${twice}`);
  // Events that failed five times wait for a person, with an alarm.
  if (events.deadLetters.length > 0) return;
  checkRemailed(world, { positions, mails }, report);
  const counts = (id: string, mail: Accepted, kind: string) =>
    mail.told.has(kind) && (kind !== 'Block' || Number(mail.tags.attempt) >= (positions.get(id)?.begins.at(-1) ?? 0));
  const told = (kinds: readonly string[]) =>
    [...mails].filter(([id, each]) => each.some((mail) => kinds.some((kind) => counts(id, mail, kind)))).length;
  for (const [figure, kinds] of [
    ['delivered', ['Delivery']],
    ['bounced', ['Bounce', 'Soft']],
    ['blocked', ['Block']],
    ['complained', ['Complaint']],
  ] as const)
    if (report[figure] !== told(kinds)) wrong(`it counts ${report[figure]} ${figure}, and SES told of ${told(kinds)}`);
}

/** Attempts by the rounds they belong to; one begins with each time that the reader is to be mailed again. */
const roundsOf = (attempts: readonly number[], begins: readonly number[]): number[][] =>
  [0, ...begins].map((from, n) => attempts.filter((attempt) => attempt >= from && attempt < (begins[n] ?? Number.POSITIVE_INFINITY)));

/**
 * Counted is every mail beyond the first that SES took because an editor wanted it, as far as SES told or a worker had its answer. A
 * last word that comes late about an earlier mail leaves open whether the last one was sent.
 */
function checkRemailed(world: World, { positions, mails }: Pick<Account, 'positions' | 'mails'>, { remailed }: DeliveryReport) {
  let [least, most] = [0, 0];
  for (const [id, { begins, letter }] of positions) {
    const accepted = (mails.get(id) ?? []).map((mail) => ({ ...mail, attempt: Number(mail.tags.attempt) }));
    for (const [n, from] of begins.entries()) {
      const own = accepted.filter(({ attempt }) => attempt >= from && attempt < (begins[n + 1] ?? Number.POSITIVE_INFINITY));
      if (own.length === 0) continue;
      if (own.some(({ told }) => told.size > 0)) least += 1;
      else if (letter === outcomes.submitted && !accepted.some(hasLastWord)) least += 1;
      most += 1;
    }
  }
  if (most > 0) world.faults.count('reader mailed again after a block', most);
  if (remailed < least || remailed > most)
    world.violated('who is mailed again is counted', `the report has ${remailed}, and SES took ${least} to ${most}`);
}

/** The sums of segments, of which only those that were marked are read again, come to what the whole ledger comes to. */
async function checkSums(world: World, { digest, ledger }: { digest: string; ledger: Ledger }, whole: DeliveryReport) {
  const summed = await currentReport(digest, { ledger, now: () => new Date(world.scheduler.now) });
  const differs = (Object.keys(whole) as (keyof DeliveryReport)[]).filter((key) => !isDeepStrictEqual(summed[key], whole[key]));
  for (const key of differs)
    world.violated(
      'sums are what the ledger comes to',
      `${key}: ${JSON.stringify(summed[key])}, and the ledger has ${JSON.stringify(whole[key])}`,
    );
}
