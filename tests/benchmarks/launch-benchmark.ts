import { shareForPersons } from '../../functions/mail/send-quota.ts';
import { LaunchDay } from '../public/launch-day.ts';
import { type Cell, report } from './report.ts';

process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

/** 20,000 people in an hour at the rate that a new account has; six in ten confirm, ten minutes after their mail on average. */
const launch = { people: 20_000, seconds: 3_600, clickSeconds: 600, rate: 14 };
const hours = 7;
const mostSeconds = launch.people / (0.9 * shareForPersons(launch.rate));

async function measured(bots: number) {
  const day = new LaunchDay({ ...launch, bots });
  await day.run(hours);
  const willing = day.people.filter(({ confirms }) => confirms);
  const share = willing.filter(({ isIn }) => isIn).length / willing.length;
  return { bots, share, lastMail: day.lastMailMs / 1_000, late: day.late.length, botMails: day.botMails, refused: day.refused.length };
}

const figures = [await measured(0), await measured(10)];
const columns = ['networks of bots', 'in, % of who confirm', 'last mail, s', 'later than told', 'refused', 'mails to bots'];
const rows: Cell[][] = figures.map(({ bots, share, lastMail, late, refused, botMails }) => [
  bots,
  share * 100,
  lastMail,
  late,
  refused,
  botMails,
]);
report('launch', {
  figures,
  tables: [{ title: 'The day of a launch', columns, rows }],
  gates: figures.flatMap(({ bots, share, lastMail, late }) => [
    { what: `beside ${bots} networks of bots, share of those who confirm that is in`, figure: share, least: 0.99 },
    { what: `beside ${bots} networks of bots, seconds until the last mail`, figure: lastMail, most: mostSeconds },
    { what: `beside ${bots} networks of bots, people whose mail came later than told`, figure: late, most: 0 },
  ]),
});
