import { sql } from 'drizzle-orm';

import { toPersonName } from '#domain/display-name.ts';
import { mergeOrganization } from '#domain/precedence.ts';

import { anyOf, readOrganizationStatements } from './read-facts.ts';
import { rowsOf, type Database } from './store.ts';

const MAILBOXES_MAX = 200;

/** Somebody in whose name something may be declared, and the service mailboxes that may answer. */
export interface Declarer {
  id: string;
  name: string;
  mailboxes: string[];
}

/** Active structures of these, in the order given. */
export async function readDeclaringOrganizations(db: Database, ids: readonly string[]): Promise<Declarer[]> {
  if (ids.length === 0) return [];
  const statements = Map.groupBy(await readOrganizationStatements(db, [...ids]), (it) => it.record.id);
  const boxes = await rowsOf<{ id: string; address: string }>(
    db,
    sql`select distinct h.organization_id as id, m.address from mailbox_holder h join mailbox m on m.address = h.address
      where h.organization_id = ${anyOf(ids)} and h.is_active and m.is_active and m.type <> 'PER'
        and not exists (select 1 from withheld w where w.key = m.address)
      order by m.address limit ${MAILBOXES_MAX}`,
  );
  return ids.flatMap((id) => {
    const said = statements.get(id);
    if (said === undefined) return [];
    const { name, tradeName } = mergeOrganization(said);
    const mailboxes = boxes.filter((it) => it.id === id).map((it) => it.address);
    return [{ id, name: name ?? tradeName ?? id, mailboxes }];
  });
}

/** A professional's own mailboxes, by address. */
async function readOwnMailboxes(db: Database, practitionerId: string): Promise<string[]> {
  const rows = await rowsOf<{ address: string }>(
    db,
    sql`select distinct m.address from mailbox_holder h join mailbox m on m.address = h.address
      where h.practitioner_id = ${practitionerId} and h.is_active and m.is_active
        and not exists (select 1 from withheld w where w.key = m.address or w.key = h.practitioner_id)
      order by m.address limit 20`,
  );
  return rows.map((it) => it.address);
}

/** Name, savoir-faire and own mailboxes of a professional; undefined for one who is not active. */
export async function readDeclaringProfessional(
  db: Database,
  practitionerId: string,
): Promise<(Declarer & { savoirFaireCodes: string[] }) | undefined> {
  const [mailboxes, [row], codes] = await Promise.all([
    readOwnMailboxes(db, practitionerId),
    rowsOf<{ civilite: string | null; givenNames: string | null; familyName: string }>(
      db,
      sql`select civilite_exercice as civilite, given_names as "givenNames", family_name as "familyName"
        from practitioner where id = ${practitionerId} and is_active
        union all select civilite_exercice, given_names, family_name from mailbox_holder
          where practitioner_id = ${practitionerId} and is_active and family_name is not null limit 1`,
    ),
    rowsOf<{ code: string }>(
      db,
      sql`select distinct code from savoir_faire where practitioner_id = ${practitionerId} and is_active order by code`,
    ),
  ]);
  if (row === undefined) return undefined;
  const name = toPersonName(row.civilite, row.givenNames, row.familyName);
  return { id: practitionerId, name, mailboxes, savoirFaireCodes: codes.map((it) => it.code) };
}
