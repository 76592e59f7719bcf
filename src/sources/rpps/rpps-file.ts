import type { PractitionerRecord, PractitionerRoleRecord, SavoirFaireRecord } from '#domain/records.ts';
import type { SourceLine, SourceRecord } from '#domain/source.ts';
import type { ColumnIndexes } from '../columns.ts';
import { type PersonIdentifier, readPersonIdentifier } from '../person-identifier.ts';
import type { LineCells } from '../line-cells.ts';
import type { PipeSeparatedFormat } from '../pipe-separated.ts';
import { type LinePosition, toRejection } from '../rejection.ts';
import { createOrganizationReader, type StatedOrganization } from '../stated-organization.ts';
import { noteUnlisted } from '../unlisted-codes.ts';
import { RPPS_COLUMNS, type RppsColumn } from './columns.ts';
import { toOrganizationFormat } from './organization.ts';

/** One line, one activity: a person with two professions or three sites has as many lines, equal ones included. */
export const RPPS_FILE: PipeSeparatedFormat<RppsColumn> = {
  names: RPPS_COLUMNS,
  createReader(at) {
    const readOrganization = createOrganizationReader(toOrganizationFormat(at));
    return (cells, position) => toLine(cells, at, position, readOrganization);
  },
};

type At = ColumnIndexes<RppsColumn>;

function toLine(
  cells: LineCells,
  at: At,
  position: LinePosition,
  readOrganization: (cells: LineCells) => StatedOrganization,
): SourceLine {
  const person = readPersonIdentifier(
    cells.read(at.typeIdentifiantPp),
    cells.read(at.identifiantPp),
    cells.read(at.identificationNationalePp),
    RPPS_COLUMNS,
    position,
  );
  if ('rejection' in person) return person;
  const familyName = cells.read(at.nomExercice);
  if (familyName === null) return toMissing(position, 'nomExercice', 'The person has no name.');
  const professionCode = cells.read(at.codeProfession);
  if (professionCode === null) return toMissing(position, 'codeProfession', 'The person has no profession.');

  const { id: organizationId, organization } = readOrganization(cells);
  const record: SourceRecord = {
    line: position.line,
    practitioner: toPractitioner(cells, at, person, familyName),
    role: toRole(cells, at, person.id, professionCode, organizationId),
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
  cells: LineCells,
  at: At,
  { id, rpps }: PersonIdentifier,
  familyName: string,
): PractitionerRecord {
  return {
    id,
    rpps,
    familyName,
    givenNames: cells.read(at.prenomExercice),
    civilite: cells.read(at.codeCivilite),
    civiliteExercice: cells.read(at.codeCiviliteExercice),
  };
}

function toRole(
  cells: LineCells,
  at: At,
  practitionerId: string,
  professionCode: string,
  organizationId: string | null,
): PractitionerRoleRecord {
  return {
    practitionerId,
    professionCode,
    categorieProfessionnelle: cells.read(at.codeCategorieProfessionnelle),
    modeExercice: cells.read(at.codeModeExercice),
    secteurActivite: cells.read(at.codeSecteurActivite),
    sectionPharmacien: cells.read(at.codeSectionTableauPharmaciens),
    role: cells.read(at.codeRole),
    genreActivite: cells.read(at.codeGenreActivite),
    autoriteEnregistrement: cells.read(at.autoriteEnregistrement),
    organizationId,
  };
}

/** The columns are repeated and partial here; the file of the savoir-faire completes them. */
function toSavoirFaire(
  cells: LineCells,
  at: At,
  practitionerId: string,
  professionCode: string,
): SavoirFaireRecord | null {
  const type = cells.read(at.codeTypeSavoirFaire);
  const code = cells.read(at.codeSavoirFaire);
  return type === null || code === null ? null : { practitionerId, professionCode, type, code };
}

function findUnlistedCodes(cells: LineCells, at: At, professionCode: string): SourceRecord['unlistedCodes'] {
  const professions = noteUnlisted(undefined, 'profession', professionCode, cells.read(at.libelleProfession));
  const andSavoirFaire = noteUnlisted(
    professions,
    'savoirFaire',
    cells.read(at.codeSavoirFaire),
    cells.read(at.libelleSavoirFaire),
  );
  return noteUnlisted(
    andSavoirFaire,
    'secteurActivite',
    cells.read(at.codeSecteurActivite),
    cells.read(at.libelleSecteurActivite),
  );
}
