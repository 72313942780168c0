/** Acceptances of one run: moments in seconds since it began. */
export type Run = { title: string; rate: number; seconds: number; accepted: readonly number[]; rival?: readonly number[] };

const panel = { wide: 800, height: 150, left: 52, right: 14, top: 34, bottom: 34 };

/** Acceptances per second, a panel for each run, as an SVG that follows the reader's light or dark. */
export function acceptancePlot(caption: string, runs: readonly Run[], columns: number): string {
  const rows = Math.ceil(runs.length / columns);
  const panelWidth = panel.wide / columns;
  const [width, height] = [panel.wide, rows * panel.height + 34];
  const panels = runs.map((run, n) => {
    const [x, y] = [(n % columns) * panelWidth, 34 + Math.floor(n / columns) * panel.height];
    return `<g transform="translate(${x} ${y})">${panelOf(run, panelWidth)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${caption}">
<style>${style}</style>
<rect class="paper" width="${width}" height="${height}"/>
<text class="caption" x="14" y="22">${caption}</text>
${panels.join('\n')}
</svg>
`;
}

function panelOf({ title, rate, seconds, accepted, rival }: Run, width: number): string {
  const top = rate * 1.25;
  const x = (second: number) => panel.left + (second / seconds) * (width - panel.left - panel.right);
  const y = (count: number) => panel.height - panel.bottom - (count / top) * (panel.height - panel.top - panel.bottom);
  const every = [1, 2, 5, 10, 20, 30].find((step) => seconds / step <= 8) ?? 60;
  const ticks = Array.from({ length: Math.floor(seconds / every) + 1 }, (_, n) => n * every);
  const level = (count: number, kind: string) =>
    `<line class="${kind}" x1="${x(0)}" x2="${x(seconds)}" y1="${y(count)}" y2="${y(count)}"/>` +
    `<text class="tick" x="${panel.left - 6}" y="${y(count) + 4}" text-anchor="end">${count}</text>`;
  const line = (moments: readonly number[], kind: string) =>
    `<polyline class="${kind}" points="${perSecond(moments, seconds)
      .map((count, second) => `${x(second).toFixed(1)},${y(count).toFixed(1)} ${x(second + 1).toFixed(1)},${y(count).toFixed(1)}`)
      .join(' ')}"/>`;
  return [
    `<text class="title" x="${panel.left}" y="${panel.top - 12}">${title}</text>`,
    level(0, 'axis'),
    level(rate, 'granted'),
    ...ticks.map(
      (second) => `<text class="tick" x="${x(second)}" y="${panel.height - panel.bottom + 15}" text-anchor="middle">${second}</text>`,
    ),
    `<text class="tick" x="${x(seconds)}" y="${panel.height - 4}" text-anchor="end">seconds</text>`,
    `<text class="tick" x="${x(0)}" y="${panel.height - 4}">accepted a second</text>`,
    rival ? line(rival, 'rival') : '',
    line(accepted, 'ours'),
  ].join('');
}

/** How many fell into each whole second; of the last, which is hardly ever whole, nothing is shown. */
function perSecond(moments: readonly number[], seconds: number): number[] {
  const counts = Array.from({ length: seconds }, () => 0);
  for (const moment of moments) {
    const second = Math.floor(moment);
    if (second >= 0 && second < seconds) counts[second] = (counts[second] ?? 0) + 1;
  }
  return counts;
}

const style = `
text{font-family:system-ui,sans-serif;fill:#1f2328}.caption{font-size:14px;font-weight:600}.title{font-size:13px}.tick{font-size:11px;fill:#59636e}
.paper{fill:#fff}.axis{stroke:#59636e}.granted{stroke:#59636e;stroke-dasharray:4 3}
.ours{fill:none;stroke:#0b62c4;stroke-width:1.8}.rival{fill:none;stroke:#b35900;stroke-width:1.8;stroke-dasharray:2 2}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.tick{fill:#9aa4ae}.paper{fill:#0d1117}.axis,.granted{stroke:#9aa4ae}.ours{stroke:#6cb0ff}.rival{stroke:#f0a35e}}
`;
