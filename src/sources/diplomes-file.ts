import type { QualificationRecord } from '#domain/records.ts';
import type { SourceLine } from '#domain/source.ts';
import type { ColumnIndexes } from './columns.ts';
import { readPersonIdentifier } from './person-identifier.ts';
import { type PipeSeparatedFormat, readCell } from './pipe-separated.ts';
import type { LinePosition } from './rejection.ts';

/** Of its 13 columns, those that are read. @see PS_LibreAcces_Dipl_AutExerc */
const DIPLOMES_COLUMNS = {
  typeIdentifiantPp: "Type d'identifiant PP",
  identifiantPp: 'Identifiant PP',
  identificationNationalePp: 'Identification nationale PP',
  codeTypeDiplomeObtenu: 'Code type diplôme obtenu',
  libelleTypeDiplomeObtenu: 'Libellé type diplôme obtenu',
  codeDiplomeObtenu: 'Code diplôme obtenu',
  libelleDiplomeObtenu: 'Libellé diplôme obtenu',
  codeTypeAutorisation: 'Code type autorisation',
  libelleTypeAutorisation: 'Libellé type autorisation',
  codeDisciplineAutorisation: 'Code discipline autorisation',
  libelleDisciplineAutorisation: 'Libellé discipline autorisation',
} as const;

type DiplomesColumn = keyof typeof DIPLOMES_COLUMNS;

/** A line carries a diploma, an authorisation, both, or (accepted, it states nothing) neither. */
export const DIPLOMES_FILE: PipeSeparatedFormat<DiplomesColumn> = { names: DIPLOMES_COLUMNS, toLine };

function toLine(
  cells: readonly string[],
  at: ColumnIndexes<DiplomesColumn>,
  position: LinePosition,
): SourceLine {
  const person = readPersonIdentifier(
    readCell(cells, at.typeIdentifiantPp),
    readCell(cells, at.identifiantPp),
    readCell(cells, at.identificationNationalePp),
    DIPLOMES_COLUMNS,
    position,
  );
  if ('rejection' in person) return person;
  const diplome = toQualification(person.id, 'diplome', {
    type: readCell(cells, at.codeTypeDiplomeObtenu),
    typeLabel: readCell(cells, at.libelleTypeDiplomeObtenu),
    code: readCell(cells, at.codeDiplomeObtenu),
    label: readCell(cells, at.libelleDiplomeObtenu),
  });
  const autorisation = toQualification(person.id, 'autorisation', {
    type: readCell(cells, at.codeTypeAutorisation),
    typeLabel: readCell(cells, at.libelleTypeAutorisation),
    code: readCell(cells, at.codeDisciplineAutorisation),
    label: readCell(cells, at.libelleDisciplineAutorisation),
  });
  const qualifications = [diplome, autorisation].filter((qualification) => qualification !== null);
  return { record: { line: position.line, qualifications } };
}

/** An authorisation or a diploma of which only the type is said is known by its type. */
function toQualification(
  practitionerId: string,
  kind: QualificationRecord['kind'],
  { type, typeLabel, code, label }: Record<'type' | 'typeLabel' | 'code' | 'label', string | null>,
): QualificationRecord | null {
  if (code !== null) return { practitionerId, kind, type, code, label };
  return type === null ? null : { practitionerId, kind, type, code: type, label: label ?? typeLabel };
}
