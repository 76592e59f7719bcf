import { AppError } from '#domain/errors.ts';
import type { SourceLine } from '#domain/source.ts';
import type { FileBytes } from '../file-bytes.ts';
import { parseInstant } from '../publication-date.ts';
import { type LinePosition, showValue, toRejection } from '../rejection.ts';
import { BATCH_LENGTH } from '../source-file.ts';
import { toEstablishment } from './establishment.ts';
import { readElements } from './json-elements.ts';
import type { Pmej } from './structure.ts';

/**
 * The daily file of structures: one JSON object of some 700 MB whose `pmej` array holds the legal entities, each with its
 * establishments (`ege`). Yields, for each legal entity in order, one `legal-entity` and its establishments; `line` is the
 * ordinal of the legal entity, from 1.
 * @throws AppError `source-file-invalid` at once when the text is not a JSON object, else on reading
 */
export function openFiness(bytes: FileBytes): AsyncIterable<SourceLine[]> {
  const head = bytes.head.toString('utf8').replace(/^\ufeff/, '');
  if (head.trim() === '') throw invalid(bytes, 'it is empty');
  if (!head.trimStart().startsWith('{')) throw invalid(bytes, 'it is not one JSON object');
  return readBatches(bytes);
}

/** `generatedAt` stands in the first lines. */
export function findGeneratedAt(bytes: FileBytes): string | null {
  const match = /"generatedAt"\s*:\s*"([^"]{10,40})"/.exec(bytes.head.toString('latin1'));
  return match ? parseInstant(match[1]!) : null;
}

async function* readBatches(bytes: FileBytes): AsyncGenerator<SourceLine[]> {
  const where = { source: 'finess', file: bytes.name } as const;
  let batch: SourceLine[] = [];
  let ordinal = 0;
  for await (const text of readElements(bytes.chunks(), 'pmej', where)) {
    ordinal += 1;
    batch.push(...toLines(parseElement(text, bytes, ordinal), { ...where, line: ordinal }));
    while (batch.length >= BATCH_LENGTH) {
      yield batch.slice(0, BATCH_LENGTH);
      batch = batch.slice(BATCH_LENGTH);
    }
  }
  if (ordinal === 0) throw invalid(bytes, 'its array "pmej" is empty');
  if (batch.length > 0) yield batch;
}

function parseElement(text: string, bytes: FileBytes, ordinal: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(bytes, `element ${ordinal} of "pmej" is not JSON`, error);
  }
}

function* toLines(element: unknown, position: LinePosition): Generator<SourceLine> {
  if (!isObject(element)) {
    const detail = `Element ${position.line} of "pmej" is not an object: ${showValue(JSON.stringify(element))}`;
    yield toRejection(position, 'not-json', 'pmej', detail);
    return;
  }
  const pmej: Pmej = element;
  yield { ignored: 'legal-entity' };
  const entity = pmej.informationsGeneralesPMEJ ?? pmej.informationsGeneralesPmej ?? {};
  const establishments: unknown = pmej.ege ?? [];
  if (!Array.isArray(establishments)) {
    yield toRejection(position, 'not-json', 'ege', `"ege" of element ${position.line} is not an array.`);
    return;
  }
  for (const ege of establishments as unknown[]) {
    if (isObject(ege)) yield toEstablishment(ege, entity, position);
    else
      yield toRejection(
        position,
        'not-json',
        'ege',
        `An establishment is not an object: ${showValue(JSON.stringify(ege))}`,
      );
  }
}

function isObject(value: unknown): value is Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(bytes: FileBytes, what: string, cause?: unknown): AppError {
  return new AppError(
    'source-file-invalid',
    `${bytes.name} is not the finess file that was expected: ${what}`,
    { source: 'finess', file: bytes.name, missing: [] },
    { cause },
  );
}
