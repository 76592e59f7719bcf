import type { CoordonneesGeographique } from './coordinates.ts';

/**
 * What is read of the file, in the publisher's words. The published schema and the published files disagree on several names
 * and shapes ("sic"): both are read. Every value may be absent, null or padded with blanks.
 * @see shared/data/formats/finess-schema-structures-v1.json
 * @see https://github.com/ansforge/finess flux/out/data.gouv/structure
 */
export interface Pmej {
  informationsGeneralesPMEJ?: InformationsGeneralesPmej | null;
  informationsGeneralesPmej?: InformationsGeneralesPmej | null;
  ege?: Ege[] | null;
}

export interface InformationsGeneralesPmej {
  numFinessPm?: unknown;
  siren?: unknown;
}

export interface Ege {
  informationsGeneralesEGE?: InformationsGeneralesEge | null;
  informationsGeneralesEge?: InformationsGeneralesEge | null;
  categorieentiteGeographiqueExercice?: unknown;
  categorieEntiteGeographiqueExercice?: unknown;
  siret?: unknown;
  adresse?: Adresse[] | null;
  contact?: { telecom?: { telephone?: unknown; telecopie?: unknown; courriel?: unknown } | null }[] | null;
  /** "A", or in the schema a coding. */
  etatObjet?: unknown;
}

interface InformationsGeneralesEge {
  numFinessEge?: unknown;
  nomEgeCourt?: unknown;
  nomEgeLong?: unknown;
  siret?: unknown;
  dateFermeture?: unknown;
}

export interface Adresse {
  /** `03` where the establishment is, `04` and `06` others. */
  usageAdresse?: unknown;
  numeroVoie?: unknown;
  complementVoie?: unknown;
  typeVoie?: unknown;
  libelleVoie?: unknown;
  complementPointGeographique?: unknown;
  lieuDit?: unknown;
  cogCommune?: unknown;
  ligneAcheminement?: unknown;
  ligneQuatre?: unknown;
  codePostal?: unknown;
  coordonneesGeographique?: CoordonneesGeographique | null;
}

/** A text without its padding; null when nothing is left. The code of a coding. A number is its digits. */
export function readText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object' && value !== null && 'code' in value) return readText(value.code);
  return null;
}
