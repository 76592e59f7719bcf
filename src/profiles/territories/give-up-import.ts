import type { AuditContext } from '#domain/audit-event.ts';
import type { Database } from '#store/store.ts';
import { deletePreview } from '#store/territory-imports.ts';

import { lockImport } from './get-import.ts';
import { recordImport } from './record-import.ts';

/**
 * Forgets a preview, with what its lines held. No page is changed.
 * @throws AppError `import-not-found`, `import-state`, `store-unavailable`
 */
export async function giveUpImport(
  db: Database,
  territoryId: string,
  id: string,
  audit: AuditContext,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockImport(tx, territoryId, id, 'preview', undefined);
    await deletePreview(tx, id);
    await recordImport(tx, 'give-up-import', territoryId, audit, { importId: id });
  });
}
