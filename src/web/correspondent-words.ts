import type { Correspondent, CorrespondentKind, Place } from '#domain/correspondent.ts';
import type { MailboxStatus } from '#domain/mailbox-status.ts';

export const KIND_LABELS: Record<CorrespondentKind, { one: string; many: string }> = {
  professional: { one: 'Professionnel', many: 'Professionnels' },
  service: { one: 'Service', many: 'Services' },
  expert: { one: 'Expert', many: 'Experts' },
  team: { one: 'Équipe ressource', many: 'Équipes ressources' },
};

export const STATUS_LABELS: Record<MailboxStatus, string> = {
  active: 'ouverte depuis moins d’un mois',
  inactive: 'pas ouverte depuis un mois',
  unknown: 'ouverture inconnue',
};

/** "12 rue des Farges, 43000 Le Puy-en-Velay"; empty when nothing is known of it. */
export function toAddressLine({ address, postcode, commune }: Place): string {
  const town = [postcode, commune?.name].filter(Boolean).join(' ');
  return [address, town].filter(Boolean).join(', ');
}

/** "Masseur-kinésithérapeute · Kinésithérapie respiratoire"; of what is declared, its domain or sort first. */
export function toDoesLine(it: Correspondent): string {
  const subject = it.expertise?.domain ?? it.team?.type;
  const labels = [subject, it.profession, ...it.otherProfessions, ...it.savoirFaire].map((one) => one?.label);
  return [...new Set(labels.filter(Boolean))].join(' · ');
}

export function pagePath(id: string): string {
  return `/correspondants/${encodeURIComponent(id)}`;
}
