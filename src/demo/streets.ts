import { Weighted } from './random.ts';
import type { Random } from './random.ts';

/** Code and label of TRE_R35 "type de voie", as both files write them, with a weight. */
const STREET_TYPES: readonly (readonly [string, string, number])[] = [
  ['R', 'Rue', 560],
  ['AV', 'Avenue', 160],
  ['RTE', 'Route', 70],
  ['BD', 'Boulevard', 60],
  ['PL', 'Place', 50],
  ['CHE', 'Chemin', 40],
  ['ALL', 'Allée', 25],
  ['IMP', 'Impasse', 15],
  ['QU', 'Quai', 8],
  ['CRS', 'Cours', 6],
  ['FG', 'Faubourg', 5],
  ['SQ', 'Square', 4],
  ['MTE', 'Montée', 4],
  ['LOT', 'Lotissement', 3],
];
const streetTypes = new Weighted(STREET_TYPES, ([, , weight]) => weight);

const STREET_NAMES =
  `DE LA REPUBLIQUE;VICTOR HUGO;JEAN JAURES;DE LA GARE;DE L'EGLISE;DU MARCHE;DES ECOLES;PASTEUR;GAMBETTA;DE LA LIBERTE;DE VERDUN;
DU 8 MAI 1945;DU 11 NOVEMBRE;CHARLES DE GAULLE;DU GENERAL LECLERC;DE LA MAIRIE;DES LILAS;DES TILLEULS;DU STADE;DE LYON;DE PARIS;DU MOULIN;DES ACACIAS;JULES FERRY;
EMILE ZOLA;DU MARECHAL FOCH;NATIONALE;GRANDE;DU CHATEAU;DES JARDINS;DE L'HOPITAL;JEAN MOULIN;DENIS PAPIN;ARISTIDE BRIAND;DES PRES;DU PONT;DE LA FONTAINE;SAINT MARTIN;
SAINT JEAN;DES ROSES;DES CHENES;DU LAVOIR;DE LA POSTE;LOUIS BLANC;ANATOLE FRANCE;PIERRE CURIE;MARIE CURIE;CLAUDE BERNARD;AMBROISE PARE;DES ALPES;DU VELAY;DU FOREZ;
DE BELLEVUE;BEAUREGARD;DES CEDRES;DU SOLEIL;DE LA CROIX;DES ORMES;DU CHAMP DE MARS;SADI CARNOT;LAMARTINE;VOLTAIRE;DIDEROT;MOLIERE;RABELAIS;HECTOR BERLIOZ;
DES CORDELIERS;DES CAPUCINS;NEUVE;BASSE;HAUTE;DU COMMERCE;DES FRERES LUMIERE;ALBERT CAMUS;SIMONE VEIL;DU DOCTEUR ROUX;DES FUSILLES;DE LA RESISTANCE;DE LA PAIX;
DES VIGNES;DU LAC;DU BOIS;DES HIRONDELLES;DES MIMOSAS;DE PROVENCE;DE BRETAGNE;D'ALSACE;DE L'EUROPE;DE L'INDUSTRIE;DES ARTISANS;DU LEVANT;DU COUCHANT;DES TANNEURS;
DES TANNERIES;DES PENITENTS;FRANCOIS MITTERRAND;LEON BLUM;PAUL ELUARD;JACQUES PREVERT;GEORGES BRASSENS;DE LA SOURCE;DES SORBIERS;DES NOYERS;DE LA CHAPELLE`
    .split(';')
    .map((name) => name.trim());

export interface Street {
  /** A number, or in a trap a letter. */
  number: string;
  /** `B`, `T`, `BIS`… */
  repetition: string;
  typeCode: string;
  typeLabel: string;
  name: string;
}

export function inventStreet(random: Random): Street {
  const [typeCode, typeLabel] = streetTypes.pick(random);
  return {
    number: random.chance(0.92) ? String(1 + Math.floor(random.next() ** 2 * 180)) : '',
    repetition: random.chance(0.05) ? random.pick(['B', 'T', 'A', 'BIS']) : '',
    typeCode,
    typeLabel,
    name: random.pick(STREET_NAMES),
  };
}

const STREET_TYPE_PREFIXES: readonly (readonly [string, string, string])[] = [
  ['RUE ', 'R', 'Rue'],
  ['AVENUE ', 'AV', 'Avenue'],
  ['BOULEVARD ', 'BD', 'Boulevard'],
  ['PLACE ', 'PL', 'Place'],
  ['ROUTE ', 'RTE', 'Route'],
  ['CHEMIN ', 'CHE', 'Chemin'],
  ['ALLEE ', 'ALL', 'Allée'],
  ['ALLÉE ', 'ALL', 'Allée'],
  ['QUAI ', 'QU', 'Quai'],
  ['COURS ', 'CRS', 'Cours'],
  ['MONTEE ', 'MTE', 'Montée'],
  ['IMPASSE ', 'IMP', 'Impasse'],
];

/** "58 RUE MONTALEMBERT" into its parts; what no rule knows stays whole in `name`. */
export function parseStreet(text: string): Street {
  const numbered = /^(\d{1,4})\s?(B|T|A|BIS|TER)?\s+(.*)$/.exec(text);
  const rest = numbered?.[3] ?? text;
  const type = STREET_TYPE_PREFIXES.find(([prefix]) => rest.startsWith(prefix));
  return {
    number: numbered?.[1] ?? '',
    repetition: numbered?.[2] ?? '',
    typeCode: type?.[1] ?? '',
    typeLabel: type?.[2] ?? '',
    name: type ? rest.slice(type[0].length) : rest,
  };
}

/** On one line, as FINESS's `ligneQuatre` and a mailbox's address. */
export function toStreetLine(street: Street): string {
  return [street.number + street.repetition, street.typeLabel.toUpperCase(), street.name]
    .filter(Boolean)
    .join(' ');
}
