import type { Actor } from '#domain/actor.ts';
import type { DeclarationOwner, DeclaredKind } from '#domain/declaration.ts';
import { readDeclaringOrganizations, readDeclaringProfessional } from '#store/declarers.ts';
import type { Database } from '#store/store.ts';
import { findTerritory } from '#store/territories.ts';

/** In whose name somebody may declare something. */
export interface DeclarerChoice {
  /** For a form: `rpps`, `organization ID`, `territory ID`. */
  code: string;
  owner: DeclarationOwner;
  name: string;
  /** Mailboxes that may answer for it. */
  mailboxes: string[];
  /** Of a professional. */
  savoirFaireCodes: string[];
}

/** Themselves for an expertise, their structures, for a team their territories; empty for whoever may declare nothing. */
export async function listDeclarers(
  db: Database,
  kind: DeclaredKind,
  actor: Actor,
): Promise<DeclarerChoice[]> {
  if (actor.kind !== 'person') return [];
  const choices: DeclarerChoice[] = [];
  if (kind === 'expert' && actor.rpps !== null) {
    const own = await findProfessional(db, `8${actor.rpps}`);
    if (own) choices.push(own);
  }
  for (const { id, name, mailboxes } of await readDeclaringOrganizations(db, actor.organizations))
    choices.push({
      code: `organization ${id}`,
      owner: { organizationId: id },
      name,
      mailboxes,
      savoirFaireCodes: [],
    });
  if (kind === 'expert') return choices;
  for (const id of actor.territories) {
    const territory = await findTerritory(db, id);
    if (territory)
      choices.push({
        code: `territory ${id}`,
        owner: { territoryId: id },
        name: territory.name,
        mailboxes: [],
        savoirFaireCodes: [],
      });
  }
  return choices;
}

/** Whoever answers for what is declared already. */
export async function describeDeclarer(db: Database, owner: DeclarationOwner): Promise<DeclarerChoice> {
  const { practitionerId, organizationId, territoryId } = owner;
  const none = { mailboxes: [], savoirFaireCodes: [] };
  if (practitionerId !== undefined)
    return (
      (await findProfessional(db, practitionerId)) ?? {
        code: 'rpps',
        owner,
        name: practitionerId.slice(1),
        ...none,
      }
    );
  if (organizationId !== undefined) {
    const [found] = await readDeclaringOrganizations(db, [organizationId]);
    const { name, mailboxes } = found ?? { name: organizationId, mailboxes: [] };
    return { ...none, code: `organization ${organizationId}`, owner, name, mailboxes };
  }
  const territory = await findTerritory(db, territoryId!);
  return { ...none, code: `territory ${territoryId}`, owner, name: territory?.name ?? territoryId! };
}

async function findProfessional(db: Database, practitionerId: string): Promise<DeclarerChoice | undefined> {
  const found = await readDeclaringProfessional(db, practitionerId);
  if (found === undefined) return undefined;
  const { name, mailboxes, savoirFaireCodes } = found;
  return { code: 'rpps', owner: { practitionerId }, name, mailboxes, savoirFaireCodes };
}
