import { sql } from 'drizzle-orm';

import type { DeclaredFacts, FactReferences } from '#domain/correspondent-facts.ts';
import { toDeclaredId } from '#domain/correspondent-id.ts';

import { readDeclarations } from './declarations.ts';
import { anyOf, readProfessionalFacts } from './read-facts.ts';
import { withShown } from './shown-correspondent.ts';
import { keptRowsOf, type Database } from './store.ts';

/** The declared expertises and teams of these keys that may be shown, with the facts of the professionals who declare them. */
export async function readDeclaredFacts(db: Database, keys: readonly string[]): Promise<DeclaredFacts[]> {
  if (keys.length === 0) return [];
  const named = sql`(select kind, key from declaration where key = ${anyOf(keys)})`;
  const declarations = await readDeclarations(
    db,
    sql`d.key in (select a.key from ${withShown(named)} a where a.is_shown)`,
  );
  const ownerIds = declarations.map((it) => it.owner.practitionerId).filter((id) => id !== undefined);
  const owners = await readProfessionalFacts(db, [...new Set(ownerIds)]);
  const byId = new Map(owners.map((facts) => [facts.id, facts]));
  return declarations.flatMap((declaration): DeclaredFacts[] => {
    const { kind, key, owner } = declaration;
    const id = toDeclaredId(kind, key);
    if (owner.practitionerId === undefined) return [{ id, declaration, owner: null }];
    const person = byId.get(`professional-${owner.practitionerId}`);
    return person ? [{ id, declaration, owner: person }] : [];
  });
}

/** Of these territories, by id. */
export async function readTerritoriesOf(
  db: Database,
  ids: readonly string[],
): Promise<FactReferences['territories']> {
  if (ids.length === 0) return new Map();
  const rows = await keptRowsOf<{ id: string; name: string; codes: string | null }>(
    db,
    sql`select id, name, (select string_agg(commune_code, ',' order by commune_code) from territory_commune c
      where c.territory_id = t.id) as codes from territory t where id = ${anyOf(ids)}`,
  );
  return new Map(rows.map(({ id, name, codes }) => [id, { name, communeCodes: codes?.split(',') ?? [] }]));
}
