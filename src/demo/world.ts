import { listDemoCommunes } from './communes.ts';
import type { DemoCommune } from './communes.ts';
import { Establishments } from './establishments.ts';
import { Weighted } from './random.ts';

/** What every invented person and mailbox is drawn from. */
export interface World {
  seed: number;
  hasTraps: boolean;
  communes: readonly DemoCommune[];
  /** Communes by population. */
  home: Weighted<DemoCommune>;
  rankOfCommune: ReadonlyMap<string, number>;
  establishments: Establishments;
}

export interface WorldOptions {
  seed: number;
  traps: boolean;
  /** INSEE code of the region where people practise; null for all of France. */
  region: string | null;
  /** Other regions, each inhabitant of which counts for `neighbourWeight`. */
  neighbourRegions?: readonly string[];
  neighbourWeight?: number;
  establishments: number;
}

export function createWorld(options: WorldOptions): World {
  const { region, neighbourRegions = [], neighbourWeight = 0.3 } = options;
  const communes = listDemoCommunes().filter(
    ({ regionCode }) => region === null || regionCode === region || neighbourRegions.includes(regionCode),
  );
  const home = new Weighted(
    communes,
    ({ population, regionCode }) =>
      (population + 20) * (region === null || regionCode === region ? 1 : neighbourWeight),
  );
  return {
    seed: options.seed,
    hasTraps: options.traps,
    communes,
    home,
    rankOfCommune: new Map(communes.map(({ code }, rank) => [code, rank])),
    establishments: new Establishments({
      seed: options.seed,
      count: options.establishments,
      communes,
      home,
      withReal: communes.some(({ regionCode }) => regionCode === '84'),
    }),
  };
}
