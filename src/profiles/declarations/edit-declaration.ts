import type { AuditContext } from '#domain/audit-event.ts';
import {
  diffDeclarations,
  listChangedSince,
  revertDeclaration,
  type Declaration,
  type DeclarationAuthor,
  type DeclarationContent,
  type DeclarationFieldChange,
  type DeclaredKind,
} from '#domain/declaration.ts';
import { AppError } from '#domain/errors.ts';
import { recordAudit } from '#store/audit.ts';
import { findDeclaration, listDeclarationChanges, updateDeclaration } from '#store/declarations.ts';
import type { Database } from '#store/store.ts';

import { authorizeDeclaration, authorOf, OPERATION_OF, toAuditTarget } from './authorize-declaration.ts';
import { checkReferences, parseContent, refuseTooMany } from './check-declaration.ts';

/** Which declaration, as the caller last saw it. */
export interface EditTarget<K extends DeclaredKind> {
  kind: K;
  key: string;
  /** Gives the version that the change is made to; asked for once it is known that the caller may. */
  version: () => number;
}

/**
 * All of these: a content that says the same changes nothing, and gives the version that there is.
 * @throws AppError `correspondent-not-found`, `key-needed`, `not-allowed`, `version-outdated` when another change
 *   came first, `request-invalid`, `patient-address-refused`, `store-unavailable`
 */
export async function replaceDeclaration<K extends DeclaredKind>(
  db: Database,
  target: EditTarget<K>,
  content: unknown,
  audit: AuditContext,
): Promise<Declaration<K>> {
  const current = await openDeclaration(db, target, audit);
  return save(db, current, { content: parseContent(target.kind, content) }, audit);
}

/** Members that are not given stay; null takes one off. */
export async function patchDeclaration<K extends DeclaredKind>(
  db: Database,
  target: EditTarget<K>,
  patch: Record<string, unknown>,
  audit: AuditContext,
): Promise<Declaration<K>> {
  const current = await openDeclaration(db, target, audit);
  const merged = Object.entries({ ...current.content, ...patch }).filter(([, value]) => value !== null);
  return save(db, current, { content: parseContent(target.kind, Object.fromEntries(merged)) }, audit);
}

/** Leaves searches and the change feed at once; its history stays, and it can be restored by undoing this version. */
export async function deleteDeclaration<K extends DeclaredKind>(
  db: Database,
  target: EditTarget<K>,
  audit: AuditContext,
): Promise<Declaration<K>> {
  const current = await openDeclaration(db, target, audit);
  return save(db, current, { content: current.content, isDeleted: true }, audit);
}

/**
 * Puts back what one version changed as it was before it, a deletion too; the first version is deleted, not undone. Only members that
 * still say what the version made them say can be.
 * @throws AppError as {@link replaceDeclaration}, `declaration-changed`, and `limit-reached` for a deletion
 */
export async function undoDeclaration<K extends DeclaredKind>(
  db: Database,
  target: EditTarget<K>,
  undone: number,
  audit: AuditContext,
): Promise<Declaration<K>> {
  const current = await openDeclaration(db, target, audit, { mayBeDeleted: true });
  const [change] = await listDeclarationChanges(db, current.key, undone + 1, 1);
  if (change?.version !== undone || undone === 1) {
    const detail =
      undone === 1 ? 'The first version cannot be undone: delete it.' : 'There is no such version.';
    throw new AppError('request-invalid', detail, { faults: [{ pointer: 'body.version', detail }] });
  }
  const later = listChangedSince(current, change.changes);
  if (later.length > 0) {
    const names = later.map((it) => it.field).join(', ');
    throw new AppError('declaration-changed', `This was changed since that version: ${names}.`, {
      fields: later,
    });
  }
  const wasDeleted = change.changes.find((it) => it.field === 'isDeleted')?.before;
  const isDeleted = typeof wasDeleted === 'boolean' ? wasDeleted : current.isDeleted;
  const content = parseContent(target.kind, revertDeclaration(current.content, change.changes));
  return save(db, current, { content, isDeleted, undoes: undone }, audit);
}

async function openDeclaration<K extends DeclaredKind>(
  db: Database,
  { kind, key, version }: EditTarget<K>,
  { actor }: AuditContext,
  { mayBeDeleted = false } = {},
): Promise<Declaration<K>> {
  const current = await findDeclaration(db, kind, key);
  authorizeDeclaration(actor, kind, current?.owner ?? {});
  if (current === undefined || (current.isDeleted && !mayBeDeleted)) throw notFound(kind, key);
  if (version() !== current.version) throw outdated();
  return current;
}

async function save<K extends DeclaredKind>(
  db: Database,
  current: Declaration<K>,
  {
    content,
    isDeleted = current.isDeleted,
    undoes,
  }: { content: DeclarationContent[K]; isDeleted?: boolean; undoes?: number },
  audit: AuditContext,
): Promise<Declaration<K>> {
  const { kind, key, owner } = current;
  const changes: DeclarationFieldChange[] = diffDeclarations(kind, current.content, content);
  if (isDeleted !== current.isDeleted)
    changes.push({ field: 'isDeleted', before: current.isDeleted, after: isDeleted });
  if (changes.length === 0) return current;
  if (!isDeleted) await checkReferences(db, owner, content);
  const author: DeclarationAuthor = {
    ...authorOf(audit.actor, owner),
    ...(undoes === undefined ? {} : { undoes }),
  };
  const version = current.version + 1;
  await db.transaction(async (tx) => {
    if (current.isDeleted && !isDeleted) await refuseTooMany(tx, owner);
    const isSaved = await updateDeclaration(
      tx,
      { ...current, content, version, isDeleted },
      { author, changes },
    );
    if (!isSaved) throw outdated();
    await recordAudit(tx, {
      ...audit,
      operation: OPERATION_OF[kind],
      target: toAuditTarget(kind, key),
      outcome: 'done',
      details: { version, fields: changes.map((it) => it.field) },
    });
  });
  return (await findDeclaration(db, kind, key))!;
}

export function notFound(kind: DeclaredKind, key: string): AppError {
  return new AppError('correspondent-not-found', 'No such declaration is shown.', { id: `${kind}-${key}` });
}

function outdated(): AppError {
  return new AppError(
    'version-outdated',
    'It was changed since you read it: read it again, and make your change to what it says now.',
    {},
  );
}
