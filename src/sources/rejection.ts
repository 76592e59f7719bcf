import { holdsPatientIdentity } from '#domain/patient-address.ts';
import type { Rejection, RejectionReason, SourceId } from '#domain/source.ts';

/** Where a line stands, for what has to be said of it. */
export interface LinePosition {
  source: SourceId;
  file: string;
  line: number;
}

/** Longest value of any column that is let through. */
export const VALUE_LENGTH_MAX = 2000;

const SHOWN_LENGTH_MAX = 80;

/** @param column the publisher's name; null when the whole line is at fault */
export function toRejection(
  { source, file, line }: LinePosition,
  reason: RejectionReason,
  column: string | null,
  detail: string,
): { rejection: Rejection } {
  return { rejection: { source, file, line, column, reason, detail } };
}

/** A faulty value as it may be shown: quoted, cut to 80 characters, without control characters; never the identity of a patient. */
export function showValue(value: string): string {
  if (holdsPatientIdentity(value))
    return 'A value that is not shown, for it holds the identity of a patient,';
  const cut = value.length > SHOWN_LENGTH_MAX ? `${value.slice(0, SHOWN_LENGTH_MAX - 1)}…` : value;
  return `"${cut.replace(/\p{Cc}/gu, '\ufffd').toWellFormed()}"`;
}

/** A patient's address was met: it is an identity, so nothing of the value is repeated. */
export function toPatientAddressRejection(
  position: LinePosition,
  column: string | null,
): { rejection: Rejection } {
  return toRejection(
    position,
    'patient-address',
    column,
    'A patient address stands here. It is an identity and has no place in a directory: the line is refused and its value is not kept.',
  );
}
