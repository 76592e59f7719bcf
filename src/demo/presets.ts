import type { OfficialFilesOptions } from './official-files.ts';

export type PresetId = 'demo' | 'national' | 'relevance';
type Preset = Omit<OfficialFilesOptions, 'directory'>;

/** Sizes of the sets that people ask for by name. */
export const PRESETS: Readonly<Record<PresetId, Preset>> = {
  /** What a first start shows: Auvergne-Rhône-Alpes, with its true hospitals. */
  demo: {
    practitioners: 20_000,
    serviceMailboxes: 3_000,
    personalMailboxes: 12_000,
    establishments: 3_500,
    region: '84',
    seed: 43,
    traps: true,
    publishedAt: new Date('2026-11-20T05:00:00Z'),
  },
  /** The sizes of the files of autumn 2026. */
  national: {
    practitioners: 1_900_000,
    serviceMailboxes: 80_000,
    personalMailboxes: 455_000,
    establishments: 170_000,
    region: null,
    seed: 1,
    traps: true,
    publishedAt: new Date('2026-11-20T05:00:00Z'),
  },
  /** For judged queries: the region and its neighbours, well-formed lines only. */
  relevance: {
    practitioners: 60_000,
    serviceMailboxes: 8_000,
    personalMailboxes: 30_000,
    establishments: 9_000,
    region: '84',
    neighbourRegions: ['27', '24', '75', '76', '93'],
    seed: 7,
    traps: false,
    publishedAt: new Date('2026-11-20T05:00:00Z'),
  },
};
