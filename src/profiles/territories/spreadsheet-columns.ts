import type { WayOfPractising } from '#domain/practising.ts';

/** Tells who a line is about; the way back into the directory ignores what it does not need. */
export type WhoColumn =
  | 'rpps'
  | 'familyName'
  | 'givenNames'
  | 'profession'
  | 'communeCode'
  | 'commune'
  | 'mailbox';

/** The columns of a territory's spreadsheet, in their order, by what they hold. The export writes them, the check reads them. */
export const SPREADSHEET_COLUMNS: Record<WhoColumn | WayOfPractising, string> = {
  rpps: 'RPPS',
  familyName: 'Nom',
  givenNames: 'Prénom',
  profession: 'Profession',
  communeCode: 'Code commune',
  commune: 'Commune',
  mailbox: 'Messagerie sécurisée',
  acceptsNewPatients: 'Nouveaux patients',
  unscheduledCare: 'Soins non programmés',
  homeVisits: 'Visites à domicile',
  teleconsultation: 'Téléconsultation',
  telecare: 'Télésoin',
  teleexpertise: 'Téléexpertise',
  weekendsAndHolidays: 'Week-ends et jours fériés',
  nightDuty: 'Garde de nuit',
};
