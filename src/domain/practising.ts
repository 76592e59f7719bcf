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

/** Absent is unknown. */
export type WaysOfPractising = Partial<Record<WayOfPractising, boolean>>;
