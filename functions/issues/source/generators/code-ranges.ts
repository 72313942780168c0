/** Where code is in a Markdown text, fenced or between backticks: offsets, in order. What is there is shown as it is. */
export function codeRanges(source: string): (readonly [from: number, to: number])[] {
  const ranges: (readonly [number, number])[] = [];
  let at = 0;
  let fence: { sign: string; from: number } | undefined;
  for (const line of source.split('\n')) {
    const [, sign = ''] = /^[ \t>]{0,20}(?:[-*+][ \t]+)?(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence) {
      if (sign.startsWith(fence.sign) && line.trim() === sign) {
        ranges.push([fence.from, at + line.length]);
        fence = undefined;
      }
    } else if (sign !== '' && !line.slice(line.indexOf(sign) + sign.length).includes('`')) fence = { sign, from: at };
    else if (line.includes('`')) for (const [from, to] of spansIn(line)) ranges.push([at + from, at + to]);
    at += line.length + 1;
  }
  if (fence) ranges.push([fence.from, source.length]);
  return ranges;
}

/** A span ends at as many backticks as it begins with; what opens nothing is passed over. */
function spansIn(line: string): [number, number][] {
  const spans: [number, number][] = [];
  const runs = [...line.matchAll(/`+/g)];
  for (let n = 0; n < runs.length; n += 1) {
    const open = runs[n];
    // Spans of one line are short; looking further would cost the square of a line of backticks.
    const close = runs.slice(n + 1, n + 20).findIndex(([sign]) => sign === open?.[0]);
    const last = runs[n + 1 + close];
    if (!open || close < 0 || !last) continue;
    spans.push([open.index, last.index + last[0].length]);
    n += 1 + close;
  }
  return spans;
}
