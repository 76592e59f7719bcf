import { AppError } from '#domain/errors.ts';

/** What is wrong with a line, and what would be right. */
interface LineFault {
  /** From 1, as in the body. */
  line: number;
  /** Of the member at fault; empty for the line as a whole. */
  pointer: string;
  detail: string;
}

/** What became of a call: good lines are taken even where others are not. */
export interface LinesReport {
  lines: number;
  accepted: number;
  faultCount: number;
  /** The first 1,000. */
  faults: LineFault[];
}

/** A line that is no good: to be thrown by the reader of a line. */
export class BadLine extends Error {
  readonly pointer: string;
  constructor(pointer: string, detail: string) {
    super(detail);
    this.pointer = pointer;
  }
}

const LINES_MAX = 50_000;
const LINE_LENGTH_MAX = 1000;
const FAULTS_MAX = 1000;

/**
 * Reads NDJSON: one JSON object a line, empty lines passed over.
 * @param take reads one object, or throws {@link BadLine}
 * @throws AppError `request-invalid` for more than 50,000 lines
 */
export function readLines(
  body: string,
  members: readonly string[],
  take: (value: Record<string, unknown>) => void,
): LinesReport {
  const report: LinesReport = { lines: 0, accepted: 0, faultCount: 0, faults: [] };
  for (const [index, text] of body.split('\n').entries()) {
    if (text.trim() === '') continue;
    report.lines += 1;
    if (report.lines > LINES_MAX) {
      const detail = `A call holds ${LINES_MAX} lines at most.`;
      throw new AppError('request-invalid', detail, { faults: [{ pointer: 'body', detail }] });
    }
    try {
      take(parseLine(text, members));
      report.accepted += 1;
    } catch (error) {
      if (!(error instanceof BadLine)) throw error;
      report.faultCount += 1;
      if (report.faults.length < FAULTS_MAX) {
        report.faults.push({ line: index + 1, pointer: error.pointer, detail: error.message });
      }
    }
  }
  return report;
}

function parseLine(text: string, members: readonly string[]): Record<string, unknown> {
  if (text.length > LINE_LENGTH_MAX) {
    throw new BadLine('', `A line holds ${LINE_LENGTH_MAX} characters at most.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadLine('', 'The line is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadLine('', `The line is not an object with ${members.join(' and ')}.`);
  }
  if (Object.keys(value).some((key) => !members.includes(key))) {
    throw new BadLine('', `The members are ${members.join(' and ')}, and no other.`);
  }
  return value as Record<string, unknown>;
}
