import { labelOf } from '#domain/code-lists.ts';
import { toCsv } from '#domain/csv-cell.ts';
import { findCommune } from '#domain/geography.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
import type { Database } from '#store/store.ts';
import { listTerritoryProfessionals } from '#store/territories.ts';

import { SPREADSHEET_COLUMNS } from './spreadsheet-columns.ts';

/** Who practises in a territory, as a table for a spreadsheet: a line a person, profession and commune, by name. */
export async function exportProfessionals(db: Database, territoryId: string): Promise<string> {
  const professionals = await listTerritoryProfessionals(db, territoryId);
  const rows = professionals.map((it) => [
    it.rpps ?? '',
    it.familyName,
    it.givenNames ?? '',
    labelOf('profession', it.professionCode) ?? it.professionCode,
    it.communeCode,
    findCommune(it.communeCode)?.name ?? '',
    it.hasMailbox ? 'oui' : 'non',
    // Nobody has said how anybody practises yet: to be filled in.
    ...WAYS_OF_PRACTISING.map(() => ''),
  ]);
  return toCsv([Object.values(SPREADSHEET_COLUMNS), ...rows]);
}
