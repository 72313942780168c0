import { emptyReceipt, type Receipt } from '../../digests/receipt.ts';
import { shards } from '../../platform/keys.ts';
import type { Evidence } from '../evidence.ts';
import type { Ledger } from '../ledger.ts';
import { noProvider, type Order, outcomes, skipReasons } from '../order.ts';
import { Reconciliation } from './adds-up.ts';
import { ProviderCount } from './provider-figures.ts';
import { SendingSum } from './sending.ts';

/**
 * The account of a digest, derived from its ledger every time: audience = submitted + skipped + rejected + unknown + open.
 * Reads the whole ledger, about 1 KB for 50 readers, and the evidence beside it. A ledger that does not fit together makes
 * a receipt that says so.
 */
export async function receiptOf(digest: string, ledger: Pick<Ledger, 'entries' | 'fannedOut'>): Promise<Receipt> {
  const counting = { receipt: emptyReceipt(), providers: new ProviderCount() };
  const { receipt, providers } = counting;
  const [sending, reconciliation] = [new SendingSum(), new Reconciliation()];
  // Read first: what it says was planned is there by the time the orders are read.
  const planned = await ledger.fannedOut(digest);
  for (const { calls } of planned.values()) sending.addCalls(calls);
  await Promise.all(
    shards.map(async (shard) => {
      for await (const { order, evidence } of ledger.entries(digest, shard)) {
        reconciliation.check(order, evidence);
        sending.add(order.account);
        receipt.resent += order.resent;
        for (const position of order.readers.keys()) count(counting, order, evidence, position);
      }
    }),
  );
  const discrepancy = reconciliation.verdict(receipt, planned);
  return {
    ...receipt,
    byProvider: providers.rows,
    addsUp: discrepancy === null,
    discrepancy,
    sending: sending.sending(receipt.submitted),
  };
}

type Counting = { receipt: Receipt; providers: ProviderCount };

/** Evidence outweighs a letter: what SES owned up to was submitted, whatever the worker saw. */
function count({ receipt, providers }: Counting, order: Order, evidence: Evidence, position: number) {
  const letter = order.outcomes[position];
  const submitted = letter === outcomes.submitted || evidence.isAccepted(position);
  const reason = skipReasons.find((skipped) => outcomes[skipped] === letter);
  receipt.audience += 1;
  if (submitted) receipt.submitted += 1;
  else if (letter === outcomes.rejected) receipt.rejected += 1;
  else if (letter === outcomes.unknown) receipt.unknown += 1;
  else if (reason) receipt.skipped[reason] = (receipt.skipped[reason] ?? 0) + 1;
  else if (letter === outcomes.open) receipt.open += 1;
  const provider = order.providers[position] ?? noProvider;
  if (submitted || letter === outcomes.unknown) providers.add(provider, submitted ? 'submitted' : 'unknown', evidence, position);
  else if (letter === outcomes.open && provider !== noProvider) providers.add(provider, 'waiting', evidence, position);
  if (evidence.acceptances(position) > 1) receipt.duplicated += 1;
  if (evidence.has('delivered', position)) receipt.delivered += 1;
  if (evidence.has('bounced', position)) receipt.bounced += 1;
  if (evidence.has('blocked', position)) receipt.blocked += 1;
  if (evidence.has('complained', position)) receipt.complained += 1;
  if (evidence.isDelayed(position)) receipt.delayed += 1;
}
