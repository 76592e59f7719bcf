import type { AuditContext } from '#domain/audit-event.ts';

/** Where a command speaks: a terminal, a pipe, or a client of the server's control socket. */
export interface CommandIo {
  out(text: string): void;
  err(text: string): void;
  isTerminal: boolean;
  /** Aborted by Ctrl-C, or when the client is gone. */
  signal: AbortSignal;
  /** Where relative paths start. */
  cwd: string;
}

/** Who gives commands, for the audit: whoever may run them on this machine. */
export const OPERATOR: AuditContext = { actor: { kind: 'operator' } };
