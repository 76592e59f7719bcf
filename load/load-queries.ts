import { sql } from 'drizzle-orm';

import { Random } from '#demo/random.ts';
import { findCommune } from '#domain/geography.ts';
import { rowsOf, type Store } from '#store/store.ts';

import { drawTypedQueries } from './typed-queries.ts';

/** Paths of GET requests, by scenario, in a fixed mixed order. */
export type LoadQueries = Record<Scenario, string[]>;

export const SCENARIOS = ['typed', 'near-me', 'comes-to', 'facets', 'suggestions', 'lookups'] as const;
export type Scenario = (typeof SCENARIOS)[number];

const PROFESSIONS = [
  'kiné',
  'infirmier',
  'généraliste',
  'sage-femme',
  'dentiste',
  'orthophoniste',
  'cardiologue',
];

/** Those of whom many go to homes. */
const VISITORS = [
  { q: 'kiné' },
  { q: 'infirmière', acceptsNewPatients: 'true' },
  { profession: '70' },
  { q: 'sage-femme' },
] as const;

/** Drawn from the directory itself: the same seed over the same directory draws the same queries. */
export async function drawLoadQueries(store: Store, count: number, seed: number): Promise<LoadQueries> {
  const typed = await drawTypedQueries(store, count, seed);
  const communes = await rowsOf<{ code: string }>(
    store.db,
    sql`select commune_code as code from organization where is_active and commune_code is not null
      order by md5(id || ${String(seed)}) limit ${count}`,
  );
  const people = await rowsOf<{ id: string; familyName: string }>(
    store.db,
    sql`select id, family_name as "familyName" from practitioner where is_active
      order by md5(id || ${String(seed + 1)}) limit ${count}`,
  );
  const random = new Random(seed, 'asked', -1);
  const search = (parameters: Record<string, string>) =>
    `/v1/correspondents?${new URLSearchParams(parameters).toString()}`;
  const nearMe = communes.flatMap(({ code }, index) => {
    const commune = findCommune(code);
    if (!commune) return [];
    const q = random.pick(PROFESSIONS);
    const near = `${commune.latitude},${commune.longitude}`;
    const variants: Record<string, string>[] = [
      { q, near },
      { q, near, within: '20' },
      { q, near, sort: 'distance' },
    ];
    return [search(variants[index % variants.length]!)];
  });
  const comesTo = communes.map(({ code }, index) =>
    search({ ...VISITORS[index % VISITORS.length]!, comesTo: code }),
  );
  return {
    typed: typed.map(({ parameters }) => search(parameters)),
    'near-me': nearMe,
    'comes-to': comesTo,
    facets: typed
      .slice(0, count / 2)
      .map(({ parameters }) => search({ ...parameters, facets: 'kind,profession' })),
    suggestions: people.map(({ familyName }) => {
      const length = 2 + Math.floor(random.next() * 6);
      return `/v1/suggestions?${new URLSearchParams({ q: familyName.slice(0, length).toLowerCase() }).toString()}`;
    }),
    lookups: people.map(({ id }) => `/v1/correspondents/${id.slice(1)}`),
  };
}

/** One after the other, in the proportions of a messaging client's day. */
export function mixQueries(queries: LoadQueries, count: number): string[] {
  const pattern: Scenario[] = [
    'typed', 'typed', 'suggestions', 'typed', 'lookups', 'typed', 'suggestions', 'near-me', 'typed', 'facets',
    'typed', 'typed', 'suggestions', 'typed', 'lookups', 'typed', 'suggestions', 'comes-to', 'typed', 'facets',
  ]; // prettier-ignore
  return Array.from({ length: count }, (_, index) => {
    const of = queries[pattern[index % pattern.length]!];
    return of[Math.floor(index / pattern.length) % of.length]!;
  });
}
