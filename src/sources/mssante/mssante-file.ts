import { listCodes } from '#domain/code-lists.ts';
import { foldText } from '#domain/fold.ts';
import { parseMailboxAddress } from '#domain/identifiers.ts';
import type { MailboxHolderRecord, MailboxType } from '#domain/records.ts';
import type { SourceLine, SourceRecord } from '#domain/source.ts';
import type { ColumnIndexes } from '../columns.ts';
import { readPersonIdentifier } from '../person-identifier.ts';
import type { LineCells } from '../line-cells.ts';
import type { PipeSeparatedFormat } from '../pipe-separated.ts';
import { type LinePosition, showValue, toRejection } from '../rejection.ts';
import { createOrganizationReader, type StatedOrganization } from '../stated-organization.ts';
import { noteUnlisted } from '../unlisted-codes.ts';
import { MSSANTE_COLUMNS, type MssanteColumn } from './columns.ts';
import { toOrganizationFormat } from './organization.ts';

/**
 * The mailboxes, one line for each of what holds one: an address stands on several lines when its person has several
 * professions or structures.
 */
export const MSSANTE_FILE: PipeSeparatedFormat<MssanteColumn> = {
  names: MSSANTE_COLUMNS,
  createReader(at) {
    const readOrganization = createOrganizationReader(toOrganizationFormat(at));
    return (cells, position) => toLine(cells, at, position, readOrganization);
  },
};

type At = ColumnIndexes<MssanteColumn>;

const MAILBOX_TYPES = ['PER', 'ORG', 'APP', 'CAB'] as const satisfies readonly MailboxType[];

function toLine(
  cells: LineCells,
  at: At,
  position: LinePosition,
  readOrganization: (cells: LineCells) => StatedOrganization,
): SourceLine {
  const address = readAddress(cells, at, position);
  if (typeof address !== 'string') return address;
  const type = readType(cells, at, position);
  if (typeof type !== 'string') return type;
  const practitionerId = readPractitionerId(cells, at, position);
  if (practitionerId !== null && typeof practitionerId !== 'string') return practitionerId;
  const familyName = cells.read(at.nomExercice);
  if (type === 'PER' && practitionerId === null && familyName === null) {
    const detail = 'The mailbox of a person has neither an identifier nor a name.';
    return toRejection(position, 'value-missing', MSSANTE_COLUMNS.nomExercice, detail);
  }

  const { id: organizationId, organization } = readOrganization(cells);
  const holder: MailboxHolderRecord = {
    address,
    practitionerId,
    familyName,
    givenNames: cells.read(at.prenomExercice),
    civiliteExercice: toCiviliteExercice(cells.read(at.civiliteExercice)),
    professionCode: cells.read(at.codeProfession),
    savoirFaireCode: cells.read(at.codeSavoirFaire),
    organizationId,
    serviceName: cells.read(at.serviceRattachement),
  };
  const dematerialisation = parseYesNo(cells.read(at.dematerialisation));
  const record: SourceRecord = {
    line: position.line,
    mailbox: { address, type, dematerialisation },
    holder,
  };
  if (organization) record.organization = organization;
  const unlistedCodes = findUnlistedCodes(cells, at);
  if (unlistedCodes) record.unlistedCodes = unlistedCodes;
  return { record };
}

function readAddress(cells: LineCells, at: At, position: LinePosition): string | SourceLine {
  const text = cells.read(at.adresseBal);
  const column = MSSANTE_COLUMNS.adresseBal;
  if (text === null) return toRejection(position, 'value-missing', column, 'The line has no address.');
  return (
    parseMailboxAddress(text) ??
    toRejection(position, 'address-malformed', column, `${showValue(text)} is not one e-mail address.`)
  );
}

function readType(cells: LineCells, at: At, position: LinePosition): MailboxType | SourceLine {
  const text = cells.read(at.typeBal);
  const type = MAILBOX_TYPES.find((known) => known === text?.toUpperCase());
  if (type) return type;
  const detail = `${showValue(text ?? '')} is not one of ${MAILBOX_TYPES.join(', ')}.`;
  return toRejection(position, 'code-unknown', MSSANTE_COLUMNS.typeBal, detail);
}

/** Null for a service, and for a person whom only the establishment identifies (types 1 and 3 to 6). */
function readPractitionerId(cells: LineCells, at: At, position: LinePosition): string | null | SourceLine {
  const type = cells.read(at.typeIdentifiantPp);
  const number = cells.read(at.identifiantPp);
  const national = cells.read(at.identificationNationalePp);
  if (type === null && number === null && national === null) return null;
  if (type !== null && /^[13456]$/.test(type)) return null;
  const person = readPersonIdentifier(type, number, national, MSSANTE_COLUMNS, position);
  return 'rejection' in person ? person : person.id;
}

/** The file's column does not say whether it holds a code or a label: both are read. */
function toCiviliteExercice(text: string | null): string | null {
  return text === null ? null : (civilites().get(foldText(text)) ?? null);
}

let civilitesByText: Map<string, string> | undefined;

function civilites(): Map<string, string> {
  civilitesByText ??= new Map(
    listCodes('civiliteExercice').flatMap(({ code, label }) => [
      [foldText(code), code],
      [foldText(label), code],
    ]),
  );
  return civilitesByText;
}

function parseYesNo(text: string | null): boolean | null {
  if (text === null) return null;
  const folded = foldText(text);
  if (['o', 'oui', 'true', '1'].includes(folded)) return true;
  return ['n', 'non', 'false', '0'].includes(folded) ? false : null;
}

function findUnlistedCodes(cells: LineCells, at: At): SourceRecord['unlistedCodes'] {
  return noteUnlisted(
    noteUnlisted(undefined, 'profession', cells.read(at.codeProfession), cells.read(at.libelleProfession)),
    'savoirFaire',
    cells.read(at.codeSavoirFaire),
    cells.read(at.libelleSavoirFaire),
  );
}
