import { type AwsCalls, callsFrom, callsText, noCalls, sumOfCalls } from '../../platform/metering/aws-calls.ts';

/** From when to when SES took mails of a batch, milliseconds since 1970, by the worker's clock. */
export type Span = readonly [from: number, until: number];

/** What serving a batch took, for the report's timings and costs; no outcome depends on it. */
export type BatchUsage = {
  spans: readonly Span[];
  /** Times that SES said "too fast". */
  throttled: number;
  /** Mails a second that the account was granted meanwhile. */
  granted: number;
  calls: AwsCalls;
};

export const noUsage: Readonly<BatchUsage> = { spans: [], throttled: 0, granted: 0, calls: noCalls };

/** A pause this short between two mails is the pace, not an interruption. */
const joinedWithinMs = 5_000;
const mostSpans = 8;

/** The usage with one more span; a batch is interrupted so rarely that a few spans hold all there were. */
export function withSpan(usage: BatchUsage, [from, until]: Span): BatchUsage {
  const last = usage.spans.at(-1);
  const goesOn = last && (from - last[1] <= joinedWithinMs || usage.spans.length >= mostSpans);
  // Answers of two chunks may come in either sequence.
  const joined: Span[] = last ? [[Math.min(last[0], from), Math.max(last[1], until)]] : [];
  const spans: Span[] = goesOn ? [...usage.spans.slice(0, -1), ...joined] : [...usage.spans, [from, until]];
  return { ...usage, spans };
}

export const withCalls = (usage: BatchUsage, calls: AwsCalls): BatchUsage => ({
  ...usage,
  calls: sumOfCalls(usage.calls, calls),
});

/** What serving many batches took together: its longest pauses are kept, shorter ones count as sending. */
export function usageOfMany(usages: readonly BatchUsage[]): BatchUsage {
  const calls = usages.reduce((sum, usage) => sumOfCalls(sum, usage.calls), noCalls);
  const spans = joinedSpans(usages.flatMap((usage) => usage.spans));
  const pauses = spans.slice(1).map(([from], n) => from - (spans[n]?.[1] ?? 0));
  const shortest = pauses.toSorted((a, b) => b - a)[mostSpans - 1] ?? joinedWithinMs;
  return {
    spans: joinedSpans(spans, Math.max(shortest, joinedWithinMs)),
    throttled: usages.reduce((sum, usage) => sum + usage.throttled, 0),
    granted: usages.reduce((most, usage) => Math.max(most, usage.granted), 0),
    calls: callsFrom(callsText(calls)),
  };
}

/** Workers send side by side: what overlaps or nearly touches is one span. */
export function joinedSpans(spans: readonly Span[], withinMs = joinedWithinMs): Span[] {
  const all: [number, number][] = [];
  for (const [from, until] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from - last[1] <= withinMs) last[1] = Math.max(last[1], until);
    else all.push([from, until]);
  }
  return all;
}

/** `1795741210000+4800;…/0/14/9,9,3,4,0,50,0,5100,8900`: some sixty bytes. */
export const usageText = ({ spans, throttled, granted, calls }: BatchUsage): string =>
  [spans.map(([from, until]) => `${from}+${until - from}`).join(';'), throttled, granted, callsText(calls)].join('/');

export function usageFrom(text: string | undefined): BatchUsage {
  if (!text) return noUsage;
  const [spans = '', throttled, granted, calls = ''] = text.split('/');
  return {
    spans: spans
      .split(';')
      .filter(Boolean)
      .map((span) => {
        const [from = 0, length = 0] = span.split('+').map(Number);
        return [from, from + length];
      }),
    throttled: Number(throttled),
    granted: Number(granted),
    calls: callsFrom(calls),
  };
}
