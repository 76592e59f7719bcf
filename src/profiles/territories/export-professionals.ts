import { labelOf } from '#domain/code-lists.ts';
import { toCsv } from '#domain/csv-cell.ts';
import { findCommune } from '#domain/geography.ts';
import { completenessOf, type Completeness } from '#domain/profile.ts';
import { listProfiles } from '#store/profiles.ts';
import type { Database } from '#store/store.ts';
import { listTerritoryProfessionals } from '#store/territories.ts';
import { listPracticePlaces } from '#store/territory-imports.ts';
import { checkWithheldInStore } from '#store/withheld.ts';

import { getTerritory } from './get-territory.ts';
import { toFrenchDay } from './french-day.ts';
import { COLUMNS, SPREADSHEET_COLUMNS, type SpreadsheetCells } from './spreadsheet-columns.ts';
import { writePageCells } from './write-page-cells.ts';

const COMPLETENESS_LABELS: Record<Completeness, string> = {
  empty: 'vide',
  partial: 'partielle',
  complete: 'complète',
};

/**
 * Who practises in a territory and what their pages say, as a table for a spreadsheet: a line a person, profession and commune, by
 * name. Imported again as it is, it changes nothing.
 * @throws AppError `territory-not-found`, `store-unavailable`
 */
export async function exportProfessionals(db: Database, territoryId: string): Promise<string> {
  await getTerritory(db, territoryId);
  const professionals = await listTerritoryProfessionals(db, territoryId);
  const ids = [...new Set(professionals.map((it) => it.practitionerId))];
  const [profiles, places] = await Promise.all([listProfiles(db, ids), listPracticePlaces(db, ids)]);
  const mailboxes = [...profiles.values()].flatMap((it) => it.profile.preferredMailbox ?? []);
  const withheld = await checkWithheldInStore(db)(mailboxes);
  const rows = professionals.map((it) => {
    const known = profiles.get(it.practitionerId);
    const page = writePageCells(known?.profile ?? {}, (id) => places.get(it.practitionerId)?.get(id));
    if (page.preferredMailbox !== undefined && withheld.has(page.preferredMailbox))
      delete page.preferredMailbox;
    const cells: SpreadsheetCells = {
      rpps: it.rpps ?? '',
      familyName: it.familyName,
      givenNames: it.givenNames ?? '',
      profession: labelOf('profession', it.professionCode) ?? it.professionCode,
      communeCode: it.communeCode,
      commune: findCommune(it.communeCode)?.name ?? '',
      mailbox: it.hasMailbox ? 'oui' : 'non',
      page: COMPLETENESS_LABELS[completenessOf(known?.profile)],
      changedOn: known?.changedAt ? toFrenchDay(known.changedAt.slice(0, 10)) : '',
      ...page,
    };
    return COLUMNS.map((column) => cells[column] ?? '');
  });
  return toCsv([COLUMNS.map((column) => SPREADSHEET_COLUMNS[column]), ...rows]);
}
