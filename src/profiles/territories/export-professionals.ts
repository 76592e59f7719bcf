import { labelOf } from '#domain/code-lists.ts';
import { toCsv } from '#domain/csv-cell.ts';
import { findCommune } from '#domain/geography.ts';
import type { Database } from '#store/store.ts';
import { listTerritoryProfessionals } from '#store/territories.ts';

const HEADERS = ['RPPS', 'Nom', 'Prénom', 'Profession', 'Code commune', 'Commune', 'Messagerie sécurisée'];

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
  ]);
  return toCsv([HEADERS, ...rows]);
}
