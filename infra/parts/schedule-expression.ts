import { dayOfMonth, type ScheduleSetting, type Weekday, weekdays } from '../../functions/settings/schedule-setting.ts';

/**
 * The cron expression of EventBridge Scheduler for a schedule. No cron says "every two weeks": that schedule fires every week,
 * and the run finds that a week has no turn.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function scheduleExpression(schedule: ScheduleSetting): string {
  const [hour, minute] = schedule.time.split(':').map(Number);
  return `cron(${minute} ${hour} ${daysOf(schedule)} *)`;
}

/** Day of the month, month and day of the week; one of the two days has to be `?`. */
function daysOf(schedule: ScheduleSetting): string {
  switch (schedule.every) {
    case 'day':
      return '* * ?';
    case 'working day':
      return '? * MON-FRI';
    case 'week':
      return `? * ${schedule.on.map(short).join(',')}`;
    case 'two weeks':
      return `? * ${short(schedule.on)}`;
    case 'month':
      return daysOfMonth(schedule.on);
  }
}

function daysOfMonth(words: string): string {
  const on = dayOfMonth(words);
  if (!on) throw new Error(`The schedule has no day “${words}”.`);
  if ('day' in on) return `${on.day === 'last' ? 'L' : on.day} * ?`;
  // Here days are numbers, 1 for Sunday: the form with names is not documented for `L`.
  const day = ((weekdays.indexOf(on.weekday) + 1) % 7) + 1;
  return `? * ${day}${on.which === 'last' ? 'L' : `#${1 + ['first', 'second', 'third', 'fourth'].indexOf(on.which)}`}`;
}

const short = (weekday: Weekday) => weekday.slice(0, 3).toUpperCase();
