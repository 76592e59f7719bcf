import type { StructureCells } from './structure.ts';

/** An invented person, as the files will state it. Texts are cells: empty when not said. */
export interface InventedPractitioner {
  /** Rank in the set; newcomers of a second set come after the last of the first. */
  index: number;
  idType: '8' | '0';
  /** RPPS or ADELI. */
  number: string;
  /** Identification nationale PP: type digit and number. */
  id: string;
  civilite: 'M' | 'MME' | 'MLLE';
  civiliteExercice: string;
  familyName: string;
  givenNames: string;
  /** At least one; the first is the main one. */
  activities: InventedActivity[];
  /** Lines of the savoir-faire file. */
  savoirFaire: InventedSavoirFaire[];
  trap: Trap | undefined;
}

export interface InventedActivity {
  professionCode: string;
  /** TRE_R09. */
  categorie: string;
  savoirFaire: InventedSavoirFaire | undefined;
  /** TRE_R23; empty for some people without a structure. */
  mode: string;
  structure: Readonly<StructureCells>;
  autorite: string;
  secteur: string;
  section: string;
  role: string;
  genre: string;
}

export interface InventedSavoirFaire {
  professionCode: string;
  type: string;
  code: string;
}

/**
 * What the true files do and a loader must survive. Each is present at least once in a set with traps of 1,000 people or
 * more. The first ones belong to a person, the others to a mailbox or an establishment.
 * @see shared/reference/national-directory.md section 3, "Trap list"
 */
export const PRACTITIONER_TRAPS = [
  'exact-duplicate',
  'lines-apart',
  'several-professions',
  'several-sites',
  'several-modes',
  'savoir-faire-only-in-activity',
  'savoir-faire-only-in-its-file',
  'savoir-faire-repeated',
  'without-structure',
  'commune-missing',
  'cedex',
  'pontarlier',
  'foreign',
  'overseas',
  'letter-as-number',
  'street-type-in-name',
  'siret-shared',
  'finess-with-two-contents',
  'adeli',
  'stray-quote',
  'stray-backslash',
  'mixed-case',
  'particle',
  'name-is-a-word',
  'apicrypt',
  'mailbox-on-several-rows',
  'shared-cabinet-mailbox',
  'old-commune',
  'closed-establishment',
  'padded',
  'country-is-france',
  'structure-without-identifier',
] as const;
export type Trap = (typeof PRACTITIONER_TRAPS)[number];
