import { Weighted } from './random.ts';

/** Where and how somebody practises; what each one writes in the file is in `settings.ts`. */
export type Setting =
  | 'none'
  | 'cabinet'
  | 'group'
  | 'msp'
  | 'clinic'
  | 'hospital'
  | 'mental-health'
  | 'health-centre'
  | 'nursing-home'
  | 'pharmacy'
  | 'laboratory'
  | 'home-nursing'
  | 'disability'
  | 'pmi'
  | 'shop'
  | 'administration';

export interface Profession {
  code: string;
  /** Share among all, in thousandths. */
  weight: number;
  /** Share of women. */
  feminine: number;
  /** Share of those with a "Docteur" or "Professeur" before their name. */
  doctors: number;
  autorite: string;
  /** Relative to the others, how often somebody of it has a secure mailbox of their own. */
  mailboxWeight: number;
  /** Domain of the mailbox that its own order or union gives. */
  mailboxDomain: string;
  settings: Weighted<Setting>;
}

type Row = [
  code: string,
  weight: number,
  feminine: number,
  doctors: number,
  autorite: string,
  mailboxWeight: number,
  domain: string,
  settings: Partial<Record<Setting, number>>,
];

/** Orders of magnitude, for realism only. About 18 % of people have no structure at all. */
const ROWS: Row[] = [
  [
    '10',
    200,
    0.5,
    0.97,
    'CNOM/CNOM/ARS',
    3,
    'medecin',
    {
      none: 24,
      cabinet: 20,
      group: 13,
      msp: 4,
      clinic: 6,
      hospital: 25,
      'mental-health': 3,
      'health-centre': 3,
      administration: 2,
    },
  ],
  [
    '60',
    400,
    0.87,
    0,
    'ONI/ONI/ARS',
    0.6,
    'infirmier',
    {
      none: 17,
      cabinet: 11,
      group: 7,
      msp: 1,
      clinic: 0,
      hospital: 44,
      'mental-health': 6,
      'health-centre': 2,
      'nursing-home': 6,
      'home-nursing': 3,
      disability: 1,
      administration: 2,
    },
  ],
  [
    '70',
    70,
    0.52,
    0,
    'CNOMK/CNOMK/ARS',
    1,
    'masseur-kinesitherapeute',
    {
      none: 12,
      cabinet: 38,
      group: 30,
      msp: 3,
      hospital: 10,
      'health-centre': 1,
      'nursing-home': 3,
      disability: 3,
    },
  ],
  [
    '21',
    50,
    0.67,
    0.7,
    'CNOP/CNOP/ARS',
    1.6,
    'pharmacien',
    { none: 17, pharmacy: 66, hospital: 8, laboratory: 7, administration: 2 },
  ],
  [
    '93',
    50,
    0.86,
    0,
    'ARS/ARS/ARS',
    0.3,
    'psychologue',
    {
      none: 22,
      cabinet: 30,
      group: 4,
      hospital: 12,
      'mental-health': 14,
      disability: 12,
      'nursing-home': 4,
      pmi: 2,
    },
  ],
  [
    '40',
    32,
    0.48,
    0.95,
    'CNOCD/CNOCD/ARS',
    1.4,
    'chirurgien-dentiste',
    { none: 16, cabinet: 48, group: 20, hospital: 3, 'health-centre': 13 },
  ],
  ['28', 30, 0.55, 0, 'ARS/Variable/Variable', 0.1, 'opticien', { none: 18, shop: 82 }],
  ['86', 28, 0.75, 0, 'ARS/Variable/Variable', 0.1, 'pro', { none: 20, laboratory: 42, hospital: 38 }],
  ['98', 25, 0.72, 0, 'ARS/ARS/ARS', 0.2, 'pro', { none: 18, hospital: 56, clinic: 26 }],
  ['71', 20, 0.5, 0, 'ARS/Variable/Variable', 0.3, 'pro', { none: 14, cabinet: 72, group: 14 }],
  [
    '91',
    20,
    0.96,
    0,
    'ARS/ARS/ARS',
    0.9,
    'orthophoniste',
    { none: 14, cabinet: 48, group: 20, msp: 3, hospital: 6, disability: 9 },
  ],
  [
    '50',
    18,
    0.97,
    0,
    'CNOSF/CNOSF/ARS',
    1.3,
    'sage-femme',
    { none: 18, cabinet: 24, group: 8, msp: 3, hospital: 36, clinic: 4, pmi: 7 },
  ],
  [
    '41',
    12,
    0.92,
    0,
    'ARS/ARS/ARS',
    0.4,
    'pro',
    { none: 16, hospital: 34, 'mental-health': 14, disability: 18, administration: 18 },
  ],
  [
    '94',
    12,
    0.87,
    0,
    'ARS/ARS/ARS',
    0.3,
    'pro',
    { none: 17, cabinet: 22, hospital: 34, disability: 17, 'nursing-home': 10 },
  ],
  [
    '95',
    11,
    0.94,
    0,
    'ARS/ARS/ARS',
    0.4,
    'dieteticien',
    { none: 20, cabinet: 46, msp: 3, hospital: 27, 'nursing-home': 4 },
  ],
  [
    '96',
    11,
    0.89,
    0,
    'ARS/ARS/ARS',
    0.3,
    'pro',
    { none: 15, cabinet: 34, hospital: 18, 'mental-health': 12, disability: 21 },
  ],
  ['31', 10, 0.97, 0, 'ARS/ARS/ARS', 0.1, 'pro', { none: 15, shop: 70, 'health-centre': 15 }],
  [
    '80',
    10,
    0.68,
    0,
    'CNOPP/CNOPP/ARS',
    0.8,
    'pedicure-podologue',
    { none: 12, cabinet: 68, group: 15, msp: 3, hospital: 2 },
  ],
  ['72', 8, 0.75, 0, 'ARS/Variable/Variable', 0.2, 'pro', { none: 20, cabinet: 70, 'mental-health': 10 }],
  [
    '99',
    5,
    0.8,
    0,
    'ARS/Variable/Variable',
    0.3,
    'pro',
    { none: 10, hospital: 30, administration: 40, disability: 20 },
  ],
  ['26', 4, 0.55, 0, 'ARS/Variable/Variable', 0.5, 'pro', { none: 12, shop: 88 }],
  ['92', 4, 0.9, 0, 'ARS/ARS/ARS', 0.6, 'pro', { none: 14, cabinet: 48, group: 20, hospital: 18 }],
  ['81', 2, 0.35, 0, 'ARS/Variable/Variable', 0.2, 'pro', { none: 12, shop: 88 }],
  ['83', 2, 0.6, 0, 'ARS/Variable/Variable', 0.2, 'pro', { none: 12, shop: 88 }],
  ['73', 1, 0.35, 0, 'ARS/Variable/Variable', 0.2, 'pro', { none: 12, cabinet: 88 }],
  ['82', 1, 0.4, 0, 'ARS/Variable/Variable', 0.2, 'pro', { none: 12, shop: 88 }],
  ['32', 0.7, 0.5, 0, 'ARS/ARS/ARS', 0.4, 'pro', { none: 10, hospital: 70, clinic: 20 }],
  ['84', 0.2, 0.5, 0, 'ARS/Variable/Variable', 0.2, 'pro', { none: 10, shop: 90 }],
  ['85', 0.2, 0.5, 0, 'ARS/Variable/Variable', 0.2, 'pro', { none: 10, shop: 90 }],
];

const byCode = new Map<string, Profession>(
  ROWS.map(([code, weight, feminine, doctors, autorite, mailboxWeight, domain, settings]) => {
    const entries = Object.entries(settings) as [Setting, number][];
    const weighted = new Weighted(
      entries.map(([setting]) => setting),
      (_, rank) => entries[rank]![1],
    );
    return [
      code,
      { code, weight, feminine, doctors, autorite, mailboxWeight, mailboxDomain: domain, settings: weighted },
    ];
  }),
);

const PROFESSIONS: readonly Profession[] = [...byCode.values()];
export const professions = new Weighted(PROFESSIONS, ({ weight }) => weight);

const weightSum = PROFESSIONS.reduce((sum, { weight }) => sum + weight, 0);
export const MEAN_MAILBOX_WEIGHT =
  PROFESSIONS.reduce((sum, { weight, mailboxWeight }) => sum + weight * mailboxWeight, 0) / weightSum;

export function getProfession(code: string): Profession {
  const profession = byCode.get(code);
  if (!profession) throw new Error(`no such profession: ${code}`);
  return profession;
}

/** Specialities of doctors, in thousandths. */
const SPECIALITIES: readonly (readonly [string, number])[] = [
  ['SM54', 260], ['SM53', 140], ['SM26', 60], ['SM42', 55], ['SM02', 50], ['SM40', 38], ['SM44', 35], ['SM04', 32], ['SM59', 30], ['SM38', 28], ['SM20', 25],
  ['SM25', 24], ['SM15', 20], ['SM24', 19], ['SM08', 18], ['SM41', 16], ['SM32', 15], ['SM18', 15], ['SM48', 13], ['SM03', 13], ['SM49', 12], ['SM30', 9],
  ['SM14', 9], ['SM29', 9], ['SM16', 8], ['SM39', 8], ['SM34', 8], ['SM12', 7], ['SM36', 7], ['SM01', 7], ['SM37', 6], ['SM05', 6], ['SM43', 6], ['SM74', 6],
  ['SM73', 6], ['SM58', 5], ['SM62', 5], ['SM61', 5], ['SM46', 5], ['SM19', 5], ['SM10', 4], ['SM13', 4], ['SM27', 4], ['SM28', 4], ['SM31', 3], ['SM57', 3],
  ['SM11', 3], ['SM22', 3], ['SM21', 3], ['SM60', 2], ['SM17', 2], ['SM92', 2], ['SM87', 2], ['SM93', 2], ['SM56', 1], ['SM06', 1], ['SM09', 1], ['SM50', 1],
  ['SM72', 1], ['SM79', 1], ['SM81', 1],
]; // prettier-ignore
export const specialities = new Weighted(
  SPECIALITIES.map(([code]) => code),
  (_, rank) => SPECIALITIES[rank]![1],
);

/** What a doctor may hold besides the speciality: type of TRE_R04 and code. */
export const OTHER_SAVOIR_FAIRE: readonly (readonly [type: string, code: string])[] = [
  ['C', 'C05'], ['C', 'C33'], ['C', 'C34'], ['C', 'C35'], ['C', 'C36'], ['C', 'C40'], ['C', 'C71'],
  ['CAPA', 'CAPA01'], ['CAPA', 'CAPA02'], ['CAPA', 'CAPA03'], ['CAPA', 'CAPA04'], ['CAPA', 'CAPA05'], ['CAPA', 'CAPA06'], ['CAPA', 'CAPA10'], ['CAPA', 'CAPA13'],
  ['DNQ', 'DSM200'], ['DNQ', 'DSM206'], ['DNQ', 'DSM213'], ['DNQ', 'DSM220'], ['DNQ', 'DSM226'], ['DNQ', 'DSM235'],
  ['DEC', 'DEC01'], ['DEC', 'DEC12'], ['DEC', 'DEC15'], ['DEC', 'DEC20'], ['CEX', 'CEX22'], ['CEX', 'CEX64'], ['OP', '80'], ['OP', '81'],
  ['SST', 'SST01'], ['SST', 'SST09'], ['SST', 'SST17'], ['SST', 'SST21'], ['SST', 'SST24'], ['FQ', 'FQ04'], ['PAC', 'PAC00'],
]; // prettier-ignore

/** Second professions that people really have together with the first. */
export const SECOND_PROFESSIONS: Readonly<Record<string, readonly string[]>> = {
  '10': ['72', '71'],
  '60': ['71', '72', '50'],
  '70': ['71', '80'],
  '93': ['72'],
  '50': ['60'],
  '28': ['26'],
  '81': ['83', '82'],
  '80': ['70'],
  '96': ['72'],
};
