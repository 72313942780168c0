import type { CrashOutcome } from './crash-round.ts';

/** What a round did not hold of: nobody twice, nobody lost, the receipt says so, and the digest ended by itself. */
export function brokenPromises({ mails, mailed, digest }: CrashOutcome, readers: number): string[] {
  const { receipt, state } = digest ?? {};
  const promises: [words: string, isKept: boolean][] = [
    [`${mails - mailed} mails too many`, mails === mailed],
    [`${readers - mailed} readers have no mail`, mailed === readers],
    [`the digest is ${state}`, state === 'done'],
    [`the receipt says ${JSON.stringify(receipt)}`, receipt?.audience === readers && receipt.submitted === readers],
    ['positions are open, unknown or doubled', receipt?.open === 0 && receipt.unknown === 0 && receipt.duplicated === 0],
  ];
  return promises.flatMap(([words, isKept]) => (isKept ? [] : [words]));
}
