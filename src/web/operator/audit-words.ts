import type { RecordedEvent } from '#domain/audit-event.ts';
import type { Operation } from '#domain/operations.ts';

/** What was done, of the table of operations. */
const OPERATIONS: Record<Operation, string> = {
  search: 'Chercher',
  'export-changes': 'Exporter les changements',
  'report-mailboxes': 'Déclarer des boîtes aux lettres',
  'read-territory': 'Lire un territoire',
  'report-error': 'Signaler une erreur',
  'close-error-report': 'Traiter une erreur signalée',
  operate: 'Ouvrir l’exploitation',
  'edit-profile': 'Modifier une page',
  'edit-expertise': 'Modifier une expertise',
  'edit-team': 'Modifier une équipe ressource',
  'edit-territory': 'Modifier un territoire',
  'own-profile': 'Gérer sa page',
  withhold: 'Masquer un correspondant',
  'read-self': 'Lire ce qui est à soi',
  'read-own-audit': 'Lire le journal de sa page',
  'read-audit': 'Lire le journal',
  'manage-roles': 'Gérer les rôles',
};

/** What use cases and commands write down by a name of their own. */
const OTHERS: Record<string, string> = {
  'create-key': 'Créer une clé',
  'revoke-key': 'Révoquer une clé',
  'grant-role': 'Donner un rôle',
  'revoke-role': 'Retirer un rôle',
  'name-delegate': 'Confier sa page',
  'revoke-delegate': 'Reprendre sa page',
  'read-history': 'Lire un historique',
  'read-billing': 'Lire une facturation',
  'write-billing': 'Modifier une facturation',
  'read-out': 'Lecture systématique',
  release: 'Montrer de nouveau',
  import: 'Importer des fichiers officiels',
  invite: 'Inviter',
  'preview-import': 'Préparer un import de tableau',
  'amend-import': 'Corriger un import de tableau',
  'confirm-import': 'Confirmer un import de tableau',
  'undo-import': 'Annuler un import de tableau',
  'give-up-import': 'Abandonner un tableau déposé',
  'put-contact': 'Changer une adresse privée',
  'verify-contact': 'Vérifier une adresse privée',
  'forget-contact': 'Retirer une adresse privée',
  'put-territories': 'Définir des territoires',
  'database grant': 'Donner les droits d’un serveur',
};

const TARGETS: Record<string, string> = {
  practitioner: 'professionnel',
  mailbox: 'boîte',
  territory: 'territoire',
  organization: 'structure',
  expertise: 'expertise',
  team: 'équipe',
  form: 'formulaire',
  invitation: 'invitation',
  key: 'clé',
  'error-report': 'erreur nº',
  role: 'rôle',
};

const ACTORS: Record<RecordedEvent['actorKind'], string> = {
  anonymous: 'inconnu',
  person: 'personne',
  application: 'application',
  operator: 'ligne de commande',
};

const DETAILS: Record<string, string> = {
  scopes: 'portées',
  scope: 'portée',
  rpps: 'RPPS',
  fields: 'champs',
  version: 'version',
  kind: 'sorte',
  isClosed: 'close',
  address: 'adresse',
  correspondents: 'correspondants',
  role: 'rôle',
  lines: 'lignes',
  count: 'nombre',
};

/** In the order of their labels. */
export const OPERATION_CHOICES = Object.entries({ ...OPERATIONS, ...OTHERS })
  .map(([value, label]) => ({ value, label }))
  .toSorted((a, b) => a.label.localeCompare(b.label, 'fr'));

/** What has no word here is shown by its name in the code. */
export function toOperationLabel(operation: string): string {
  return (OPERATIONS as Record<string, string>)[operation] ?? OTHERS[operation] ?? operation;
}

export function toTargetLabel({ kind, id }: { kind: string; id: string }): { kind: string; id: string } {
  return { kind: TARGETS[kind] ?? kind, id };
}

export function toActorLabel(kind: RecordedEvent['actorKind']): string {
  return ACTORS[kind];
}

/** Whether it was only looked at. */
export function isRead({ details }: RecordedEvent): boolean {
  return details?.['isRead'] === true;
}

/** "portées : search, export ; motif : liste rouge". */
export function toDetailsText(details: Record<string, unknown>): string {
  return Object.entries(details)
    .filter(([name]) => name !== 'isRead')
    .map(([name, value]) => `${DETAILS[name] ?? name} : ${toText(value)}`)
    .join(' ; ');
}

function toText(value: unknown): string {
  if (value === true) return 'oui';
  if (value === false) return 'non';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
