import * as z from 'zod';
import { weekdays } from '../../../functions/settings/schedule-setting.ts';
import { Settings } from '../../../functions/settings/settings.ts';
import { deskLocales } from '../../../functions/words/locale.ts';
import { domainOf } from '../../domain-of.ts';
import { madeUpSettings } from '../../made-up-settings.ts';
import type { WrittenSettings } from '../frame/settings-file.ts';
import type { AnswerName } from './answer-names.ts';

export type Answers = Record<AnswerName, string>;

export type InitQuestion = {
  /** Whether an answer would do. Made-up ones do not, whatever is asked. */
  accepts: (answer: string) => boolean;
  /** The answers that there are to choose from. */
  options?: readonly string[];
  /** Nothing at all is an answer, too. */
  optional?: boolean;
  initial: (soFar: Partial<Answers>, known: Known) => string | undefined;
};
/** What can be said before anybody is asked. */
export type Known = { written: WrittenSettings; region: string | undefined; timeZone: string; locale: string };

type Shape = Record<string, { safeParse: (value: unknown) => { success: boolean } }>;
const { shape } = Settings as unknown as { shape: Shape };
const bySetting = (name: string) => (answer: string) => shape[name]?.safeParse(answer).success ?? false;
const text = (written: unknown) => (typeof written === 'string' ? written : undefined);
const setting = (name: AnswerName): InitQuestion => ({ accepts: bySetting(name), initial: (_, { written }) => text(written[name]) });

const isAddress = (answer: string) => z.email().safeParse(answer).success;
const address = (written: unknown) => text((written as { address?: unknown } | undefined)?.address);
type Weekly = { every?: string; on?: string[]; time?: string };
const weekly = ({ written }: Pick<Known, 'written'>) => (written.schedule ?? {}) as Weekly;

/** Asked is for one day a week. A schedule of another kind, which somebody wrote into the settings, is kept without a question. */
export const isAsked = (name: AnswerName, written: WrittenSettings): boolean =>
  !['day', 'time'].includes(name) ||
  written.schedule === undefined ||
  (weekly({ written }).every === 'week' && weekly({ written }).on?.length === 1);

export const initQuestions: Record<AnswerName, InitQuestion> = {
  newsletterName: setting('newsletterName'),
  locale: { ...setting('locale'), options: deskLocales, initial: (_, { written, locale }) => text(written.locale) ?? locale },
  timeZone: { accepts: bySetting('timeZone'), initial: (_, { written, timeZone }) => text(written.timeZone) ?? timeZone },
  day: {
    accepts: (answer) => weekdays.some((day) => day === answer),
    options: weekdays,
    initial: (_, known) => weekly(known).on?.[0] ?? 'friday',
  },
  time: { accepts: (answer) => /^([01]\d|2[0-3]):[0-5]\d$/.test(answer), initial: (_, known) => weekly(known).time ?? '09:00' },
  legalName: setting('legalName'),
  postalAddress: setting('postalAddress'),
  contact: setting('contact'),
  replyTo: { accepts: bySetting('replyTo'), initial: ({ contact }, { written }) => text(written.replyTo) ?? contact },
  privacyNotice: setting('privacyNotice'),
  region: { accepts: bySetting('region'), initial: (_, { written, region }) => text(written.region) ?? region },
  // As DNS and certificates have it: in small letters, without a dot at its end.
  publicHost: {
    ...setting('publicHost'),
    accepts: (answer) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(answer) && bySetting('publicHost')(answer),
    optional: true,
  },
  senderAddress: {
    accepts: isAddress,
    initial: ({ publicHost }, { written }) => address(written.sender) ?? (publicHost ? `weekly@mail.${publicHost}` : undefined),
  },
  confirmationAddress: {
    accepts: isAddress,
    initial: ({ senderAddress = '' }, { written }) =>
      address(written.confirmationSender) ?? `hello@confirm.${withoutFirst(domainOf(senderAddress))}`,
  },
};

/** `news.example.org` of `mail.news.example.org`; the whole of a domain that has no more than two labels. */
const withoutFirst = (domain: string) => (domain.split('.').length > 2 ? domain.slice(domain.indexOf('.') + 1) : domain);

export function isAccepted(name: AnswerName, answer: string): boolean {
  const { accepts, options, optional } = initQuestions[name];
  if (answer === '') return optional === true;
  return accepts(answer) && madeUpSettings(answer).length === 0 && (options?.includes(answer) ?? true);
}

/** What is written: the answers, and what was there before, unless it is asked for or is only an example. */
export function settingsOf(answers: Answers, before: WrittenSettings): WrittenSettings {
  const { day, time, senderAddress, confirmationAddress, publicHost, ...plain } = answers;
  const sender = (address: string) => ({ name: answers.newsletterName, address });
  const { publicHost: hostBefore, certificateArn, ...kept } = withoutMadeUp(before);
  return {
    ...kept,
    ...plain,
    ...(isAsked('day', before) && { schedule: { every: 'week', on: [day], time } }),
    ...(publicHost && { publicHost }),
    // A certificate is for a host.
    ...(publicHost && publicHost === hostBefore && certificateArn !== undefined && { certificateArn }),
    sender: sender(senderAddress),
    confirmationSender: sender(confirmationAddress),
  };
}

export function withoutMadeUp(settings: WrittenSettings): WrittenSettings {
  const madeUp = new Set(madeUpSettings(settings).map(({ setting: path }) => path.split('.')[0]));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !madeUp.has(name)));
}
