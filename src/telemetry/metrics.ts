import type { RouteLatency } from './recent-latencies.ts';

/** What the service counts. Implemented on Node by `prom-metrics.ts`; on Workers nothing is kept. */
export interface Metrics {
  requestServed(sample: { route: string; method: string; status: number; durationSeconds: number }): void;
  /** In the Prometheus text format; undefined where metrics are not kept. */
  /** Of the last minutes, in this process; undefined where metrics are not kept. */
  latencies?: (() => RouteLatency[]) | undefined;
  render: (() => Promise<{ contentType: string; body: string }>) | undefined;
}

export const NO_METRICS: Metrics = { requestServed: () => undefined, render: undefined };
