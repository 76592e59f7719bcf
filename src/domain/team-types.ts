/** What a resource team is, from a list of our own. */
export interface TeamType {
  /** French, as shown. */
  label: string;
  /** What else it is called. */
  words: readonly string[];
  /** TRE_R66, where there is a category for it. */
  categoryCode?: string;
}

export const TEAM_TYPES = {
  dac: {
    label: 'Dispositif d’appui à la coordination',
    words: ['DAC', 'appui à la coordination', 'parcours complexes', 'PTA', 'MAIA'],
    categoryCode: '606',
  },
  'equipe-mobile-geriatrie': {
    label: 'Équipe mobile de gériatrie',
    words: ['EMG', 'équipe mobile gériatrique'],
  },
  'equipe-mobile-soins-palliatifs': {
    label: 'Équipe mobile de soins palliatifs',
    words: ['EMSP', 'équipe mobile soins palliatifs'],
  },
  'equipe-mobile-psychiatrie-precarite': {
    label: 'Équipe mobile psychiatrie précarité',
    words: ['EMPP', 'équipe mobile de psychiatrie'],
  },
  'equipe-mobile-psychiatrie-personne-agee': {
    label: 'Équipe mobile de psychiatrie de la personne âgée',
    words: ['EMPPA', 'géronto-psychiatrie'],
  },
  'equipe-mobile-sante-precarite': {
    label: 'Équipe mobile santé précarité',
    words: ['EMSP', 'précarité'],
    categoryCode: '608',
  },
  'equipe-mobile-plaies': {
    label: 'Équipe mobile plaies et cicatrisation',
    words: ['équipe mobile plaies', 'pansements complexes'],
  },
  'equipe-mobile-readaptation': {
    label: 'Équipe mobile de réadaptation',
    words: ['équipe mobile MPR', 'équipe mobile de rééducation'],
  },
  'equipe-mobile-hygiene': { label: 'Équipe mobile d’hygiène', words: ['EMH', 'risque infectieux'] },
  'equipe-mobile-scolarisation': {
    label: 'Équipe mobile d’appui à la scolarisation',
    words: ['EMAS', 'école inclusive'],
  },
  'equipe-specialisee-alzheimer': {
    label: 'Équipe spécialisée Alzheimer',
    words: ['ESA', 'maladies neurodégénératives'],
  },
  'equipe-soins-specialises': {
    label: 'Équipe de soins spécialisés',
    words: ['ESS'],
    categoryCode: '647',
  },
  reppop: {
    label: 'Réseau de prévention et de prise en charge de l’obésité pédiatrique',
    words: ['REPPOP', 'obésité de l’enfant'],
  },
  pco: {
    label: 'Plateforme de coordination et d’orientation',
    words: ['PCO', 'troubles du neurodéveloppement', 'TND', 'autisme', 'TSA', 'TDAH'],
  },
  perinatalite: {
    label: 'Réseau de santé en périnatalité',
    words: ['réseau périnatal', 'DSRP'],
    categoryCode: '650',
  },
  cancerologie: {
    label: 'Dispositif de cancérologie',
    words: ['réseau de cancérologie', '3C', 'DSRC'],
    categoryCode: '614',
  },
  clic: { label: 'Centre local d’information et de coordination', words: ['CLIC'], categoryCode: '463' },
  'plateforme-repit': { label: 'Plateforme de répit', words: ['aidants', 'PFR'] },
  crt: { label: 'Centre de ressources territorial', words: ['CRT'] },
  'reseau-sante': { label: 'Réseau de santé', words: ['réseau'] },
  coordination: { label: 'Équipe de coordination', words: ['coordination de parcours'] },
  autre: { label: 'Équipe ressource', words: [] },
} as const satisfies Record<string, TeamType>;

export type TeamTypeCode = keyof typeof TEAM_TYPES;

export function isTeamType(code: string): code is TeamTypeCode {
  return Object.hasOwn(TEAM_TYPES, code);
}

export function findTeamType(code: TeamTypeCode): TeamType {
  return TEAM_TYPES[code];
}
