import { ACCESSIBILITY } from '#domain/accessibility.ts';
import { findAct } from '#domain/acts.ts';
import { findCommune } from '#domain/geography.ts';
import { LANGUAGES } from '#domain/languages.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
import type { HomeVisitArea, Profile } from '#domain/profile.ts';

import { escapeItem, joinItems, splitWritten, unescapeItem, writeText } from './cell-text.ts';
import { toFrenchDay } from './french-day.ts';
import { writeHours } from './hours-cell.ts';
import type { SpreadsheetCells } from './spreadsheet-columns.ts';

/** Above it, communes are written by their codes alone: a cell of a spreadsheet holds 32,767 characters. */
const NAMED_COMMUNES_MAX = 400;

/**
 * What a page says, as cells of a spreadsheet; `readPageCells` reads them back to the same page.
 * @param nameOf of a place of practice, undefined when it is not known
 */
export function writePageCells(
  profile: Profile,
  nameOf: (organizationId: string) => string | undefined,
): SpreadsheetCells {
  const { ways = {}, homeVisitArea, acts, languages, accessibility, hours, sending, remarks } = profile;
  const cells: SpreadsheetCells = {};
  for (const way of WAYS_OF_PRACTISING) if (ways[way] !== undefined) cells[way] = ways[way] ? 'oui' : 'non';
  if (homeVisitArea?.communeCodes) cells.homeVisitCommunes = writeCommunes(homeVisitArea.communeCodes);
  if (homeVisitArea?.radiusKm) cells.homeVisitRadius = String(homeVisitArea.radiusKm);
  if (acts) cells.acts = joinItems(acts.map((it) => findAct(it)?.label ?? it));
  if (profile.ownWords) cells.ownWords = joinItems(profile.ownWords);
  if (profile.equipment) cells.equipment = joinItems(profile.equipment);
  if (languages) cells.languages = joinItems(languages.map((it) => LANGUAGES.get(it) ?? it));
  if (accessibility) cells.accessibility = joinItems(accessibility.map(toAccessibilityLabel));
  if (hours) cells.hours = writeHours(hours, nameOf);
  writeAway(profile, cells);
  if (profile.preferredMailbox) cells.preferredMailbox = profile.preferredMailbox;
  if (sending)
    cells.sending = sending
      .map(({ what, where }) => `${escapeItem(what).replaceAll(':', '\\:')} : ${escapeItem(where)}`)
      .join(' | ');
  if (remarks) cells.remarks = writeText(remarks);
  return cells;
}

/** The first `:` that is not escaped parts what from where. */
export function readSending(written: string): { what: string; where: string } | undefined {
  const [what, ...where] = splitWritten(written, ':');
  if (what === undefined || what === '' || where.length === 0) return undefined;
  const from = written.indexOf(':', what.length);
  return { what: unescapeItem(what), where: unescapeItem(written.slice(from + 1).trim()) };
}

function writeCommunes(codes: NonNullable<HomeVisitArea['communeCodes']>): string {
  if (codes.length > NAMED_COMMUNES_MAX) return codes.join(' | ');
  return codes.map((code) => `${findCommune(code)?.name ?? ''} (${code})`.trim()).join(' | ');
}

function toAccessibilityLabel(code: string): string {
  return (ACCESSIBILITY as Record<string, string>)[code] ?? code;
}

/** Several periods stand in one order in each of their columns. */
function writeAway({ awayPeriods }: Profile, cells: SpreadsheetCells): void {
  if (awayPeriods === undefined) return;
  const join = (values: (string | undefined)[]) =>
    values.every((it) => it === undefined) ? undefined : joinItems(values.map((it) => it ?? ''));
  const said: SpreadsheetCells = {};
  said.awayStart = join(awayPeriods.map((it) => toFrenchDay(it.start)))!;
  said.awayEnd = join(awayPeriods.map((it) => toFrenchDay(it.end)))!;
  const optional = {
    awayMessage: join(awayPeriods.map((it) => it.message)),
    awayReplacement: join(awayPeriods.map((it) => it.replacement?.name)),
    awayReplacementRpps: join(awayPeriods.map((it) => it.replacement?.rpps)),
  };
  for (const [column, cell] of Object.entries(optional)) {
    if (cell !== undefined) said[column as keyof typeof optional] = cell;
  }
  Object.assign(cells, said);
}
