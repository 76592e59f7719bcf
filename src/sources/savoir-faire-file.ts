import type { SourceLine, SourceRecord } from '#domain/source.ts';
import type { ColumnIndexes } from './columns.ts';
import { readPersonIdentifier } from './person-identifier.ts';
import type { LineCells } from './line-cells.ts';
import type { PipeSeparatedFormat } from './pipe-separated.ts';
import { type LinePosition, toRejection } from './rejection.ts';
import { noteUnlisted } from './unlisted-codes.ts';

/** Of its 13 columns, those that are read. @see PS_LibreAcces_SavoirFaire */
const SAVOIR_FAIRE_COLUMNS = {
  typeIdentifiantPp: "Type d'identifiant PP",
  identifiantPp: 'Identifiant PP',
  identificationNationalePp: 'Identification nationale PP',
  codeProfession: 'Code profession',
  libelleProfession: 'Libellé profession',
  codeTypeSavoirFaire: 'Code type savoir-faire',
  codeSavoirFaire: 'Code savoir-faire',
  libelleSavoirFaire: 'Libellé savoir-faire',
} as const;

type SavoirFaireColumn = keyof typeof SAVOIR_FAIRE_COLUMNS;

/** Several lines per person: one per savoir-faire. Names are not taken from here, the RPPS file has them in full. */
export const SAVOIR_FAIRE_FILE: PipeSeparatedFormat<SavoirFaireColumn> = {
  names: SAVOIR_FAIRE_COLUMNS,
  createReader: (at) => (cells, position) => toLine(cells, at, position),
};

function toLine(cells: LineCells, at: ColumnIndexes<SavoirFaireColumn>, position: LinePosition): SourceLine {
  const person = readPersonIdentifier(
    cells.read(at.typeIdentifiantPp),
    cells.read(at.identifiantPp),
    cells.read(at.identificationNationalePp),
    SAVOIR_FAIRE_COLUMNS,
    position,
  );
  if ('rejection' in person) return person;
  const professionCode = cells.read(at.codeProfession);
  const type = cells.read(at.codeTypeSavoirFaire);
  const code = cells.read(at.codeSavoirFaire);
  if (professionCode === null) return toMissing(position, 'codeProfession');
  if (type === null) return toMissing(position, 'codeTypeSavoirFaire');
  if (code === null) return toMissing(position, 'codeSavoirFaire');
  const record: SourceRecord = {
    line: position.line,
    savoirFaire: { practitionerId: person.id, professionCode, type, code },
  };
  const unlistedCodes = noteUnlisted(
    noteUnlisted(undefined, 'profession', professionCode, cells.read(at.libelleProfession)),
    'savoirFaire',
    code,
    cells.read(at.libelleSavoirFaire),
  );
  if (unlistedCodes) record.unlistedCodes = unlistedCodes;
  return { record };
}

function toMissing(position: LinePosition, column: SavoirFaireColumn): SourceLine {
  const name = SAVOIR_FAIRE_COLUMNS[column];
  return toRejection(position, 'value-missing', name, `"${name}" is empty.`);
}
