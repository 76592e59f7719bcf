/** How a route answered of late. */
export interface RouteLatency {
  method: string;
  route: string;
  count: number;
  failed: number;
  /** Of the answers, as measured, without interpolation. */
  p50Ms: number;
  p99Ms: number;
}

export interface RecentLatencies {
  add(sample: { route: string; method: string; status: number; durationSeconds: number }): void;
  /** Of the last {@link WINDOW_MS}, the routes asked most first. */
  list(): RouteLatency[];
}

const WINDOW_MS = 5 * 60_000;
/** Of each route, the last ones: under a heavy load the window is shorter. */
const SAMPLES_MAX = 2000;

/** What a person who watches wants: now, without the history that Prometheus keeps. */
export function openRecentLatencies(nowMs: () => number = () => performance.now()): RecentLatencies {
  const routes = new Map<string, { atMs: number; ms: number; hasFailed: boolean }[]>();
  return {
    add: ({ route, method, status, durationSeconds }) => {
      const name = `${method} ${route}`;
      const samples = routes.get(name) ?? [];
      routes.set(name, samples);
      samples.push({ atMs: nowMs(), ms: durationSeconds * 1000, hasFailed: status >= 500 });
      // Half at once, so that it costs nothing each time.
      if (samples.length > SAMPLES_MAX * 2) samples.splice(0, SAMPLES_MAX);
    },
    list: () => {
      const since = nowMs() - WINDOW_MS;
      return [...routes]
        .map(([name, all]) => {
          const [method = '', route = ''] = name.split(' ');
          const samples = all.filter((it) => it.atMs >= since);
          const sorted = samples.map((it) => it.ms).toSorted((a, b) => a - b);
          const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
          const failed = samples.filter((it) => it.hasFailed).length;
          return { method, route, count: samples.length, failed, p50Ms: rank(0.5), p99Ms: rank(0.99) };
        })
        .filter((it) => it.count > 0)
        .toSorted((a, b) => b.count - a.count);
    },
  };
}
