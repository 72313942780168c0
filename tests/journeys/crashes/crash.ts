import { commandLine } from '../../support/command-line.ts';
import { type CrashOutcome, crashRound } from './crash-round.ts';
import { brokenPromises } from './promises.ts';
import { type Strike, strikesOf } from './strikes.ts';

type Round = { seed: number; strikes: Strike[]; outcome: CrashOutcome; broken: string[] };

const {
  rounds: wanted,
  seed: first,
  readers,
  rate,
} = commandLine({
  usage: 'npm run crash -- --rounds 20 --seed 1 --readers 2000 --rate 500   rounds, the seed of the first, readers, mails a second',
  counts: { rounds: 20, seed: 1, readers: 2_000, rate: 500 },
});

const rounds: Round[] = [];
for (let seed = first; seed < first + wanted; seed += 1) rounds.push(await play(seed));
console.log(summaryOf(rounds));
if (rounds.some(({ broken }) => broken.length > 0)) process.exitCode = 1;

async function play(seed: number): Promise<Round> {
  const strikes = strikesOf(seed, readers);
  console.log(`round ${seed}: ${readers} readers at ${rate}/s, ${strikes.length} kills`);
  const outcome = await crashRound({ readers, rate, strikes, say: (line) => console.log(`  ${line}`) });
  const broken = brokenPromises(outcome, readers);
  console.log(`  ${outcome.digest?.state} after ${outcome.minutes} minutes: ${outcome.mails} mails to ${outcome.mailed} readers`);
  for (const promise of broken) console.log(`  WRONG: ${promise}`);
  return { seed, strikes, outcome, broken };
}

function summaryOf(played: readonly Round[]): string {
  const sum = (of: (round: Round) => number) => played.reduce((total, round) => total + of(round), 0);
  const wrong = played.filter(({ broken }) => broken.length > 0).map(({ seed }) => seed);
  return [
    `${played.length} rounds, ${sum(({ strikes }) => strikes.length)} kills,`,
    `${sum(({ strikes }) => strikes.filter(({ kills }) => kills === 'everything').length)} of them of everything:`,
    `${sum(({ outcome }) => outcome.mails - outcome.mailed)} mailed twice, ${sum(({ outcome }) => readers - outcome.mailed)} lost;`,
    `${sum(({ outcome }) => outcome.digest?.report.resent ?? 0)} positions of dead workers planned again.`,
    wrong.length === 0 ? 'Nobody twice, nobody lost.' : `Wrong: ${wrong.join(' ')}. Again: npm run crash -- --rounds 1 --seed ${wrong[0]}`,
  ].join(' ');
}
