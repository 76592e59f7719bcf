import { parseEditedProfile } from '#domain/parse-edited-profile.ts';
import { holdsPatientIdentity } from '#domain/patient-address.ts';
import { diffProfiles, isSame } from '#domain/profile-changes.ts';
import type { FieldChange, Profile } from '#domain/profile.ts';
import type { ImportChoice, ImportLine } from '#domain/territory-import.ts';

import { matchLine, type People } from './people.ts';
import { applySaid, readPageCells, type ReadingContext } from './read-page-cells.ts';
import { describeLength, type LineFault } from './read-spreadsheet.ts';
import { COLUMNS, SPREADSHEET_COLUMNS, type Column, type SpreadsheetCells } from './spreadsheet-columns.ts';
import { AWAY_COLUMNS, columnOfPath, columnsOfField } from './column-of-field.ts';
import { writePageCells } from './write-page-cells.ts';

/** A line as it was given, and what the coordinator decided about it. */
export interface GivenLine {
  line: number;
  cells: SpreadsheetCells;
  faults: LineFault[];
  choice: ImportChoice | null;
}

export interface PreviewContext {
  people: People;
  /** By practitioner id; those who say nothing are absent. */
  profiles: ReadonlyMap<string, Profile>;
  /** Places of practice by practitioner id, with their names by place. */
  places: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Addresses of the mailboxes that each person holds, by practitioner id; those who hold none are absent. */
  mailboxes: ReadonlyMap<string, ReadonlySet<string>>;
  findCommune: ReadingContext['findCommune'];
}

/**
 * Tells what each line would do: whom it is about, and what it would change of their page, field by field. Cells that say what the
 * page says change nothing. Lines of one person, as the export has, must not contradict each other.
 */
export function previewLines(lines: readonly GivenLine[], context: PreviewContext): ImportLine[] {
  const sayings = new Map<string, Map<string, { line: number; after: unknown }>>();
  return lines.map((given) => {
    const preview = previewLine(given, context);
    const { practitionerId, changes } = preview;
    if (practitionerId === null || preview.faults.length > 0 || given.choice === 'skip') return preview;
    const said = sayings.get(practitionerId) ?? new Map<string, { line: number; after: unknown }>();
    sayings.set(practitionerId, said);
    for (const { field, after } of changes) {
      const other = said.get(field);
      if (other === undefined) said.set(field, { line: given.line, after });
      else if (!isSame(other.after, after))
        preview.faults.push({
          column: SPREADSHEET_COLUMNS[columnsOfField(field)[0]!],
          detail: `La ligne ${other.line} dit autre chose de la même personne.`,
        });
    }
    return preview;
  });
}

function previewLine(given: GivenLine, context: PreviewContext): ImportLine {
  const { cells, choice } = given;
  const preview: ImportLine = {
    line: given.line,
    cells,
    choice,
    practitionerId: null,
    candidates: [],
    faults: [],
    changes: [],
  };
  const faults: LineFault[] = [...given.faults, ...checkCells(cells)];
  const match =
    choice !== null && choice !== 'skip' ? chosen(context.people, choice) : matchLine(context.people, cells);
  if ('fault' in match) faults.push(findPlaceFault(cells, context) ?? match.fault);
  else if ('candidates' in match) preview.candidates = match.candidates.map((it) => it.id);
  else preview.practitionerId = match.person.id;
  const change = readChanges(preview.practitionerId, cells, context);
  faults.push(...change.faults);
  preview.faults = faults.map(({ column, detail, code }) => ({
    column: column === null ? null : SPREADSHEET_COLUMNS[column],
    detail,
    ...(code && { code }),
  }));
  if (preview.faults.length === 0) preview.changes = change.changes;
  return preview;
}

/** Nobody of that name is there, it may be the place that is wrong. */
function findPlaceFault(cells: SpreadsheetCells, { findCommune }: PreviewContext): LineFault | undefined {
  if (cells.rpps !== undefined || cells.familyName === undefined) return undefined;
  const column = cells.communeCode === undefined ? 'commune' : 'communeCode';
  const cell = cells[column];
  const found = cell === undefined ? undefined : findCommune(cell);
  return found !== undefined && 'fault' in found ? { column, detail: found.fault } : undefined;
}

function chosen(people: People, { practitionerId }: Exclude<ImportChoice, 'skip'>) {
  const person = people.byId.get(practitionerId);
  const detail = 'La personne choisie n’exerce plus sur le territoire.';
  return person === undefined ? { fault: { column: 'rpps' as const, detail } } : { person };
}

/** @returns what is wrong with what the cells hold, whatever they say */
function checkCells(cells: SpreadsheetCells): LineFault[] {
  return COLUMNS.flatMap((column) => {
    const cell = cells[column];
    if (cell === undefined) return [];
    const detail = holdsPatientIdentity(cell)
      ? 'L’identité d’un patient n’a pas sa place ici\u00a0: retirez-la.'
      : describeLength(column, cell);
    return detail === undefined ? [] : [{ column, detail }];
  });
}

function readChanges(
  practitionerId: string | null,
  cells: SpreadsheetCells,
  { profiles, places, mailboxes, findCommune }: PreviewContext,
): { faults: LineFault[]; changes: FieldChange[] } {
  const profile = (practitionerId === null ? undefined : profiles.get(practitionerId)) ?? {};
  const ownPlaces =
    practitionerId === null ? undefined : (places.get(practitionerId) ?? new Map<string, string>());
  const known = ownPlaces && [...ownPlaces.keys(), ...(profile.hours ?? []).map((it) => it.organizationId)];
  const news = withoutSame(
    cells,
    writePageCells(profile, (id) => ownPlaces?.get(id)),
  );
  const { said, faults } = readPageCells(news, { places: known && [...new Set(known)], findCommune });
  const { preferredMailbox } = said;
  if (
    practitionerId !== null &&
    typeof preferredMailbox === 'string' &&
    !mailboxes.get(practitionerId)?.has(preferredMailbox)
  )
    faults.push({
      column: 'preferredMailbox',
      detail: 'Cette adresse n’est celle d’aucune messagerie de la personne.',
    });
  if (faults.length > 0 || practitionerId === null || Object.keys(said).length === 0)
    return { faults, changes: [] };
  const parsed = parseEditedProfile(applySaid(profile, said), profile);
  if (parsed.success) return { faults, changes: diffProfiles(profile, parsed.data) };
  const refused = new Set(parsed.error.issues.map((it) => columnOfPath(it.path)));
  return {
    faults: [...refused].map((column) => ({
      column,
      detail: REFUSED[column] ?? 'Cette valeur n’est pas acceptée.',
    })),
    changes: [],
  };
}

const REFUSED: Partial<Record<Column, string>> = {
  hours: 'Des horaires d’un même jour se chevauchent, ou une fermeture dépasse deux ans.',
};

/** Cells that hold what the export would write say nothing new. */
function withoutSame(cells: SpreadsheetCells, current: SpreadsheetCells): SpreadsheetCells {
  const entries = Object.entries(cells) as [Column, string][];
  const isAwayNew = AWAY_COLUMNS.some(
    (column) => cells[column] !== undefined && cells[column] !== current[column],
  );
  return Object.fromEntries(
    entries.filter(([column, cell]) =>
      (AWAY_COLUMNS as readonly Column[]).includes(column) ? isAwayNew : cell !== current[column],
    ),
  );
}
