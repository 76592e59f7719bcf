import type { SourceId } from './source.ts';

/** Where an official file comes from, and what its licence wants to be said of it. */
export interface Publication {
  title: string;
  publisher: string;
  /** The file itself, without authentication; redirects to the day's copy. */
  url: string;
  /** For people: the page that describes it. */
  page: string;
  licence: string;
  licenceUrl: string;
  /** To show with the data, followed by the date of the file. */
  attribution: string;
  cadence: 'daily' | 'half-yearly';
}

const LICENCE_OUVERTE = {
  licence: 'Licence Ouverte 2.0',
  licenceUrl: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
} as const;

const ANNUAIRE_SANTE = {
  publisher: 'Agence du Numérique en Santé',
  attribution: "Annuaire Santé, Agence du Numérique en Santé, d'après le RPPS",
  cadence: 'daily',
  ...LICENCE_OUVERTE,
} as const;

const RPPS_PAGE =
  'https://www.data.gouv.fr/datasets/annuaire-sante-extractions-des-donnees-en-libre-acces-des-professionnels-intervenant-dans-le-systeme-de-sante-rpps';

/**
 * The copies on data.gouv.fr. The first four are also served, zipped, by the publisher's own service
 * (`https://service.annuaire.sante.fr/annuaire-sante-webservices/V300/services/extraction/PS_LibreAcces` and
 * `…/Extraction_Correspondance_MSSante`), whose certificate hangs on the IGC-Santé root that no public trust store holds.
 */
export const PUBLICATIONS = {
  postcodes: {
    title: 'Base officielle des codes postaux',
    publisher: 'La Poste',
    url: 'https://www.data.gouv.fr/api/1/datasets/r/008a2dda-2c60-4b63-b910-998f6f818089',
    page: 'https://www.data.gouv.fr/datasets/base-officielle-des-codes-postaux',
    attribution: 'Base officielle des codes postaux, La Poste',
    cadence: 'half-yearly',
    ...LICENCE_OUVERTE,
  },
  finess: {
    title: 'FINESS+ structures, fichier journalier',
    publisher: 'Agence du Numérique en Santé',
    url: 'https://www.data.gouv.fr/api/1/datasets/r/cd493959-fb03-41e5-9347-0edd14dfbc22',
    page: 'https://www.data.gouv.fr/datasets/finess-structures-1',
    attribution: 'FINESS, Agence du Numérique en Santé',
    cadence: 'daily',
    ...LICENCE_OUVERTE,
  },
  rpps: {
    title: 'PS_LibreAcces_Personne_activite',
    url: 'https://www.data.gouv.fr/api/1/datasets/r/fffda7e9-0ea2-4c35-bba0-4496f3af935d',
    page: RPPS_PAGE,
    ...ANNUAIRE_SANTE,
  },
  'savoir-faire': {
    title: 'PS_LibreAcces_SavoirFaire',
    url: 'https://www.data.gouv.fr/api/1/datasets/r/fb55f15f-bd61-4402-b551-51ef387f2fab',
    page: RPPS_PAGE,
    ...ANNUAIRE_SANTE,
  },
  diplomes: {
    title: 'PS_LibreAcces_Dipl_AutExerc',
    url: 'https://www.data.gouv.fr/api/1/datasets/r/41ae70ac-90c8-4c4e-8644-4ef1b100f045',
    page: RPPS_PAGE,
    ...ANNUAIRE_SANTE,
  },
  mssante: {
    title: 'Extraction_Correspondance_MSSante',
    url: 'https://www.data.gouv.fr/api/1/datasets/r/afe01105-d9a1-41fe-921f-e40ea48b2ba6',
    page: 'https://www.data.gouv.fr/datasets/annuaire-sante-extraction-des-bal-mssante',
    ...ANNUAIRE_SANTE,
    attribution: 'Annuaire Santé, extraction des BAL MSSanté, Agence du Numérique en Santé',
  },
} as const satisfies Record<SourceId, Publication>;
