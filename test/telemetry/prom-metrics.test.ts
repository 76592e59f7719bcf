import { expect, it } from 'vitest';

import { openPromMetrics } from '#telemetry/prom-metrics.ts';

it('a lag that nobody can tell is not shown as no lag', async () => {
  const render = async (indexLag: () => Promise<number | undefined>) => {
    const { body } = await openPromMetrics({ indexLag, sourceAges: async () => [] }).render!();
    return /^correspondants_index_lag_entries (.+)$/m.exec(body)?.[1];
  };
  expect(await render(async () => 3)).toBe('3');
  expect(await render(async () => undefined)).toBe('Nan');
  expect(await render(() => Promise.reject(new Error('the engine is away')))).toBe('Nan');
});
