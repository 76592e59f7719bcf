/**
 * The eight ways of practising. Each is known yes, known no, or unknown, which is not "no".
 * @see https://esante.gouv.fr the ROR's and the Annuaire's "offre opérationnelle"
 */
export const WAYS_OF_PRACTISING = [
  'acceptsNewPatients',
  'unscheduledCare',
  'homeVisits',
  'teleconsultation',
  'telecare',
  'teleexpertise',
  'weekendsAndHolidays',
  'nightDuty',
] as const;

export type WayOfPractising = (typeof WAYS_OF_PRACTISING)[number];

/** As people read them. */
export const WAY_LABELS: Readonly<Record<WayOfPractising, string>> = {
  acceptsNewPatients: 'Accepte de nouveaux patients',
  unscheduledCare: 'Soins non programmés',
  homeVisits: 'Visites à domicile',
  teleconsultation: 'Téléconsultation',
  telecare: 'Télésoin',
  teleexpertise: 'Téléexpertise',
  weekendsAndHolidays: 'Week-ends et jours fériés',
  nightDuty: 'Garde de nuit',
};

/** Absent is unknown. */
export type WaysOfPractising = Partial<Record<WayOfPractising, boolean>>;
