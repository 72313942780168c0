import type { Priced } from '../../functions/deliveries/report/list-prices.ts';

export type PricedTemplate = { Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }> };
export type StandingUse = { priced: Priced; things: number; amount: number; free: number };

const minutesInMonth = 30 * 24 * 60;
/** Lambda begins with five pollers a queue; each waits 20 seconds for a message, and asks again. */
const pollsOfQueue = 5 * 3 * minutesInMonth;

/**
 * What the resources of a template use in a month of thirty days in which nobody does anything, and how much of it is free in every
 * account, for ever. `things` are the resources that use it.
 */
export function standingUse({ Resources }: PricedTemplate): StandingUse[] {
  const resources = Object.values(Resources);
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
  const each = (type: string) => ({ things: ofType(type).length, amount: ofType(type).length });
  const polled = ofType('AWS::Lambda::EventSourceMapping').length;
  const schedules = ofType('AWS::Scheduler::Schedule').map(({ Properties }) => runsOf(String(Properties?.ScheduleExpression)));
  const runs = { things: schedules.length, amount: schedules.reduce((sum, amount) => sum + amount, 0) };
  return [
    { priced: 'queueRequest', things: polled, amount: polled * pollsOfQueue, free: 1e6 },
    { priced: 'secret', ...each('AWS::SecretsManager::Secret'), free: 0 },
    { priced: 'alarm', ...each('AWS::CloudWatch::Alarm'), free: 10 },
    { priced: 'dashboard', ...each('AWS::CloudWatch::Dashboard'), free: 3 },
    { priced: 'scheduledRun', ...runs, free: 14e6 },
    // What a schedule starts is one invocation, with or without a queue between.
    { priced: 'invocation', ...runs, free: 1e6 },
  ];
}

/** How often a schedule fires in a month: at its rate, or once a day at most, as every schedule here that names a time. */
function runsOf(expression: string): number {
  const [, every, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!every || !unit) return 30;
  return minutesInMonth / (Number(every) * { minute: 1, hour: 60, day: 24 * 60 }[unit as 'minute' | 'hour' | 'day']);
}
