import type { Actor } from '#domain/actor.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import type { ReportedField } from '#domain/error-report.ts';
import { AppError } from '#domain/errors.ts';
import { holdsPatientIdentity } from '#domain/patient-address.ts';
import { countRecentReports, insertErrorReport } from '#store/error-reports.ts';
import type { Database } from '#store/store.ts';

/** What is reported, and where it is. */
export interface ReportSubject {
  id: string;
  name: string;
  communeCodes: string[];
}

export function toReportSubject({ id, name, places }: Correspondent): ReportSubject {
  return { id, name, communeCodes: places.flatMap((it) => it.commune?.code ?? []) };
}

/** Of people whom nobody knows, who are counted together: no address of theirs is kept. */
const ANONYMOUS_PER_HOUR = 60;
const ON_SUBJECT_PER_DAY = 5;
const HOUR_SECONDS = 3600;

/**
 * Keeps what somebody says is wrong, for the coordinators of the territories where it is and for administrators.
 * @param message 1 to `REPORT_MESSAGE_MAX` characters
 * @throws AppError `patient-address-refused`, `too-many-requests`
 */
export async function reportError(
  db: Database,
  actor: Actor,
  subject: ReportSubject,
  { field, message }: { field: ReportedField; message: string },
): Promise<number> {
  if (holdsPatientIdentity(message)) {
    throw new AppError(
      'patient-address-refused',
      'The message holds the identity of a patient: it was not kept.',
      {},
    );
  }
  const { inHour, onSubjectInDay } = await countRecentReports(db, actor.kind, subject.id);
  if (actor.kind === 'anonymous' && (inHour >= ANONYMOUS_PER_HOUR || onSubjectInDay >= ON_SUBJECT_PER_DAY)) {
    throw new AppError('too-many-requests', 'Too many errors were reported of late: try again later.', {
      retryAfterSeconds: HOUR_SECONDS,
    });
  }
  return insertErrorReport(db, {
    subjectId: subject.id,
    subjectName: subject.name,
    communeCodes: subject.communeCodes,
    field,
    message,
    reporter: actor.kind,
  });
}
