import { emptyReceipt, type Receipt } from '../digests/digest.ts';
import { shards } from '../platform/keys.ts';
import type { Evidence } from './evidence.ts';
import type { Ledger } from './ledger.ts';
import { type OutcomeLetter, outcomes, skipReasons } from './order.ts';

/**
 * The account of a digest, derived from its ledger every time: audience = submitted + skipped + rejected + unknown + open.
 * Reads the whole ledger, about 1 KB for 50 readers, and the evidence beside it.
 */
export async function receiptOf(digest: string, ledger: Pick<Ledger, 'entries'>): Promise<Receipt> {
  const receipt = emptyReceipt();
  await Promise.all(
    shards.map(async (shard) => {
      for await (const { order, evidence } of ledger.entries(digest, shard)) {
        receipt.resent += order.resent;
        for (const [position, letter] of order.outcomes.entries()) count(receipt, letter, evidence, position);
      }
    }),
  );
  return receipt;
}

/** Evidence outweighs a letter: what SES owned up to was submitted, whatever the worker saw. */
function count(receipt: Receipt, letter: OutcomeLetter, evidence: Evidence, position: number) {
  receipt.audience += 1;
  const reason = skipReasons.find((skipped) => outcomes[skipped] === letter);
  if (letter === outcomes.submitted || evidence.has('sent', position)) receipt.submitted += 1;
  else if (letter === outcomes.rejected) receipt.rejected += 1;
  else if (letter === outcomes.unknown) receipt.unknown += 1;
  else if (reason) receipt.skipped[reason] = (receipt.skipped[reason] ?? 0) + 1;
  else receipt.open += 1;
  if (evidence.count('sent', position) > 1) receipt.duplicated += 1;
  if (evidence.has('delivered', position)) receipt.delivered += 1;
  if (evidence.has('bounced', position)) receipt.bounced += 1;
  if (evidence.has('blocked', position)) receipt.blocked += 1;
  if (evidence.has('complained', position)) receipt.complained += 1;
}
