import { toInventedRpps } from './invented-identifiers.ts';

/** Somebody whom the demonstration's providers of identities know. */
export interface DemoPerson {
  /** Distinct, and kept: what the provider calls the person. */
  id: string;
  givenName: string;
  familyName: string;
  /** In the list of people to sign in as. */
  presentation: string;
  provider: 'pro-sante-connect' | 'autre';
  /** 11 digits; null for people without a CPS. */
  rpps: string | null;
}

/** Around Le Puy-en-Velay. */
export const DEMO_TERRITORY = {
  id: 'cpts-du-velay',
  name: 'CPTS du Velay',
  communeCodes: [
    '43157',
    '43046',
    '43078',
    '43041',
    '43084',
    '43089',
    '43174',
    '43190',
    '43251',
    '43010',
    '43018',
    '43152',
  ],
};
/** Identifier of the site of the hospital at Le Puy-en-Velay. */
export const DEMO_ORGANIZATION = '1430000117';

/** One for each role; the two professionals are the ones that every demonstration has (`FEATURED` in `practitioners.ts`). */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    id: 'helene-martin',
    givenName: 'Hélène',
    familyName: 'MARTIN',
    presentation: 'masseuse-kinésithérapeute au Puy-en-Velay',
    provider: 'pro-sante-connect',
    rpps: toInventedRpps(4),
  },
  {
    id: 'marie-martin',
    givenName: 'Marie',
    familyName: 'MARTIN',
    presentation: 'médecin généraliste au Puy-en-Velay',
    provider: 'pro-sante-connect',
    rpps: toInventedRpps(0),
  },
  {
    id: 'odile-vernassal',
    givenName: 'Odile',
    familyName: 'VERNASSAL',
    presentation: `coordinatrice de la ${DEMO_TERRITORY.name}`,
    provider: 'autre',
    rpps: null,
  },
  {
    id: 'sylvie-polignac',
    givenName: 'Sylvie',
    familyName: 'POLIGNAC',
    presentation: 'secrétaire médicale, à qui une page peut être confiée',
    provider: 'autre',
    rpps: null,
  },
  {
    id: 'armand-lavoute',
    givenName: 'Armand',
    familyName: 'LAVOÛTE',
    presentation: 'responsable des services de l’hôpital du Puy-en-Velay',
    provider: 'autre',
    rpps: null,
  },
  {
    id: 'berthe-allegre',
    givenName: 'Berthe',
    familyName: 'ALLÈGRE',
    presentation: 'administratrice régionale de l’annuaire',
    provider: 'autre',
    rpps: null,
  },
];
