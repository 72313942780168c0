import type * as en from './en.ts';
import type { ReaderLocale } from './languages.ts';

/**
 * What a language is, besides its words: all that a page or a mail would otherwise decide by asking which language it is in.
 * Fonts and the direction of writing follow from the script, which `Intl` tells of any language (`emails/fonts.ts`,
 * `directionOf`): issues may be in languages that are not registered.
 */
export type Language = {
  /** What the language calls itself, where readers choose the language of their mails. */
  name: string;
  /** The same in the narrow switch at the head of a page. */
  shortName: string;
  /**
   * Subtags of a language tag (BCP 47), in lower case, that mean this language among those that share its first subtag:
   * `zh-HK` is written in traditional script. A tag with none of them means the first registered language.
   */
  subtags: readonly string[];
  /** The language in which its readers understand the newsletter's own words, such as names of topics, best after theirs. */
  understands: ReaderLocale | undefined;
  /** Between two sentences of a paragraph. */
  sentenceSpace: string;
  /** Between the label and the value of a line. */
  colon: string;
  /** Between the parts of a value on one line of a plain text. */
  comma: string;
  /** Around what explains the words before it. */
  inBrackets: (text: string) => string;
  /** Whether a newsletter in this language asks separately for consent to transfer abroad, unless its settings say otherwise. */
  asksTransferAbroad: boolean;
};

/** English is the shape: a language that lacks a word, or has one too many, does not compile. */
export type NewsletterWords = typeof en.newsletter;
export type PagesWords = typeof en.pages;
export type MailsWords = typeof en.mails;
export type NoticesWords = typeof en.notices;

/** A day of the week, written out and short: `Friday` and `Fri`. */
type DayName = { long: string; short: string };

/** When digests go out, with the names that days have in the language of the words. */
export type ScheduleFacts = { time: string; zone: string } & (
  | { every: 'day' }
  | { every: 'working day' }
  | { every: 'week'; on: DayName[] }
  | { every: 'two weeks'; on: DayName }
  | { every: 'month'; on: { weekday: DayName; which: 'first' | 'second' | 'third' | 'fourth' | 'last' } | { day: number | 'last' } }
);

/** What made the brake stop a digest: so many mails of so many. */
export type Trip = { kind: 'bounced' | 'complained' | 'rejected'; count: number; of: number };

/** What is known of a hold; `holdReason` is what SES said. */
export type HoldFacts = { trip?: Trip | undefined; holdReason?: string | undefined };
