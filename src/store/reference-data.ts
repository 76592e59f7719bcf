import { sql } from 'drizzle-orm';

import type { FactReferences } from '#domain/correspondent-facts.ts';

import { keptRowsOf, rowsOf, type Database } from './store.ts';

export type ReferenceData = Pick<FactReferences, 'labels' | 'communeCentres'>;

const cache = new WeakMap<Database, { version: string; data: Promise<ReferenceData> }>();

/** Labels and commune centres learnt from the files: kept in memory until an import run ends. */
export async function readReferenceData(db: Database): Promise<ReferenceData> {
  const [state] = await keptRowsOf<{ version: string }>(
    db,
    sql`select coalesce(max(run_id), 0)::text as version from source_state`,
  );
  const version = state!.version;
  const known = cache.get(db);
  if (known?.version === version) return known.data;
  // Those who ask meanwhile wait for the same reading.
  const data = loadReferenceData(db);
  cache.set(db, { version, data });
  data.catch(() => cache.delete(db));
  return data;
}

async function loadReferenceData(db: Database): Promise<ReferenceData> {
  const [labels, centres] = await Promise.all([
    rowsOf<{ list: string; code: string; label: string }>(db, sql`select list, code, label from code_label`),
    rowsOf<{ communeCode: string; latitude: number; longitude: number }>(
      db,
      sql`select commune_code as "communeCode", round(avg(latitude)::numeric, 5)::float8 as latitude,
        round(avg(longitude)::numeric, 5)::float8 as longitude
        from postcode where is_active and latitude is not null and longitude is not null group by commune_code`,
    ),
  ]);
  return {
    labels: new Map(labels.map((row) => [`${row.list}|${row.code}`, row.label])),
    communeCentres: new Map(centres.map(({ communeCode, ...centre }) => [communeCode, centre])),
  };
}
