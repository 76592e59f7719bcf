import type { QualificationRecord } from '#domain/records.ts';
import type { SourceLine } from '#domain/source.ts';
import type { ColumnIndexes } from './columns.ts';
import { readPersonIdentifier } from './person-identifier.ts';
import type { LineCells } from './line-cells.ts';
import type { PipeSeparatedFormat } from './pipe-separated.ts';
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
export const DIPLOMES_FILE: PipeSeparatedFormat<DiplomesColumn> = {
  names: DIPLOMES_COLUMNS,
  createReader: (at) => (cells, position) => toLine(cells, at, position),
};

function toLine(cells: LineCells, at: ColumnIndexes<DiplomesColumn>, position: LinePosition): SourceLine {
  const person = readPersonIdentifier(
    cells.read(at.typeIdentifiantPp),
    cells.read(at.identifiantPp),
    cells.read(at.identificationNationalePp),
    DIPLOMES_COLUMNS,
    position,
  );
  if ('rejection' in person) return person;
  const diplome = toQualification(person.id, 'diplome', {
    type: cells.read(at.codeTypeDiplomeObtenu),
    typeLabel: cells.read(at.libelleTypeDiplomeObtenu),
    code: cells.read(at.codeDiplomeObtenu),
    label: cells.read(at.libelleDiplomeObtenu),
  });
  const autorisation = toQualification(person.id, 'autorisation', {
    type: cells.read(at.codeTypeAutorisation),
    typeLabel: cells.read(at.libelleTypeAutorisation),
    code: cells.read(at.codeDisciplineAutorisation),
    label: cells.read(at.libelleDisciplineAutorisation),
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
