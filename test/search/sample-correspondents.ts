import type { Correspondent, Place } from '#domain/correspondent.ts';
import type { CorrespondentQuestion } from '#domain/question.ts';
import { openRandom } from './random-correspondent.ts';

export function question(asked: Partial<CorrespondentQuestion> = {}): CorrespondentQuestion {
  return {
    text: undefined,
    where: undefined,
    near: undefined,
    kinds: undefined,
    professionCodes: undefined,
    savoirFaireCodes: undefined,
    departementCodes: undefined,
    communeCodes: undefined,
    rpps: undefined,
    mailbox: undefined,
    finess: undefined,
    organizationIds: undefined,
    ways: undefined,
    actCodes: undefined,
    present: undefined,
    presentOn: undefined,
    comesTo: undefined,
    visits: undefined,
    hasMailbox: undefined,
    within: undefined,
    sort: undefined,
    facets: undefined,
    explain: false,
    channels: undefined,
    mailboxStatus: undefined,
    openedOn: undefined,
    limit: 10,
    offset: 0,
    ...asked,
  };
}

export function place(stated: Partial<Place> = {}): Place {
  return {
    organization: null,
    address: null,
    postcode: null,
    commune: null,
    departement: null,
    country: null,
    phone: null,
    modeExercice: null,
    position: null,
    ...stated,
  };
}

export const LE_PUY = place({
  organization: {
    id: '1430000018',
    name: 'CH EMILE ROUX',
    finess: '430000018',
    finessJuridique: '430000117',
    category: { code: '355', label: 'Centre Hospitalier (C.H.)' },
  },
  postcode: '43000',
  commune: { code: '43157', name: 'Le Puy-en-Velay' },
  departement: { code: '43', name: 'Haute-Loire' },
});

export const LYON_3 = place({
  postcode: '69003',
  commune: { code: '69383', name: 'Lyon 3e Arrondissement' },
  departement: { code: '69', name: 'Rhône' },
});

let people = 0;

/** A physiotherapist with the names given; the RPPS counts up. */
export function professional(
  familyName: string,
  givenNames: string,
  stated: Partial<Correspondent> = {},
): Correspondent {
  people += 1;
  const rpps = String(10_900_000_000 + people);
  return {
    id: `professional-8${rpps}`,
    kind: 'professional',
    name: `${givenNames} ${familyName.toUpperCase()}`,
    familyName,
    givenNames,
    civilite: 'MME',
    rpps,
    profession: { code: '70', label: 'Masseur-Kinésithérapeute' },
    otherProfessions: [],
    savoirFaire: [],
    serviceName: null,
    places: [],
    mailboxes: [],
    ...stated,
  };
}

export function service(address: string, serviceName: string, at: Place): Correspondent {
  return {
    id: `service-${address.replace(/[^a-z0-9-]/g, (char) => `_${char.charCodeAt(0).toString(16)}`)}`,
    kind: 'service',
    name: [serviceName, at.organization?.name].filter(Boolean).join(' – '),
    familyName: null,
    givenNames: null,
    civilite: null,
    rpps: null,
    profession: null,
    otherProfessions: [],
    savoirFaire: [],
    serviceName,
    places: [at],
    mailboxes: [{ address, type: 'ORG', lastOpenedOn: '2026-11-18' }],
  };
}

const FAMILIES = ['MARTIN', 'BERNARD', 'PETIT', 'LE GOFF', 'DUPONT-MARTIN', 'ROBERT', 'FAURE', "D'ABOVILLE"];
const GIVENS = ['Marie', 'Jean-Pierre', 'Anne', 'Julie', 'Thomas', 'Médéric'];
const PROFESSIONS = [
  { code: '10', label: 'Médecin' },
  { code: '60', label: 'Infirmier' },
  { code: '70', label: 'Masseur-Kinésithérapeute' },
];

/** Many homonyms, at two places. */
export function manyProfessionals(count: number): Correspondent[] {
  const random = openRandom(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: count }, () =>
    professional(pick(FAMILIES), pick(GIVENS), {
      profession: pick(PROFESSIONS),
      places: [pick([LE_PUY, LYON_3])],
    }),
  );
}
