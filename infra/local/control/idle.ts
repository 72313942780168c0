import type { RunningTemplate } from '../run-template.ts';

/**
 * What is in flight or due: functions handling events, messages in queues, events SES owes, schedules whose time has
 * come. Dead letters are not: nobody is about to take them. Nor is a message that is delayed for more than a minute from now, such as
 * one that looks after an import.
 */
export function whatIsUnderWay({
  functions,
  queues,
  books,
  schedules,
}: Pick<RunningTemplate, 'functions' | 'queues' | 'books' | 'schedules'>) {
  const running = [...functions.values()]
    .filter((each) => each.running > 0)
    .map(({ definition, running }) => ({ name: definition.name, running }));
  const waiting = queues
    .depths()
    .filter(({ deadLetters, visible, inFlight, soon }) => !deadLetters && visible + inFlight + soon > 0)
    .map(({ queue, visible, inFlight, delayed }) => ({ queue, visible, inFlight, delayed }));
  const sesEventsOwed = books.owedCount;
  const schedulesDue = schedules.due();
  const idle = running.length === 0 && waiting.length === 0 && sesEventsOwed === 0 && schedulesDue.length === 0;
  return { idle, functions: running, queues: waiting, sesEventsOwed, schedulesDue };
}
