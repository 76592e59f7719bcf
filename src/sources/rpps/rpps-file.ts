import type {
  OrganizationRecord,
  PractitionerRecord,
  PractitionerRoleRecord,
  SavoirFaireRecord,
} from '#domain/records.ts';
import type { SourceLine, SourceRecord } from '#domain/source.ts';
import type { ColumnIndexes } from '../columns.ts';
import { type PersonIdentifier, readPersonIdentifier } from '../person-identifier.ts';
import { type PipeSeparatedFormat, readCell } from '../pipe-separated.ts';
import { type LinePosition, toRejection } from '../rejection.ts';
import { noteUnlisted } from '../unlisted-codes.ts';
import { RPPS_COLUMNS, type RppsColumn } from './columns.ts';
import { toOrganization } from './organization.ts';

/** One line, one activity: a person with two professions or three sites has as many lines, equal ones included. */
export const RPPS_FILE: PipeSeparatedFormat<RppsColumn> = { names: RPPS_COLUMNS, toLine };

type Cells = readonly string[];
type At = ColumnIndexes<RppsColumn>;

function toLine(cells: Cells, at: At, position: LinePosition): SourceLine {
  const person = readPersonIdentifier(
    readCell(cells, at.typeIdentifiantPp),
    readCell(cells, at.identifiantPp),
    readCell(cells, at.identificationNationalePp),
    RPPS_COLUMNS,
    position,
  );
  if ('rejection' in person) return person;
  const familyName = readCell(cells, at.nomExercice);
  if (familyName === null) return toMissing(position, 'nomExercice', 'The person has no name.');
  const professionCode = readCell(cells, at.codeProfession);
  if (professionCode === null) return toMissing(position, 'codeProfession', 'The person has no profession.');

  const organization = toOrganization(cells, at);
  const record: SourceRecord = {
    line: position.line,
    practitioner: toPractitioner(cells, at, person, familyName),
    role: toRole(cells, at, person.id, professionCode, organization),
  };
  if (organization) record.organization = organization;
  const savoirFaire = toSavoirFaire(cells, at, person.id, professionCode);
  if (savoirFaire) record.savoirFaire = savoirFaire;
  const unlistedCodes = findUnlistedCodes(cells, at, professionCode);
  if (unlistedCodes) record.unlistedCodes = unlistedCodes;
  return { record };
}

function toMissing(position: LinePosition, column: RppsColumn, detail: string): SourceLine {
  return toRejection(position, 'value-missing', RPPS_COLUMNS[column], detail);
}

function toPractitioner(
  cells: Cells,
  at: At,
  { id, rpps }: PersonIdentifier,
  familyName: string,
): PractitionerRecord {
  return {
    id,
    rpps,
    familyName,
    givenNames: readCell(cells, at.prenomExercice),
    civilite: readCell(cells, at.codeCivilite),
    civiliteExercice: readCell(cells, at.codeCiviliteExercice),
  };
}

function toRole(
  cells: Cells,
  at: At,
  practitionerId: string,
  professionCode: string,
  organization: OrganizationRecord | null,
): PractitionerRoleRecord {
  return {
    practitionerId,
    professionCode,
    categorieProfessionnelle: readCell(cells, at.codeCategorieProfessionnelle),
    modeExercice: readCell(cells, at.codeModeExercice),
    secteurActivite: readCell(cells, at.codeSecteurActivite),
    sectionPharmacien: readCell(cells, at.codeSectionTableauPharmaciens),
    role: readCell(cells, at.codeRole),
    genreActivite: readCell(cells, at.codeGenreActivite),
    autoriteEnregistrement: readCell(cells, at.autoriteEnregistrement),
    organizationId: organization?.id ?? null,
  };
}

/** The columns are repeated and partial here; the file of the savoir-faire completes them. */
function toSavoirFaire(
  cells: Cells,
  at: At,
  practitionerId: string,
  professionCode: string,
): SavoirFaireRecord | null {
  const type = readCell(cells, at.codeTypeSavoirFaire);
  const code = readCell(cells, at.codeSavoirFaire);
  return type === null || code === null ? null : { practitionerId, professionCode, type, code };
}

function findUnlistedCodes(cells: Cells, at: At, professionCode: string): SourceRecord['unlistedCodes'] {
  const professions = noteUnlisted(
    undefined,
    'profession',
    professionCode,
    readCell(cells, at.libelleProfession),
  );
  const andSavoirFaire = noteUnlisted(
    professions,
    'savoirFaire',
    readCell(cells, at.codeSavoirFaire),
    readCell(cells, at.libelleSavoirFaire),
  );
  return noteUnlisted(
    andSavoirFaire,
    'secteurActivite',
    readCell(cells, at.codeSecteurActivite),
    readCell(cells, at.libelleSecteurActivite),
  );
}
