import type { PersonActor } from '#domain/actor.ts';
import { readDeclaringOrganizations } from '#store/declarers.ts';
import type { Database } from '#store/store.ts';

/** The structures whose services the person manages, as they are called; one that is no longer there by its id. */
export async function listManagedOrganizations(
  db: Database,
  { organizations }: PersonActor,
): Promise<{ id: string; name: string }[]> {
  const found = await readDeclaringOrganizations(db, organizations);
  return organizations.map((id) => ({ id, name: found.find((it) => it.id === id)?.name ?? id }));
}
