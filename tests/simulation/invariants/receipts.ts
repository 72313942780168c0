import type { Ledger } from '../../../functions/deliveries/ledger.ts';
import { receiptOf } from '../../../functions/deliveries/receipt/receipt.ts';
import type { Newsletter } from '../newsletter.ts';
import { digestId } from '../scenario.ts';
import type { World } from '../world.ts';
import type { Account } from './outcomes.ts';

/** The receipt adds up, counts whom the ledger planned, and tells of mailboxes what SES told. */
export async function checkReceipt(world: World, { events }: Newsletter, { ledger, positions, mails }: Account & { ledger: Ledger }) {
  const receipt = await receiptOf(digestId, ledger);
  const wrong = (what: string) => world.violated('the receipt is SES’s own', what);
  const { audience, submitted, skipped, rejected, unknown, open } = receipt;
  const skips = Object.values(skipped).reduce((sum, n) => sum + n, 0);
  if (audience !== positions.size) wrong(`it counts ${audience} readers, and ${positions.size} are planned`);
  if (audience !== submitted + skips + rejected + unknown + open) wrong('it does not add up');
  if (receipt.discrepancy) wrong(`it finds that ${receipt.discrepancy}`);
  const twice = [...positions.values()].filter(({ seen }) => seen > 1).length;
  if (receipt.duplicated !== twice) wrong(`it counts ${receipt.duplicated} duplicates, and evidence shows ${twice}`);
  // Events that failed five times wait for a person, with an alarm.
  if (events.deadLetters.length > 0) return;
  const told = (kinds: readonly string[]) =>
    [...mails.values()].filter((each) => each.some((mail) => kinds.some((kind) => mail.told.has(kind)))).length;
  for (const [figure, kinds] of [
    ['delivered', ['Delivery']],
    ['bounced', ['Bounce', 'Soft']],
    ['blocked', ['Block']],
    ['complained', ['Complaint']],
  ] as const)
    if (receipt[figure] !== told(kinds)) wrong(`it counts ${receipt[figure]} ${figure}, and SES told of ${told(kinds)}`);
}
