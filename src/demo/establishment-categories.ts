import { Weighted } from './random.ts';
import type { Random } from './random.ts';
import type { DemoCommune } from './communes.ts';
import type { Setting } from './professions.ts';
import { SURNAMES } from './surnames.ts';

export interface EstablishmentCategory {
  /** TRE_R66, the same codes as TRE_R397. */
  code: string;
  /** Whom it employs; null for nobody of our files. */
  setting: Setting | null;
  weight: number;
  /** TRE_R02. */
  secteur: string;
  /** Statut juridique of the legal entities (TRE_R72). */
  statutJuridique: string;
  codeApe: string;
  /** How often one comes with a legal entity of its own. */
  ownEntity: number;
  /** How many service mailboxes, relative to the others. */
  mailboxWeight: number;
  name: (commune: DemoCommune, random: Random) => string;
}

const PLANTS = [
  'LES TILLEULS',
  'LES ACACIAS',
  'LES GLYCINES',
  'LES CEDRES',
  "LES JARDINS D'AUTOMNE",
  'LE CLOS FLEURI',
  'LES MAGNOLIAS',
  'LA ROSERAIE',
  'LES MARRONNIERS',
  'LES EDELWEISS',
  'LES GENETS',
  'LES CAMELIAS',
  'LA CHATAIGNERAIE',
  'LE BOIS JOLI',
  'LES HORTENSIAS',
];
const PLACES = [
  'DE LA GARE',
  'DU MARCHE',
  'CENTRALE',
  'DES HALLES',
  'DE LA PLACE',
  'DU CENTRE',
  "DE L'EGLISE",
  'DU PONT',
  'DES ALPES',
  'DE LA MAIRIE',
  'DU STADE',
  'DES ECOLES',
  'DE LA FONTAINE',
  'DU SOLEIL',
  'DES QUATRE CHEMINS',
];
const LABORATORIES = [
  'BIOVALLEE',
  'BIOSOMMETS',
  'LABO DES TROIS PONTS',
  'BIOCENTRE',
  "ANALYS'ICI",
  'BIOGROUPEMENT DU FLEUVE',
  'LABORATOIRE DES REMPARTS',
  'BIO-ESTUAIRE',
];
const PATRONS = [
  'SAINT-ROCH',
  'SAINT-LUC',
  'SAINTE-ANNE',
  'DU PARC',
  'DES SOURCES',
  'BELLERIVE',
  'BEAU SOLEIL',
  'DU VAL',
  'DES PEUPLIERS',
  'MONTPLAISIR',
];

const near = (commune: DemoCommune) => commune.routingName;

/** "DE ROANNE", "D'ANNECY", "DU PUY EN VELAY", "DES VANS". */
function of({ routingName }: DemoCommune): string {
  if (routingName.startsWith('LE ')) return `DU ${routingName.slice(3)}`;
  if (routingName.startsWith('LES ')) return `DES ${routingName.slice(4)}`;
  return /^[AEIOUY]/.test(routingName) ? `D'${routingName}` : `DE ${routingName}`;
}

type Row = [
  string,
  Setting | null,
  number,
  string,
  string,
  string,
  number,
  number,
  EstablishmentCategory['name'],
];
const ROWS: Row[] = [
  ['355', 'hospital', 25, 'SA01', '13', '86.10Z', 0.5, 60, (c) => `CENTRE HOSPITALIER ${of(c)}`],
  ['101', 'hospital', 3, 'SA01', '13', '86.10Z', 0.1, 160, (c, r) => `HOPITAL ${r.pick(PATRONS)} - CHU ${of(c)}`],
  ['106', 'hospital', 12, 'SA01', '13', '86.10Z', 0.9, 20, (c) => `HOPITAL LOCAL ${of(c)}`],
  ['362', 'hospital', 8, 'SA01', '13', '87.10A', 0.2, 5, (c) => `USLD ${of(c)}`],
  ['131', 'hospital', 1, 'SA36', '65', '86.10Z', 0.9, 60, (c) => `CENTRE DE LUTTE CONTRE LE CANCER ${of(c)}`],
  ['365', 'clinic', 12, 'SA04', '95', '86.10Z', 0.7, 25, (_, r) => `CLINIQUE ${r.pick(PATRONS)}`],
  ['128', 'clinic', 3, 'SA04', '73', '86.10Z', 0.7, 20, (c, r) => `CLINIQUE CHIRURGICALE ${r.pick(PATRONS)} ${of(c)}`],
  ['122', 'clinic', 1, 'SA04', '73', '86.10Z', 0.7, 15, (c) => `MATERNITE ${of(c)}`],
  ['109', 'clinic', 14, 'SA04', '60', '86.10Z', 0.7, 12, (_, r) => `CENTRE DE READAPTATION ${r.pick(PATRONS)}`],
  ['129', 'clinic', 1, 'SA04', '95', '86.10Z', 0.7, 10, (c) => `CENTRE MEDICAL ${of(c)}`],
  ['292', 'mental-health', 22, 'SA01', '13', '86.10Z', 0.15, 10, (c) => `HOPITAL DE JOUR - CMP ${of(c)}`],
  ['156', 'mental-health', 25, 'SA01', '13', '86.22C', 0.05, 4, (c) => `CMP ADULTES ${near(c)}`],
  ['620', 'pharmacy', 235, 'SA33', '85', '47.73Z', 0.97, 1.4, (_, r) => (r.chance(0.4) ? `PHARMACIE ${r.pick(SURNAMES)}` : `PHARMACIE ${r.pick(PLACES)}`)],
  ['611', 'laboratory', 55, 'SA25', '91', '86.90B', 0.1, 4, (c, r) => `${r.pick(LABORATORIES)} - SITE ${near(c)}`],
  ['500', 'nursing-home', 88, 'SA17', '21', '87.10A', 0.4, 5, (_, r) => `EHPAD ${r.pick(PLANTS)}`],
  ['603', 'msp', 30, 'SA52', '80', '86.21Z', 0.95, 4, (c, r) => (r.chance(0.5) ? `MSP ${of(c)}` : `MAISON DE SANTE PLURIPROFESSIONNELLE ${r.pick(PLACES)}`)],
  ['124', 'health-centre', 38, 'SA05', '60', '86.21Z', 0.5, 3, (c) => `CENTRE DE SANTE ${of(c)}`],
  ['354', 'home-nursing', 28, 'SA41', '60', '88.10A', 0.7, 3, (c) => `SSIAD ${of(c)}`],
  ['127', 'home-nursing', 4, 'SA30', '60', '86.10Z', 0.8, 12, (c) => `HAD DU PAYS ${of(c)}`],
  ['183', 'disability', 22, 'SA16', '60', '87.10B', 0.4, 2, (_, r) => `IME ${r.pick(PLANTS)}`],
  ['182', 'disability', 26, 'SA16', '60', '88.91B', 0.2, 2, (c) => `SESSAD ${of(c)}`],
  ['189', 'disability', 8, 'SA16', '60', '86.90F', 0.4, 2, (c) => `CMPP ${of(c)}`],
  ['190', 'disability', 6, 'SA16', '60', '86.90F', 0.4, 2, (c) => `CAMSP ${of(c)}`],
  ['255', 'disability', 10, 'SA16', '60', '87.10C', 0.3, 2, (_, r) => `MAS ${r.pick(PLANTS)}`],
  ['246', 'disability', 22, 'SA16', '60', '88.10C', 0.3, 0.5, (_, r) => `ESAT ${r.pick(PLANTS)}`],
  ['445', 'disability', 12, 'SA16', '60', '88.10C', 0.2, 1, (c) => `SAMSAH ${of(c)}`],
  ['223', 'pmi', 40, 'SA15', '02', '84.12Z', 0.02, 1, (c) => `CENTRE DE PMI ${of(c)}`],
  ['141', 'hospital', 8, 'SA34', '60', '86.10Z', 0.2, 3, (c) => `CENTRE DE DIALYSE ${of(c)}`],
  ['606', 'administration', 3, 'SA57', '60', '88.99B', 0.95, 10, (c) => `DAC DU PAYS ${of(c)}`],
  ['604', 'administration', 8, 'SA63', '60', '86.90F', 0.98, 4, (c) => `CPTS ${near(c)} ET ENVIRONS`],
  ['647', 'administration', 1, 'SA63', '60', '86.90F', 0.98, 4, (c) => `EQUIPE DE SOINS SPECIALISES ${of(c)}`],
  ['616', 'administration', 8, 'SA66', '60', '86.21Z', 0.6, 3, (c) => `SERVICE DE SANTE AU TRAVAIL ${of(c)}`],
  ['202', null, 35, 'SA41', '17', '87.30A', 0.45, 0.3, (_, r) => `RESIDENCE AUTONOMIE ${r.pick(PLANTS)}`],
  ['209', null, 40, 'SA41', '60', '88.10A', 0.5, 0.5, (c) => `SERVICE AUTONOMIE ${of(c)}`],
  ['214', null, 20, 'SA21', '60', '87.90B', 0.4, 0.5, (c) => `CHRS ${of(c)}`],
  ['177', null, 22, 'SA20', '60', '87.90A', 0.4, 0.3, (_, r) => `MECS ${r.pick(PLANTS)}`],
  ['197', 'disability', 10, 'SA12', '60', '86.90F', 0.4, 2, (c) => `CSAPA ${of(c)}`],
  ['300', 'administration', 6, 'SA19', '13', '85.42Z', 0.5, 1, (c) => `INSTITUT DE FORMATION EN SOINS INFIRMIERS ${of(c)}`],
]; // prettier-ignore

export const ESTABLISHMENT_CATEGORIES: readonly EstablishmentCategory[] = ROWS.map(
  ([code, setting, weight, secteur, statutJuridique, codeApe, ownEntity, mailboxWeight, name]) => ({
    code,
    setting,
    weight,
    secteur,
    statutJuridique,
    codeApe,
    ownEntity,
    mailboxWeight,
    name,
  }),
);

/** Ranks in the table above. */
export const categoryRanks = new Weighted(
  ESTABLISHMENT_CATEGORIES.map((_, rank) => rank),
  (rank) => ESTABLISHMENT_CATEGORIES[rank]!.weight,
);

/** Categories of which the region's establishments are all real: none is invented beside them. */
export const REAL_CATEGORY_CODES: ReadonlySet<string> = new Set([
  '355',
  '101',
  '106',
  '362',
  '131',
  '365',
  '128',
  '122',
  '109',
  '129',
  '292',
]);
