import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import type { Metrics } from './metrics.ts';
import { openRecentLatencies } from './recent-latencies.ts';

export interface GaugeReadings {
  /** Entries of the change log that the index has not taken yet. */
  indexLag: () => Promise<number | undefined>;
  /** Seconds since each source was last changed by an import. */
  sourceAges: () => Promise<{ source: string; seconds: number }[]>;
  /** Callers who read the directory out today; undefined where nobody counts. */
  readOuts?: (() => { state: 'slowed' | 'refused' }[]) | undefined;
}

/** Request latencies, index lag, freshness of the sources, and what the process uses. */
export function openPromMetrics(readings: GaugeReadings): Metrics {
  const recent = openRecentLatencies();
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route pattern, method and status.',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers: [registry],
  });
  // oxlint-disable-next-line no-new -- it registers itself
  new Gauge({
    name: 'correspondants_index_lag_entries',
    help: 'Entries of the change log that the index has not taken yet, 10,000 at most.',
    registers: [registry],
    async collect() {
      const lag = await readings.indexLag().catch(() => undefined);
      // Not zero, which would say that all is well.
      this.set(lag ?? Number.NaN);
    },
  });
  // oxlint-disable-next-line no-new
  new Gauge({
    name: 'correspondants_source_age_seconds',
    help: 'Time since an import last found something new in a source.',
    labelNames: ['source'] as const,
    registers: [registry],
    async collect() {
      for (const { source, seconds } of await readings.sourceAges().catch(() => []))
        this.set({ source }, seconds);
    },
  });
  const { readOuts } = readings;
  if (readOuts !== undefined) {
    // oxlint-disable-next-line no-new
    new Gauge({
      name: 'correspondants_read_out_callers',
      help: 'Callers given so many different correspondents today that they are slowed down or refused.',
      labelNames: ['state'] as const,
      registers: [registry],
      collect() {
        const callers = readOuts();
        for (const state of ['slowed', 'refused'] as const)
          this.set({ state }, callers.filter((it) => it.state === state).length);
      },
    });
  }
  return {
    requestServed: (sample) => {
      const { route, method, status, durationSeconds } = sample;
      recent.add(sample);
      requests.observe({ route, method, status: String(status) }, durationSeconds);
    },
    latencies: () => recent.list(),
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
