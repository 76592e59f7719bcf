import type { Actor } from './actor.ts';

/** Who did something: a caller, or an operator on the command line. */
export type AuditActor = Actor | { kind: 'operator' };

export interface AuditEvent {
  actor: AuditActor;
  /** Of the table of operations, or a command (`roles grant`). */
  operation: string;
  /** What it was done to; undefined where there is no one thing. */
  target?: { kind: AuditTargetKind; id: string } | undefined;
  outcome: 'done' | 'refused' | 'failed';
  /** Undefined outside of a request. */
  requestId?: string | undefined;
  /** Counts, names of fields: never a value that is private. */
  details?: Record<string, string | number | boolean | readonly string[]> | undefined;
}

/** What every event of one request or command has. */
export type AuditContext = Pick<AuditEvent, 'actor' | 'requestId'>;

/** A person's page is a `practitioner`, by RPPS. */
type AuditTargetKind =
  | 'practitioner'
  | 'mailbox'
  | 'territory'
  | 'organization'
  | 'expertise'
  | 'team'
  | 'form'
  | 'invitation'
  | 'key'
  | 'error-report'
  | 'role';

/** As it is read again. `at` is RFC 3339, in UTC. */
export interface RecordedEvent {
  id: string;
  at: string;
  actorKind: AuditActor['kind'];
  /** Of an application, its key's id; null for the others, whose subjects stay here. */
  keyId: string | null;
  actorName: string | null;
  application: string | null;
  operation: string;
  target: { kind: string; id: string } | null;
  outcome: string;
  requestId: string | null;
  details: Record<string, unknown> | null;
}
