import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { WrongSettings } from '../settings.ts';
import { PortTaken } from './gateway.ts';
import { defaultDataFolder, startLocalRun } from './local-run.ts';

process.env.TZ = 'UTC';

const usage = `npm start                        runs the newsletter here; its data stays in .periodical/
npm start -- --fresh             begins empty and keeps nothing
npm start -- --data <folder>     keeps its data there
npm start -- --ses-rate 50       mails a second that SES lets through (14)
npm start -- --clock-offset 5000 begins with the clock so many milliseconds ahead
PORT=8080 npm start              another port than 3000`;

class WrongArgument extends Error {}

type Wishes = { port: number; dataFolder: string | undefined; sesRate: number; clockOffsetMs: number };

function wishes(): Wishes {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      data: { type: 'string', default: defaultDataFolder },
      'ses-rate': { type: 'string', default: '14' },
      'clock-offset': { type: 'string', default: '0' },
    },
  });
  const port = Number(process.env.PORT ?? 3000);
  const sesRate = Number(values['ses-rate']);
  const clockOffsetMs = Number(values['clock-offset']);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new WrongArgument(`PORT is ${process.env.PORT}; a port such as 3000 would do.`);
  if (!(sesRate > 0)) throw new WrongArgument(`--ses-rate is ${values['ses-rate']}; a number above 0, such as 50, would do.`);
  if (!Number.isInteger(clockOffsetMs))
    throw new WrongArgument(`--clock-offset is ${values['clock-offset']}; whole milliseconds, such as 300000, would do.`);
  return { port, dataFolder: values.fresh ? undefined : resolve(values.data), sesRate, clockOffsetMs };
}

async function start() {
  const { dataFolder, ...rest } = wishes();
  const run = await startLocalRun({ ...rest, dataFolder });
  const stop = async () => {
    // Who presses Ctrl-C twice does not want to wait.
    process.once('SIGINT', () => process.exit(130));
    await run.stop();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.write(`Periodical is ready on ${run.origin}

  Readers sign up    ${run.origin}/
  Editors            ${run.origin}/editors/
  Mail that went out ${run.origin}/_local/outbox
  Behind the scenes  ${run.origin}/_local/

  ${dataFolder ? `Data is kept in ${relative('', dataFolder)}/; npm start -- --fresh begins empty.` : 'Begun empty; nothing is kept.'} Ctrl-C stops it.
`);
}

start().catch((error: unknown) => {
  const words = wordsFor(error);
  process.stderr.write(`${words}\n`);
  process.exit(1);
});

function wordsFor(error: unknown): string {
  if (error instanceof PortTaken || error instanceof WrongSettings) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') || error instanceof WrongArgument)
    return `${error.message}\n\n${usage}`;
  if ((error.cause as NodeJS.ErrnoException | undefined)?.code === 'LEVEL_LOCKED')
    return 'The data there is in use by another local run. Stop that one, or begin empty: npm start -- --fresh';
  return error.stack ?? error.message;
}
