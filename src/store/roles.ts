import { sql } from 'drizzle-orm';

import type { Role, RoleGrant } from '#domain/role.ts';

import { keptRowsOf, rowsOf, type Database } from './store.ts';
import { textArray } from './text-array.ts';
import { toUtc } from './utc-text.ts';

/** A grant as it is kept: `holder` as in the table, `grantedAt` RFC 3339. */
export interface KnownGrant extends RoleGrant {
  holder: string;
  grantedAt: string;
  grantedBy: string;
}

/** All roles of somebody who is known under these names. */
export async function listRolesOf(db: Database, knownAs: readonly string[]): Promise<RoleGrant[]> {
  return keptRowsOf<RoleGrant>(
    db,
    sql`select distinct role, target from role_grant where holder = any(${textArray(knownAs)}) order by role, target`,
  );
}

/** @returns false when it was granted already */
export async function insertRole(
  db: Pick<Database, 'execute'>,
  { holder, role, target, grantedBy }: { holder: string; role: Role; target: string; grantedBy: string },
): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`insert into role_grant (holder, role, target, granted_by) values (${holder}, ${role}, ${target}, ${grantedBy})
      on conflict do nothing returning holder`,
  );
  return rows.length > 0;
}

/** @returns false when it was not granted */
export async function deleteRole(
  db: Pick<Database, 'execute'>,
  { holder, role, target }: { holder: string; role: Role; target: string },
): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`delete from role_grant where holder = ${holder} and role = ${role} and target = ${target} returning holder`,
  );
  return rows.length > 0;
}

export async function listRoles(db: Database): Promise<KnownGrant[]> {
  return rowsOf<KnownGrant>(
    db,
    sql`select holder, role, target, ${toUtc(sql`granted_at`)} as "grantedAt",
      granted_by as "grantedBy" from role_grant order by role, target, holder`,
  );
}
