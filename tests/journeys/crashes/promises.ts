import type { CrashOutcome } from './crash-round.ts';

/** What a round did not hold of: nobody twice, nobody lost, the report says so, and the digest ended by itself. */
export function brokenPromises({ mails, mailed, digest }: CrashOutcome, readers: number): string[] {
  const { report, state } = digest ?? {};
  const promises: [words: string, isKept: boolean][] = [
    [`${mails - mailed} mails too many`, mails === mailed],
    [`${readers - mailed} readers have no mail`, mailed === readers],
    [`the digest is ${state}`, state === 'done'],
    [`the report says ${JSON.stringify(report)}`, report?.audience === readers && report.submitted === readers],
    ['positions are open, unknown or doubled', report?.open === 0 && report.unknown === 0 && report.duplicated === 0],
  ];
  return promises.flatMap(([words, isKept]) => (isKept ? [] : [words]));
}
