import type { DigestAnswer } from '../../api/digests/digest-answer.ts';
import type { Desk } from '../base/desk.ts';
import { type Child, el } from '../base/dom.ts';

/** When it began and ended, and how fast it was against what SES grants. */
export function timesAndPace(desk: Desk, { timings, rate }: DigestAnswer['report']): Child {
  const { words, locale } = desk;
  const n = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const moments = (['firstClaim', 'firstAcceptance', 'lastAcceptance', 'done'] as const).filter((name) => timings[name] !== null);
  if (moments.length === 0) return null;
  const granted = n.format(rate.granted ?? 0);
  const notes = [
    rate.sendingSeconds > 0 && words.sendingFor(n.format(rate.sendingSeconds)),
    rate.throttled > 0 && words.throttled(n.format(rate.throttled)),
  ].filter(Boolean);
  return el(
    'section',
    {},
    el('h3', {}, words.howItWent),
    el(
      'dl',
      { class: 'lines' },
      ...moments.map((name) => line(words[name], el('time', { datetime: timings[name] ?? '' }, toTheSecond(desk, timings[name] ?? '')))),
      rate.granted !== null &&
        line(
          words.rate,
          rate.achieved === null ? words.grantedOnly(granted) : words.achieved(n.format(rate.achieved), granted),
          notes.length > 0 && el('span', { class: 'hint' }, notes.join(' · ')),
        ),
    ),
  );
}

/** What AWS was asked for, and what that costs at list prices. */
export function moneySpent({ words, locale }: Desk, { cost }: DigestAnswer['report']): Child {
  if (cost.usd === 0) return null;
  const dollars = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...fractionsOf(cost.usd),
  });
  const n = new Intl.NumberFormat(locale);
  return el(
    'section',
    {},
    el('h3', {}, words.cost),
    el(
      'dl',
      { class: 'lines money' },
      ...cost.lines.map(({ kind, calls, usd }) =>
        line(
          words.service[kind],
          el('span', { class: 'hint' }, words.calls(n.format(calls))),
          el('span', { class: 'figure' }, dollars.format(usd)),
        ),
      ),
      line(words.total, null, el('span', { class: 'figure total' }, dollars.format(cost.usd))),
    ),
    el('p', { class: 'hint' }, words.costHint(cost.region, cost.asOf)),
  );
}

const line = (label: string, ...value: Child[]) => el('div', {}, el('dt', {}, label), el('dd', {}, ...value));

/** A small digest costs less than a cent, and its parts still differ. */
const fractionsOf = (usd: number) => {
  const digits = usd < 0.1 ? 5 : usd < 10 ? 3 : 2;
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
};

const toTheSecond = ({ locale, config }: Desk, iso: string) =>
  new Intl.DateTimeFormat(locale, {
    timeZone: config.timeZone,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
