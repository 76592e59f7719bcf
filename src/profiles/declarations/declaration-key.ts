import type { AuditActor } from '#domain/audit-event.ts';
import type { DeclaredKind } from '#domain/declaration.ts';

const LENGTH = 12;
/** Without vowels, so that no key is a word. */
const LETTERS = 'bcdfghjklmnpqrstvwxz0123456789';

/** The key of a new declaration: random, or always the same one for the same request of the same caller. */
export async function makeDeclarationKey(
  kind: DeclaredKind,
  actor: AuditActor,
  requestKey: string | undefined,
): Promise<string> {
  const bytes =
    requestKey === undefined
      ? crypto.getRandomValues(new Uint8Array(LENGTH))
      : await digest([kind, actor.kind, ...identityOf(actor), requestKey]);
  return Array.from(bytes.subarray(0, LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

async function digest(parts: readonly string[]): Promise<Uint8Array> {
  const text = new TextEncoder().encode(JSON.stringify(parts));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', text));
}

function identityOf(actor: AuditActor): string[] {
  if (actor.kind === 'person') return [actor.subject];
  return actor.kind === 'application' ? [actor.keyId] : [];
}
