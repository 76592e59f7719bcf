import type { AuditContext } from '#domain/audit-event.ts';
import type { ChangeAuthor } from '#domain/profile.ts';

/** Who changes pages for a territory, as the history of a page names them. */
export function authorOf({ actor }: AuditContext, territoryId: string): ChangeAuthor {
  if (actor.kind === 'application') return { kind: 'application', name: actor.name };
  if (actor.kind !== 'person') return { kind: 'administrator', name: 'Exploitation de l’annuaire' };
  const isCoordinator = actor.territories.includes(territoryId);
  return { kind: isCoordinator ? 'coordinator' : 'administrator', name: actor.name };
}
