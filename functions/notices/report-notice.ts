import { type DeliveryReport, type ProviderCounts, reachOf } from '../digests/delivery-report.ts';
import type { Digest } from '../digests/digest.ts';
import type { Settings } from '../settings/settings.ts';
import { noticesWords } from '../words/languages.ts';
import type { DeskLocale } from '../words/locale.ts';
import { digestName } from './digest-name.ts';
import type { Notice } from './notice.ts';
import { figures, localMoment } from './notice-times.ts';

type Words = (typeof noticesWords)[DeskLocale];
type Over = Exclude<Digest['phase'], 'open'>;

/** `providers`: at most ten rows of the report's; `usd`: what planning and sending cost at list prices. */
export type ReportWithCost = { report: DeliveryReport; providers: readonly ProviderCounts[]; usd: number };

/** The delivery report of a digest that is over. */
export function reportNotice(
  digest: Digest & { phase: Over },
  { report, providers, usd }: ReportWithCost,
  settings: Pick<Settings, 'locale' | 'timeZone'>,
): Notice {
  const { locale } = settings;
  const words = noticesWords[locale];
  const says = words.report;
  const n = figures(locale);
  // It is not out while SES has taken no mail of it.
  const end = digest.phase === 'done' && report.submitted === 0 ? 'nobody' : digest.phase;
  const heading = says.heading[end]({ name: digestName(digest, settings) });
  const about = { subject: heading, heading, place: `/digests/${digest.id}` };
  if (digest.phase === 'skipped') return { ...about, paragraphs: [says.skipped], tables: [], advice: [] };
  return {
    ...about,
    paragraphs: [
      ...(report.addsUp ? [] : [says.discrepancy({ what: report.discrepancy ?? '?' })]),
      says[digest.phase](report),
      ...(report.unknown > 0 ? [says.unknown({ count: report.unknown })] : []),
      ...(report.duplicated > 0 ? [says.duplicated({ count: report.duplicated })] : []),
    ],
    tables: [
      outcomeTable(report, words, n),
      feedbackTable(report, words, n),
      ...providerTable(providers, words, n),
      sendingTable(digest, { report, usd }, words, settings),
    ],
    list: digest.issues && digest.issues.length > 1 ? { title: '', entries: digest.issues.map(({ title }) => title) } : undefined,
    advice: [...(digest.phase === 'done' ? againAdvice(report, says) : []), says.later],
  };
}

const againAdvice = (report: DeliveryReport, says: Words['report']) => {
  const { plan, mail } = reachOf(report);
  return [...(plan > 0 ? [says.planAgain({ count: plan })] : []), ...(mail > 0 ? [says.mailAgain({ count: mail })] : [])];
};

/** Rows that add up to the first; what nobody is in stays away, but for what always matters. */
function outcomeTable({ audience, submitted, skipped, ...report }: DeliveryReport, { report: says, counts }: Words, n: Intl.NumberFormat) {
  const reasons = Object.keys(says.skippedFor) as (keyof typeof says.skippedFor)[];
  const labelOf = (reason: string) => {
    const known = reasons.find((each) => each === reason);
    return known ? says.skippedFor[known] : reason;
  };
  const rows: [string, number][] = [
    ...Object.entries(skipped).map(([reason, count]): [string, number] => [labelOf(reason), count]),
    ...(['rejected', 'unknown', 'open', 'resent', 'remailed'] as const).map((name): [string, number] => [counts[name], report[name]]),
  ];
  const always: [string, number][] = [
    [counts.audience, audience],
    [counts.submitted, submitted],
  ];
  const shown = [...always, ...rows.filter(([, count]) => count > 0)];
  return { title: says.readers, rows: shown.map(([label, count]): [string, string] => [label, n.format(count)]) };
}

const feedbackTable = (report: DeliveryReport, { report: says, counts }: Words, n: Intl.NumberFormat) => ({
  title: says.mailboxes,
  rows: (['delivered', 'bounced', 'blocked', 'complained', 'delayed'] as const).map((name): [string, string] => [
    counts[name],
    n.format(report[name]),
  ]),
});

function providerTable(providers: ReportWithCost['providers'], { report: says, counts }: Words, n: Intl.NumberFormat) {
  if (providers.length < 2) return [];
  const rows = providers.map(({ provider, submitted, ...numbers }): [string, string] => {
    const told = (['delivered', 'bounced', 'blocked', 'complained'] as const).filter((name) => numbers[name] > 0);
    const details = told.map((name) => `${counts[name]} ${n.format(numbers[name])}`).join(' · ');
    return [provider === 'other' ? says.otherProviders : provider, `${n.format(submitted)}${details && `\n${details}`}`];
  });
  return [{ title: says.providers, rows }];
}

function sendingTable(
  { endedAt }: Digest,
  { report: { sending }, usd }: Pick<ReportWithCost, 'report' | 'usd'>,
  { report: says }: Words,
  settings: Pick<Settings, 'locale' | 'timeZone'>,
) {
  const { firstAcceptance, lastAcceptance, granted, achieved, throttled } = sending;
  const n = new Intl.NumberFormat(settings.locale, { maximumFractionDigits: 1 });
  const dollars = new Intl.NumberFormat(settings.locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 });
  const moments: [string, string | null | undefined][] = [
    [says.began, firstAcceptance],
    [says.last, lastAcceptance],
    [says.ended, endedAt],
  ];
  const rows = moments.flatMap(([label, at]): [string, string][] => (at ? [[label, localMoment(new Date(at), settings)]] : []));
  const rate = granted === null ? '' : `\n${says.granted({ rate: n.format(granted) })}`;
  if (achieved !== null) rows.push([says.rate, `${n.format(achieved)}${rate}`]);
  if (throttled > 0) rows.push([says.throttled, n.format(throttled)]);
  return { title: says.sending, rows: [...rows, [says.cost, dollars.format(usd)] as [string, string]] };
}
