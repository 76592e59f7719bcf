import { findCommune } from '#domain/geography.ts';
import { stateOfLine, type ImportLine, type ImportLineState } from '#domain/territory-import.ts';
import type { TerritoryPerson } from '#domain/territory.ts';
import type { Database } from '#store/store.ts';
import { describePeople } from '#store/territories.ts';
import { listImportLines } from '#store/territory-imports.ts';

import { getImport } from './get-import.ts';

/** Somebody as a list of lines names them. */
export interface NamedPerson {
  rpps: string | null;
  practitionerId: string;
  name: string;
  /** Names of the communes where they practise. */
  communes: string[];
}

export interface ReadLine extends Omit<ImportLine, 'practitionerId' | 'candidates'> {
  state: ImportLineState;
  /** Null while it is not known whom the line is about, and for whoever is withheld since. */
  person: NamedPerson | null;
  candidates: NamedPerson[];
}

/**
 * An import and some of its lines.
 * @returns `next`: the line after which more follow; undefined at the end
 * @throws AppError `import-not-found`, `store-unavailable`
 */
export async function readImport(
  db: Database,
  territoryId: string,
  id: string,
  {
    states,
    after,
    limit,
  }: { states?: readonly ImportLineState[] | undefined; after?: number; limit: number },
) {
  const found = await getImport(db, territoryId, id);
  const lines = await listImportLines(db, id, { states, after: after ?? 0, limit: limit + 1 });
  const shown = lines.slice(0, limit);
  const ids = shown.flatMap((it) => [
    ...it.candidates,
    ...(it.practitionerId === null ? [] : [it.practitionerId]),
  ]);
  const people = await describePeople(db, [...new Set(ids)]);
  return {
    import: found,
    lines: shown.map(({ practitionerId, candidates, ...line }): ReadLine => {
      const person = named(people.get(practitionerId ?? '')) ?? null;
      return {
        ...line,
        state: stateOfLine({ ...line, candidates }),
        person,
        candidates: candidates.flatMap((it) => named(people.get(it)) ?? []),
        // They tell what the page says.
        changes: person === null ? [] : line.changes,
      };
    }),
    next: lines.length > limit ? shown.at(-1)!.line : undefined,
  };
}

function named(person: TerritoryPerson | undefined): NamedPerson | undefined {
  if (person === undefined) return undefined;
  const { rpps, practitionerId, name, communeCodes } = person;
  return { rpps, practitionerId, name, communes: communeCodes.map((it) => findCommune(it)?.name ?? it) };
}
