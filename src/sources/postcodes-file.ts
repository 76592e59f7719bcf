import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { AppError } from '#domain/errors.ts';
import { foldText } from '#domain/fold.ts';
import type { SourceLine } from '#domain/source.ts';
import { type ColumnIndexes, matchColumns } from './columns.ts';
import type { FileBytes } from './file-bytes.ts';
import { holdsPatientAddress } from './patient-address.ts';
import {
  type LinePosition,
  showValue,
  toPatientAddressRejection,
  toRejection,
  VALUE_LENGTH_MAX,
} from './rejection.ts';
import { BATCH_LENGTH } from './source-file.ts';

/** The file of 2026 has 1.6 MB, with coordinates 4 MB. */
const LENGTH_MAX = 64 * 1024 * 1024;

/** Folded: editions differ in case, accents, a leading `#` and short forms (see {@link SHORT_FORMS}). */
const POSTCODE_COLUMNS = {
  codeCommuneInsee: 'code commune insee',
  codePostal: 'code postal',
  libelleAcheminement: 'libelle d acheminement',
} as const;
const OPTIONAL_COLUMNS = ['ligne 5', 'geopoint', 'latitude', 'longitude'] as const;
const SHORT_FORMS: Readonly<Record<string, string>> = {
  'libelle acheminement': 'libelle d acheminement',
  'coordonnees geographiques': 'geopoint',
  'coordonnees gps': 'geopoint',
};

type At = ColumnIndexes<keyof typeof POSTCODE_COLUMNS> &
  Partial<Record<(typeof OPTIONAL_COLUMNS)[number], number>>;

/**
 * La Poste's postcodes: `;` or `,`, real CSV quoting, UTF-8 or Windows-1252 (the edition of data.gouv.fr, which has no
 * coordinates), coordinates in `_geopoint` ("latitude, longitude") or in two columns. Small: read whole.
 * @throws AppError `source-file-invalid`
 */
export async function openPostcodes(bytes: FileBytes): Promise<AsyncIterable<SourceLine[]>> {
  const rows = parseRows(await readText(bytes), bytes.name);
  const names = rows[0] ?? [];
  if (names.some(holdsPatientAddress)) throw invalid(bytes.name, 'a patient address stands in its header');
  const header = names.map((name) => SHORT_FORMS[foldText(name)] ?? foldText(name));
  if (header.every((name) => name === '')) throw invalid(bytes.name, 'it is empty');
  const where = { source: 'postcodes', file: bytes.name } as const;
  const at: At = matchColumns(POSTCODE_COLUMNS, header, where);
  const optional = OPTIONAL_COLUMNS.map((name) => [name, header.indexOf(name)] as const);
  const all = { ...at, ...Object.fromEntries(optional.filter(([, index]) => index !== -1)) };
  if (rows.length === 1) throw invalid(bytes.name, 'it holds a header and not one line');
  return toBatches(rows, header.length, all, where);
}

async function* toBatches(
  rows: string[][],
  width: number,
  at: At,
  where: Omit<LinePosition, 'line'>,
): AsyncGenerator<SourceLine[]> {
  for (let start = 1; start < rows.length; start += BATCH_LENGTH) {
    yield rows
      .slice(start, start + BATCH_LENGTH)
      .map((row, index) => ({ row, position: { ...where, line: start + index + 1 } }))
      .filter(({ row }) => row.length > 1 || row[0] !== '')
      .map(({ row, position }) => toLine(row, width, at, position));
  }
}

function toLine(row: string[], width: number, at: At, position: LinePosition): SourceLine {
  if (row.some(holdsPatientAddress)) return toPatientAddressRejection(position, null);
  if (row.length !== width && !(row.length === width + 1 && row.at(-1) === '')) {
    const detail = `The line has ${row.length} cells where the header has ${width}: ${showValue(row.join(';'))}`;
    return toRejection(position, 'wrong-column-count', null, detail);
  }
  const tooLong = row.find((cell) => cell.length > VALUE_LENGTH_MAX || cell.includes('\0'));
  if (tooLong !== undefined) {
    const detail = `${showValue(tooLong)} is longer than ${VALUE_LENGTH_MAX} characters or holds a NUL.`;
    return toRejection(position, 'too-long', null, detail);
  }
  const read = (index: number | undefined) => (index === undefined ? null : row[index]!.trim() || null);
  const postcode = read(at.codePostal);
  if (postcode === null || !/^\d{5}$/.test(postcode)) {
    return toRejection(
      position,
      'identifier-malformed',
      'code_postal',
      `${showValue(postcode ?? '')} is not 5 digits.`,
    );
  }
  const communeCode = read(at.codeCommuneInsee);
  if (communeCode === null || !/^\d[\dAB]\d{3}$/.test(communeCode)) {
    const detail = `${showValue(communeCode ?? '')} is not an INSEE commune code.`;
    return toRejection(position, 'identifier-malformed', 'code_commune_insee', detail);
  }
  const label = read(at.libelleAcheminement);
  if (label === null) {
    return toRejection(position, 'value-missing', 'libelle_d_acheminement', 'The line has no routing label.');
  }
  const [latitude, longitude] = readPoint(read(at.geopoint), read(at.latitude), read(at.longitude));
  return {
    record: {
      line: position.line,
      postcode: { postcode, communeCode, label, line5: read(at['ligne 5']), latitude, longitude },
    },
  };
}

function readPoint(
  geopoint: string | null,
  latitudeText: string | null,
  longitudeText: string | null,
): [number, number] | [null, null] {
  const [first = '', second = ''] = geopoint?.split(',') ?? [latitudeText ?? '', longitudeText ?? ''];
  const latitude = toDegrees(first, 90);
  const longitude = toDegrees(second, 180);
  return latitude === null || longitude === null ? [null, null] : [latitude, longitude];
}

function toDegrees(text: string, degreesMax: number): number | null {
  const trimmed = text.trim();
  if (!/^-?\d+(?:\.\d+)?$/.test(trimmed)) return null;
  const degrees = Number(trimmed);
  return Math.abs(degrees) <= degreesMax ? degrees : null;
}

async function readText(bytes: FileBytes): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes.chunks()) {
    parts.push(chunk);
    length += chunk.length;
    if (length > LENGTH_MAX) throw invalid(bytes.name, 'it has more than 64 MB');
  }
  const whole = Buffer.concat(parts);
  return new TextDecoder(isUtf8(whole) ? 'utf-8' : 'windows-1252').decode(whole);
}

function parseRows(text: string, file: string): string[][] {
  const header = text.slice(0, text.indexOf('\n') + 1 || text.length);
  const delimiter = header.split(';').length > header.split(',').length ? ';' : ',';
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n'],
      skip_empty_lines: false,
    });
  } catch (error) {
    throw invalid(file, error instanceof Error ? error.message : 'it is not CSV', error);
  }
}

function invalid(file: string, what: string, cause?: unknown): AppError {
  return new AppError(
    'source-file-invalid',
    `${file} is not the postcodes file that was expected: ${what}`,
    { source: 'postcodes', file, missing: [] },
    { cause },
  );
}
