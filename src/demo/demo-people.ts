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

const DEMO_TERRITORY = { name: 'CPTS du Velay' };

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
    id: 'odile-coordinatrice',
    givenName: 'Odile',
    familyName: 'VERNASSAL',
    presentation: `coordinatrice de la ${DEMO_TERRITORY.name}`,
    provider: 'autre',
    rpps: null,
  },
  {
    id: 'sylvie-secretaire',
    givenName: 'Sylvie',
    familyName: 'POLIGNAC',
    presentation: 'secrétaire médicale, à qui une page peut être confiée',
    provider: 'autre',
    rpps: null,
  },
  {
    id: 'armand-expertise',
    givenName: 'Armand',
    familyName: 'LAVOÛTE',
    presentation: 'responsable des services de l’hôpital du Puy-en-Velay',
    provider: 'autre',
    rpps: null,
  },
  {
    id: 'berthe-administratrice',
    givenName: 'Berthe',
    familyName: 'ALLÈGRE',
    presentation: 'administratrice régionale de l’annuaire',
    provider: 'autre',
    rpps: null,
  },
];
