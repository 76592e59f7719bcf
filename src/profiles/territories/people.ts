import { distance } from 'fastest-levenshtein';

import { labelOf } from '#domain/code-lists.ts';
import { foldText } from '#domain/fold.ts';
import { findCommune } from '#domain/geography.ts';
import { parseRpps } from '#domain/identifiers.ts';
import type { TerritoryProfessional } from '#domain/territory.ts';

import type { LineFault } from './read-spreadsheet.ts';
import type { SpreadsheetCells } from './spreadsheet-columns.ts';

/** Somebody who practises in the territory. */
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

export interface People {
  byId: ReadonlyMap<string, Person>;
  byRpps: ReadonlyMap<string, Person>;
  byFamily: ReadonlyMap<string, Person[]>;
  families: readonly { name: string; letters: number }[];
  /** People whose names resemble one that was looked for, so that it is looked for once. */
  resembling: Map<string, Person[]>;
}

/** Who a line may be about. */
export type Match = { person: Person } | { candidates: Person[] } | { fault: LineFault };

export function groupPeople(lines: readonly TerritoryProfessional[]): People {
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
  const byFamily = Map.groupBy(people, (it) => it.family);
  return {
    byId: new Map(people.map((it) => [it.id, it])),
    byRpps: new Map(people.flatMap((it) => (it.rpps === null ? [] : [[it.rpps, it]]))),
    byFamily,
    families: [...byFamily.keys()].map((name) => ({ name, letters: lettersOf(name) })),
    resembling: new Map(),
  };
}

/** By RPPS; else by name and commune, and by given names and profession where the line tells them. */
export function matchLine(people: People, cells: SpreadsheetCells): Match {
  const { rpps } = cells;
  if (rpps === undefined) return findByName(people, cells);
  const parsed = parseRpps(rpps);
  if (parsed === undefined) return { fault: { column: 'rpps', detail: describeRppsFault(rpps) } };
  const person = people.byRpps.get(parsed);
  if (person === undefined)
    return {
      fault: { column: 'rpps', detail: 'Aucun professionnel en exercice sur le territoire n’a ce RPPS.' },
    };
  if (cells.familyName !== undefined && foldText(cells.familyName) !== person.family)
    return {
      fault: {
        column: 'familyName',
        detail: `Ce RPPS est celui de ${person.familyName}\u00a0: corrigez l’un ou l’autre.`,
      },
    };
  return { person };
}

/** Names that differ by so many letters may be the same. */
const MISSPELT_MAX = 2;
const CANDIDATES_MAX = 10;

function findByName(people: People, cells: SpreadsheetCells): Match {
  if (cells.familyName === undefined || (cells.commune === undefined && cells.communeCode === undefined))
    return { fault: { column: null, detail: 'Il faut le RPPS, ou le nom et la commune.' } };
  const family = foldText(cells.familyName);
  const exact = (people.byFamily.get(family) ?? []).filter((it) => agrees(it, cells));
  if (exact.length === 1) return { person: exact[0]! };
  if (exact.length > 1) return { candidates: exact.slice(0, CANDIDATES_MAX) };
  const near = listResembling(people, family);
  if (near.length > 0) return { candidates: near };
  return {
    fault: {
      column: 'familyName',
      detail: 'Personne de ce nom n’exerce sur le territoire dans cette commune\u00a0: donnez le RPPS.',
    },
  };
}

function listResembling({ byFamily, families, resembling }: People, family: string): Person[] {
  const known = resembling.get(family);
  if (known !== undefined) return known;
  const letters = lettersOf(family);
  const near = families
    .filter(
      (it) =>
        Math.abs(it.name.length - family.length) <= MISSPELT_MAX &&
        countBits(it.letters ^ letters) <= 2 * MISSPELT_MAX &&
        distance(it.name, family) <= MISSPELT_MAX,
    )
    .flatMap(({ name }) => byFamily.get(name)!)
    .slice(0, CANDIDATES_MAX);
  resembling.set(family, near);
  return near;
}

/** Which letters a name holds, a bit each: names that differ by two edits differ by four bits at most, which is quickly seen. */
function lettersOf(name: string): number {
  let letters = 0;
  for (let at = 0; at < name.length; at += 1) letters |= 1 << (name.charCodeAt(at) & 31);
  return letters;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function agrees(person: Person, cells: SpreadsheetCells): boolean {
  const code = cells.communeCode?.toUpperCase();
  const inCommune =
    code === undefined
      ? person.communeNames.has(foldText(cells.commune!))
      : person.communes.has(findCommune(code)?.code ?? code);
  return (
    inCommune &&
    (cells.givenNames === undefined || foldText(cells.givenNames) === person.given) &&
    (cells.profession === undefined || person.professions.has(foldText(cells.profession)))
  );
}

function describeRppsFault(cell: string): string {
  return /^\d(?:[.,]\d+)?e\+?\d+$/i.test(cell)
    ? 'Le tableur a abrégé le nombre\u00a0: mettez la colonne au format Texte et saisissez les 11 chiffres.'
    : `«\u00a0${cell.slice(0, 40)}\u00a0»\u00a0: un RPPS a 11 chiffres.`;
}
