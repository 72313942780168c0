import type { StatisticsAnswer } from '../../../functions/api/statistics/statistics-answer.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { clientOf } from './newsletter-client.ts';

export const statsCommand: CommandModule = (program, { words, act }) =>
  program.command('stats').description(words.commands.stats).action(act(stats));

async function stats(context: Context): Promise<Outcome> {
  const statistics = await clientOf(context).get<StatisticsAnswer>('/api/v1/statistics');
  for (const line of context.words.newsletter.stats(statistics)) context.terminal.say(line);
  return { result: statistics };
}
