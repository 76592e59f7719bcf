import type { AuditContext } from '#domain/audit-event.ts';
import { AppError } from '#domain/errors.ts';
import type { Sender } from '#profiles/sender.ts';
import { recordAudit } from '#store/audit.ts';
import {
  deletePrivateContact,
  listPrivateContacts,
  markVerified,
  putUnverifiedContact,
  takeAttempt,
  type ContactKind,
  type PrivateContact,
} from '#store/private-contacts.ts';
import type { Database } from '#store/store.ts';

const CODE_DIGITS = 6;

/**
 * Keeps where a professional wants to be told things, and sends a code there: the address counts once the code came back. It is
 * private, and known to its owner only.
 * @throws AppError `request-invalid`, `too-many-requests` within a minute of the code before, `sender-missing`, `sender-unavailable`
 */
export async function putContact(
  db: Database,
  sender: Sender,
  practitionerId: string,
  contact: { kind: ContactKind; address: string },
  audit: AuditContext,
): Promise<void> {
  const address = parseContact(contact);
  const code = drawCode();
  const codeHash = await hashCode(code, crypto.randomUUID());
  if (!(await putUnverifiedContact(db, practitionerId, { kind: contact.kind, address, codeHash })))
    throw new AppError('too-many-requests', 'A code was sent less than a minute ago.', {
      retryAfterSeconds: 60,
    });
  await recordContact(db, 'put-contact', practitionerId, contact.kind, audit);
  await sender.send({
    to: { kind: contact.kind, address },
    subject: 'Votre code de vérification',
    text: `Votre code est ${code}. Il vaut quinze minutes. Si vous n’avez rien demandé, ne faites rien.`,
  });
}

/** @throws AppError `code-wrong` for a wrong code, an old one, or after five attempts */
export async function verifyContact(
  db: Database,
  practitionerId: string,
  kind: ContactKind,
  code: string,
  audit: AuditContext,
): Promise<void> {
  const awaited = await takeAttempt(db, practitionerId, kind);
  const salt = awaited?.codeHash.split(':')[0];
  if (awaited === undefined || awaited.codeHash !== (await hashCode(code.trim(), salt!)))
    throw new AppError('code-wrong', 'This is not the code, or it holds no more: ask for another.', {});
  await markVerified(db, practitionerId, kind);
  await recordContact(db, 'verify-contact', practitionerId, kind, audit);
}

/** @returns an e-mail address, or a phone number in international form: `+33612345678` */
function parseContact({ kind, address }: { kind: ContactKind; address: string }): string {
  const text = address.trim();
  if (kind === 'email') {
    if (/^[^\s@<>"]{1,64}@[^\s@<>"]{1,180}\.[a-z]{2,24}$/i.test(text)) return text;
    throw invalid('It is not an e-mail address.');
  }
  const digits = text
    .replace(/[\s.()-]/g, '')
    .replace(/^00/, '+')
    .replace(/^0(?=[1-9]\d{8}$)/, '+33');
  if (/^\+[1-9]\d{7,14}$/.test(digits)) return digits;
  throw invalid('It is not a phone number, such as 06 12 34 56 78 or +32 470 12 34 56.');
}

function invalid(detail: string): AppError {
  return new AppError('request-invalid', detail, { faults: [{ pointer: 'body.address', detail }] });
}

function drawCode(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(number % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, '0');
}

/** `salt:digest`. A code of six digits is safe by its few attempts and its short life, not by its hash. */
async function hashCode(code: string, salt: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${salt}:${code}`));
  return `${salt}:${[...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** For their owner only. */
export function listContacts(db: Database, practitionerId: string): Promise<PrivateContact[]> {
  return listPrivateContacts(db, practitionerId);
}

/** @throws AppError `contact-not-found` */
export async function forgetContact(
  db: Database,
  practitionerId: string,
  kind: ContactKind,
  audit: AuditContext,
): Promise<void> {
  if (!(await deletePrivateContact(db, practitionerId, kind)))
    throw new AppError('contact-not-found', 'There is no such address.', {});
  await recordContact(db, 'forget-contact', practitionerId, kind, audit);
}

/** Never the address. */
async function recordContact(
  db: Database,
  operation: string,
  practitionerId: string,
  kind: ContactKind,
  audit: AuditContext,
): Promise<void> {
  const target = { kind: 'practitioner', id: practitionerId.slice(1) } as const;
  await recordAudit(db, { ...audit, operation, target, outcome: 'done', details: { kind } });
}
