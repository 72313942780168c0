import type { MissedReason } from '../digests/catch-up-slot.ts';
import type { Settings } from '../settings/settings.ts';
import { noticesWords } from '../words/languages.ts';
import type { Notice } from './notice.ts';
import { dayOf, localMoment, timeOf, utcMoment } from './notice-times.ts';

/** A slot of the schedule that nothing ran, and that is not caught up. */
export function missedNotice(
  { slot, next, reason }: { slot: Date; next: Date; reason: MissedReason },
  settings: Pick<Settings, 'locale' | 'timeZone' | 'catchUpHours'>,
): Notice {
  const says = noticesWords[settings.locale].missed;
  const inWords = (at: Date) => `${dayOf(at, settings)} ${timeOf(at, settings)}`;
  const missed = { slot: inWords(slot) };
  return {
    subject: says.subject(missed),
    heading: says.heading(missed),
    paragraphs: [says.why[reason]({ hours: settings.catchUpHours }), says.queue({ next: inWords(next) })],
    tables: [
      {
        title: '',
        rows: [
          [says.missed, `${localMoment(slot, settings)}\n${utcMoment(slot)}`],
          [says.next, localMoment(next, settings)],
        ],
      },
    ],
    advice: [says.advice],
    place: '/',
  };
}
