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

/** Where somebody goes or whom a team covers: communes, or a distance around each place of practice. */
export type CareArea =
  | { kind: 'communes'; communeCodes: string[] }
  /** 1 to 200 kilometres. */
  | { kind: 'radius'; kilometers: number };

/** Days are of the calendar in France (`2026-11-20`); both are days away, and no last day is "until further notice". */
export interface AwayPeriod {
  from: string;
  until: string | null;
  /** Shown to everybody; null for none. */
  message: string | null;
  /** The correspondent to write to meanwhile. */
  replacement: { correspondentId: string; name: string } | null;
}
