import { percentile } from './report.ts';

const WIDTH = 720;
const HEIGHT = 360;
const MARGIN = { left: 60, right: 150, top: 20, bottom: 40 };
const RANKS = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999];
const COLORS = ['#1b6e5a', '#b3541e', '#4c4c9d', '#9d2f5e', '#7a6a00', '#2b7bba', '#555555'];

/** Latency by percentile, one line a scenario, on a logarithmic scale, as an SVG. */
export function drawLatencies(series: Record<string, readonly number[]>): string {
  const lines = Object.entries(series).map(([name, values]) => ({
    name,
    points: RANKS.map((rank) => Math.max(0.1, percentile(values, rank))),
  }));
  const maxMs = Math.max(10, ...lines.flatMap((it) => it.points));
  const x = (index: number) =>
    MARGIN.left + (index / (RANKS.length - 1)) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (ms: number) =>
    HEIGHT -
    MARGIN.bottom -
    (Math.log10(ms / 0.1) / Math.log10(maxMs / 0.1)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const ticks = [0.1, 1, 10, 100, 1000].filter((ms) => ms <= maxMs);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${ticks.map((ms) => `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(ms)}" y2="${y(ms)}" stroke="#dddddd"/><text x="${MARGIN.left - 8}" y="${y(ms) + 4}" text-anchor="end">${ms} ms</text>`).join('\n')}
${RANKS.map((rank, index) => `<text x="${x(index)}" y="${HEIGHT - MARGIN.bottom + 20}" text-anchor="middle">p${rank * 100}</text>`).join('\n')}
${lines.map(({ name, points }, index) => `<polyline fill="none" stroke="${COLORS[index % COLORS.length]}" stroke-width="2" points="${points.map((ms, at) => `${x(at).toFixed(1)},${y(ms).toFixed(1)}`).join(' ')}"/><text x="${WIDTH - MARGIN.right + 8}" y="${y(points.at(-1)!) + 4 + index}" fill="${COLORS[index % COLORS.length]}">${name}</text>`).join('\n')}
</svg>
`;
}
