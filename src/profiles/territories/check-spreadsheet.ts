import { distance } from 'fastest-levenshtein';

import { labelOf } from '#domain/code-lists.ts';
import { foldText } from '#domain/fold.ts';
import { findCommune } from '#domain/geography.ts';
import type { WaysOfPractising } from '#domain/practising.ts';
import type { TerritoryProfessional } from '#domain/territory.ts';
import type { Database } from '#store/store.ts';
import { listTerritoryProfessionals } from '#store/territories.ts';

import { readSpreadsheet, type CellFault, type SpreadsheetLine } from './read-spreadsheet.ts';
import { SPREADSHEET_COLUMNS } from './spreadsheet-columns.ts';

export interface SpreadsheetCheck {
  /** One a person, by the first of the lines about them. */
  matched: { lines: number[]; practitionerId: string; ways: WaysOfPractising }[];
  /** Lines that may mean any of these people: the RPPS decides. */
  doubtful: { line: number; candidates: { rpps: string | null; name: string; commune: string }[] }[];
  /** By line. */
  faults: CellFault[];
}

/**
 * Tells what a coordinator's spreadsheet would do, and does nothing: whom each line is about, by RPPS or by name and commune, which
 * lines are doubtful, and what is wrong, by line and column.
 * @throws AppError `store-unavailable`
 */
export async function checkSpreadsheet(
  db: Database,
  territoryId: string,
  bytes: Uint8Array,
): Promise<SpreadsheetCheck> {
  const { lines, faults } = readSpreadsheet(bytes);
  const people = groupPeople(await listTerritoryProfessionals(db, territoryId));
  const check: SpreadsheetCheck = { matched: [], doubtful: [], faults };
  const matched = new Map<string, SpreadsheetCheck['matched'][number]>();
  for (const line of lines) {
    const found = line.rpps === null ? findByName(people, line) : findByRpps(people, line);
    if ('fault' in found) faults.push(found.fault);
    else if ('doubt' in found)
      check.doubtful.push({ line: line.line, candidates: found.doubt.map(toCandidate) });
    else addLine(matched, found.person, line, faults);
  }
  check.matched = [...matched.values()];
  faults.sort((a, b) => a.line - b.line);
  return check;
}

interface Person {
  id: string;
  rpps: string | null;
  familyName: string;
  givenNames: string | null;
  /** All folded. */
  family: string;
  given: string;
  professions: Set<string>;
  communes: Set<string>;
  communeNames: Set<string>;
}

interface People {
  byRpps: ReadonlyMap<string, Person>;
  byFamily: ReadonlyMap<string, Person[]>;
}

type Found = { person: Person } | { doubt: Person[] } | { fault: CellFault };

function groupPeople(lines: readonly TerritoryProfessional[]): People {
  const people = [...Map.groupBy(lines, (it) => it.practitionerId)].map(([id, own]): Person => {
    const { rpps, familyName, givenNames } = own[0]!;
    return {
      id,
      rpps,
      familyName,
      givenNames,
      family: foldText(familyName),
      given: foldText(givenNames ?? ''),
      professions: new Set(
        own.map((it) => foldText(labelOf('profession', it.professionCode) ?? it.professionCode)),
      ),
      communes: new Set(own.map((it) => it.communeCode)),
      communeNames: new Set(own.map((it) => foldText(findCommune(it.communeCode)?.name ?? ''))),
    };
  });
  return {
    byRpps: new Map(people.flatMap((it) => (it.rpps === null ? [] : [[it.rpps, it]]))),
    byFamily: Map.groupBy(people, (it) => it.family),
  };
}

function findByRpps({ byRpps }: People, line: SpreadsheetLine): Found {
  const person = byRpps.get(line.rpps!);
  const fault = (column: string, detail: string) => ({ fault: { line: line.line, column, detail } });
  if (person === undefined)
    return fault(SPREADSHEET_COLUMNS.rpps, 'Aucun professionnel en exercice sur le territoire n’a ce RPPS.');
  if (line.familyName !== null && line.familyName !== person.family)
    return fault(
      SPREADSHEET_COLUMNS.familyName,
      `Ce RPPS est celui de ${person.familyName} : corrigez l’un ou l’autre.`,
    );
  return { person };
}

/** Names that differ by so many letters may be the same. */
const MISSPELT_MAX = 2;

function findByName({ byFamily }: People, line: SpreadsheetLine): Found {
  const family = line.familyName!;
  const exact = (byFamily.get(family) ?? []).filter((it) => agrees(it, line));
  if (exact.length === 1) return { person: exact[0]! };
  if (exact.length > 1) return { doubt: exact };
  const near = [...byFamily]
    .filter(
      ([name]) =>
        Math.abs(name.length - family.length) <= MISSPELT_MAX && distance(name, family) <= MISSPELT_MAX,
    )
    .flatMap(([, namesakes]) => namesakes)
    .slice(0, CANDIDATES_MAX);
  if (near.length > 0) return { doubt: near };
  return {
    fault: {
      line: line.line,
      column: SPREADSHEET_COLUMNS.familyName,
      detail: 'Personne de ce nom n’exerce sur le territoire dans cette commune : donnez le RPPS.',
    },
  };
}

const CANDIDATES_MAX = 10;

function agrees(person: Person, line: SpreadsheetLine): boolean {
  const inCommune =
    line.communeCode === null
      ? person.communeNames.has(line.commune!)
      : person.communes.has(findCommune(line.communeCode)?.code ?? line.communeCode);
  return (
    inCommune &&
    (line.givenNames === null || line.givenNames === person.given) &&
    (line.profession === null || person.professions.has(line.profession))
  );
}

/** Several lines may be about one person, as in the export; they must not contradict each other. */
function addLine(
  matched: Map<string, SpreadsheetCheck['matched'][number]>,
  person: Person,
  { line, ways }: SpreadsheetLine,
  faults: CellFault[],
): void {
  const known = matched.get(person.id);
  if (known === undefined) {
    matched.set(person.id, { lines: [line], practitionerId: person.id, ways: { ...ways } });
    return;
  }
  for (const [way, said] of Object.entries(ways) as [keyof WaysOfPractising, boolean][]) {
    if (known.ways[way] === undefined || known.ways[way] === said) continue;
    const detail = `La ligne ${known.lines[0]} dit le contraire de la même personne.`;
    faults.push({ line, column: SPREADSHEET_COLUMNS[way], detail });
    return;
  }
  known.lines.push(line);
  Object.assign(known.ways, ways);
}

function toCandidate({ rpps, givenNames, familyName, communes }: Person) {
  const [code = ''] = communes;
  return {
    rpps,
    name: [givenNames, familyName].filter((it) => it !== null).join(' '),
    commune: findCommune(code)?.name ?? code,
  };
}
