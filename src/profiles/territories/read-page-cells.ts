import { ACCESSIBILITY } from '#domain/accessibility.ts';
import { EVERY_ACT } from '#domain/acts.ts';
import { foldText } from '#domain/fold.ts';
import { parseMailboxAddress, parseRpps } from '#domain/identifiers.ts';
import { LANGUAGES } from '#domain/languages.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
import type { AwayPeriod, HomeVisitArea, Profile, ProfileField } from '#domain/profile.ts';

import { AWAY_COLUMNS } from './column-of-field.ts';
import { isErasing, readText, splitItems, splitWritten, unescapeItem } from './cell-text.ts';
import { parseFrenchDay } from './french-day.ts';
import { readHours } from './hours-cell.ts';
import type { Column, SpreadsheetCells } from './spreadsheet-columns.ts';
import { readSending } from './write-page-cells.ts';

/** What a line says of a page, by part; null: that nothing be said any more. Absent parts stay as they are. */
export type Said = Partial<
  Record<Exclude<ProfileField, 'homeVisitArea'> | 'homeVisitCommunes' | 'homeVisitRadius', unknown>
>;

export interface CellReading {
  said: Said;
  faults: { column: Column; detail: string }[];
}

/** What reading some cells needs to know of the person and the territory. */
export interface ReadingContext {
  /** Identifiers of the places that hours may be given for; undefined while the person is not known. */
  places: readonly string[] | undefined;
  /** @returns its current INSEE code, or what is wrong with it, in French */
  findCommune: (text: string) => { code: string } | { fault: string };
}

const ITEM_LENGTH_MAX = 80;
const ITEMS_MAX = 30;
const LISTED_MAX = 50;
const COMMUNES_MAX = 2000;
const PERIODS_MAX = 20;
const REMARKS_LENGTH_MAX = 2000;
const MESSAGE_LENGTH_MAX = 500;
const NAME_LENGTH_MAX = 120;

/** Reads what a line says of a page, each cell by its column. */
export function readPageCells(cells: SpreadsheetCells, context: ReadingContext): CellReading {
  const reading: CellReading = { said: {}, faults: [] };
  const { said } = reading;
  const erases = (column: Column) => isErasing(cells[column] ?? '');
  const read = <T>(column: Column, part: keyof Said, parse: (cell: string) => T | Fault) => {
    const cell = cells[column];
    if (cell === undefined) return;
    if (erases(column)) {
      said[part] = null;
      return;
    }
    const value = parse(cell);
    if (isFault(value)) reading.faults.push({ column, detail: value.fault });
    else said[part] = value;
  };
  for (const way of WAYS_OF_PRACTISING) read(way, `ways.${way}`, readYesOrNo);
  read('homeVisitCommunes', 'homeVisitCommunes', (cell) => readCommunes(cell, context));
  read('homeVisitRadius', 'homeVisitRadius', readRadius);
  read('acts', 'acts', (cell) => readListed(cell, ACT_CODES, 'un acte de la liste'));
  read('ownWords', 'ownWords', readWords);
  read('equipment', 'equipment', readWords);
  read('languages', 'languages', (cell) => readListed(cell, LANGUAGE_CODES, 'une langue connue'));
  read('accessibility', 'accessibility', (cell) =>
    readListed(cell, ACCESSIBILITY_CODES, 'une accessibilité de la liste'),
  );
  read('hours', 'hours', (cell) => readPlaceHours(cell, context));
  readAway(cells, erases, reading);
  read('preferredMailbox', 'preferredMailbox', (cell) => {
    return (
      parseMailboxAddress(cell) ?? {
        fault: `«\u00a0${shorten(cell)}\u00a0» n’est pas une adresse de messagerie.`,
      }
    );
  });
  read('sending', 'sending', readSendings);
  read('remarks', 'remarks', (cell) => {
    const text = readText(cell);
    return text.length > REMARKS_LENGTH_MAX ? tooLong(REMARKS_LENGTH_MAX) : text;
  });
  return reading;
}

/** The page once the line has been followed. */
export function applySaid(profile: Profile, said: Said): Record<string, unknown> {
  const { homeVisitCommunes, homeVisitRadius, ...others } = said;
  const page: Record<string, unknown> = { ...profile, ways: { ...profile.ways } };
  const ways = page['ways'] as Record<string, unknown>;
  for (const [field, value] of Object.entries(others)) {
    const [of, name] = field.startsWith('ways.') ? [ways, field.slice(5)] : [page, field];
    if (value === null) delete of[name];
    else of[name] = value;
  }
  const area: HomeVisitArea = { ...profile.homeVisitArea };
  if (homeVisitCommunes === null) delete area.communeCodes;
  else if (homeVisitCommunes !== undefined) area.communeCodes = homeVisitCommunes as string[];
  if (homeVisitRadius === null) delete area.radiusKm;
  else if (homeVisitRadius !== undefined) area.radiusKm = homeVisitRadius as number;
  if (area.communeCodes === undefined && area.radiusKm === undefined) delete page['homeVisitArea'];
  else page['homeVisitArea'] = area;
  return page;
}

interface Fault {
  fault: string;
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'fault' in value;
}

function tooLong(max: number): Fault {
  return { fault: `Le texte dépasse ${max} caractères.` };
}

function shorten(text: string): string {
  return text.slice(0, 40);
}

function readYesOrNo(cell: string): boolean | Fault {
  const folded = foldText(cell);
  if (['oui', 'o', 'x', 'vrai', '1'].includes(folded)) return true;
  if (['non', 'n', 'faux', '0'].includes(folded)) return false;
  return {
    fault: `«\u00a0${shorten(cell)}\u00a0»\u00a0: écrivez oui, non, ou laissez vide quand on ne sait pas.`,
  };
}

function readRadius(cell: string): number | Fault {
  const km = Number(cell.replace(/\s*km$/i, ''));
  return Number.isInteger(km) && km >= 1 && km <= 100
    ? km
    : { fault: 'Le rayon est un nombre entier de 1 à 100 kilomètres.' };
}

function readCommunes(cell: string, { findCommune }: ReadingContext): string[] | Fault {
  const codes = new Set<string>();
  for (const item of splitItems(cell, ';,')) {
    const found = findCommune(item);
    if (isFault(found)) return found;
    codes.add(found.code);
  }
  return codes.size > COMMUNES_MAX
    ? { fault: `Il y a plus de ${COMMUNES_MAX} communes.` }
    : [...codes].sort();
}

/** By code and by folded label; acts also by what else they are called, where that means one of them. */
const ACT_CODES = new Map([
  ...EVERY_ACT.flatMap(({ code, words }) => words.map((word) => [foldText(word), code] as const)).filter(
    ([word], _, all) => all.filter(([other]) => other === word).length === 1,
  ),
  ...EVERY_ACT.flatMap(({ code, label }) => [
    [foldText(label), code] as const,
    [foldText(code), code] as const,
  ]),
]);
const LANGUAGE_CODES = new Map(
  [...LANGUAGES].flatMap(([code, name]) => [[code, code] as const, [foldText(name), code] as const]),
);
const ACCESSIBILITY_CODES = new Map(
  Object.entries(ACCESSIBILITY).flatMap(([code, label]) => [
    [foldText(code), code] as const,
    [foldText(label), code] as const,
  ]),
);

function readListed(cell: string, codes: ReadonlyMap<string, string>, expected: string): string[] | Fault {
  const listed = new Set<string>();
  for (const item of splitItems(cell, ';,')) {
    const code = codes.get(foldText(item));
    if (code === undefined) return { fault: `«\u00a0${shorten(item)}\u00a0» n’est pas ${expected}.` };
    listed.add(code);
  }
  return listed.size > LISTED_MAX ? { fault: `Il y en a plus de ${LISTED_MAX}.` } : [...listed];
}

function readWords(cell: string): string[] | Fault {
  const items = [...new Set(splitItems(cell, ';'))];
  if (items.length > ITEMS_MAX) return { fault: `Il y en a plus de ${ITEMS_MAX}.` };
  const long = items.find((it) => it.length > ITEM_LENGTH_MAX);
  if (long === undefined) return items;
  return {
    fault: `«\u00a0${shorten(long)}…\u00a0» dépasse ${ITEM_LENGTH_MAX} caractères\u00a0: séparez-les par «\u00a0|\u00a0».`,
  };
}

function readPlaceHours(cell: string, { places }: ReadingContext) {
  const hours = readHours(cell, places === undefined ? '?' : places.length === 1 ? places[0] : undefined);
  if ('fault' in hours || places === undefined) return hours;
  const other = hours.find((it) => !places.includes(it.organizationId));
  if (other === undefined) return hours;
  return { fault: `${shorten(other.organizationId)} n’est pas un lieu d’exercice de cette personne.` };
}

function readSendings(cell: string): { what: string; where: string }[] | Fault {
  const written = splitWritten(cell, '|\n').filter((it) => it !== '');
  const sendings = written.map(readSending);
  const wrong = sendings.findIndex(
    (it) => it === undefined || it.where === '' || it.what.length > NAME_LENGTH_MAX || it.where.length > 200,
  );
  if (wrong >= 0)
    return {
      fault: `«\u00a0${shorten(written[wrong]!)}\u00a0»\u00a0: écrivez par exemple «\u00a0comptes rendus\u00a0: ma messagerie\u00a0».`,
    };
  return sendings.length > PERIODS_MAX
    ? { fault: `Il y en a plus de ${PERIODS_MAX}.` }
    : sendings.map((it) => it!);
}

function readAway(
  cells: SpreadsheetCells,
  erases: (column: Column) => boolean,
  { said, faults }: CellReading,
) {
  const given = AWAY_COLUMNS.filter((it) => cells[it] !== undefined);
  if (given.length === 0) return;
  if (given.some(erases)) {
    said.awayPeriods = null;
    return;
  }
  const values = Object.fromEntries(
    AWAY_COLUMNS.map((column) => [
      column,
      cells[column] === undefined ? [] : splitWritten(cells[column], '|').map(unescapeItem),
    ]),
  ) as Record<(typeof AWAY_COLUMNS)[number], string[]>;
  const periods: AwayPeriod[] = [];
  const add = (column: Column, detail: string) => void faults.push({ column, detail });
  if (values.awayStart.length === 0) return add('awayStart', 'Une absence a un premier et un dernier jour.');
  if (values.awayStart.length > PERIODS_MAX)
    return add('awayStart', `Il y a plus de ${PERIODS_MAX} absences.`);
  for (const [index, from] of values.awayStart.entries()) {
    const [start, end] = [parseFrenchDay(from), parseFrenchDay(values.awayEnd[index] ?? '')];
    const message = values.awayMessage[index] ?? '';
    const name = values.awayReplacement[index] ?? '';
    const typedRpps = values.awayReplacementRpps[index] ?? '';
    const rpps = parseRpps(typedRpps);
    if (start === undefined)
      return add('awayStart', `«\u00a0${shorten(from)}\u00a0»\u00a0: écrivez un jour, comme 24/12/2026.`);
    if (end === undefined) return add('awayEnd', 'Écrivez un jour, comme 02/01/2027.');
    if (end < start) return add('awayEnd', 'L’absence finit avant de commencer.');
    if (Date.parse(end) - Date.parse(start) > TWO_YEARS_MS)
      return add('awayEnd', 'L’absence dépasse deux ans.');
    if (message.length > MESSAGE_LENGTH_MAX)
      return add('awayMessage', `Le message dépasse ${MESSAGE_LENGTH_MAX} caractères.`);
    if (name.length > NAME_LENGTH_MAX)
      return add('awayReplacement', `Le nom dépasse ${NAME_LENGTH_MAX} caractères.`);
    if (typedRpps !== '' && rpps === undefined)
      return add('awayReplacementRpps', `«\u00a0${shorten(typedRpps)}\u00a0»\u00a0: un RPPS a 11 chiffres.`);
    const replacement = { ...(rpps !== undefined && { rpps }), ...(name !== '' && { name }) };
    periods.push({
      start,
      end,
      ...(message !== '' && { message }),
      ...(Object.keys(replacement).length > 0 && { replacement }),
    });
  }
  const longest = Math.max(...AWAY_COLUMNS.map((column) => values[column].length));
  if (longest > values.awayStart.length)
    return add('awayStart', 'Il y a plus de messages ou de jours de fin que de jours de début.');
  said.awayPeriods = periods;
  return undefined;
}

const TWO_YEARS_MS = 731 * 86_400_000;
