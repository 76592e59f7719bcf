import { foldText } from './fold.ts';
import { findTerms } from './vocabulary.ts';

/** What an expertise is about, from a list of our own, with French labels. */
export const EXPERTISE_DOMAINS = {
  addictologie: 'Addictologie',
  allergologie: 'Allergologie',
  anesthesie: 'Anesthésie',
  cardiologie: 'Cardiologie',
  chirurgie: 'Chirurgie',
  dermatologie: 'Dermatologie',
  diabetologie: 'Diabétologie',
  douleur: 'Douleur',
  endocrinologie: 'Endocrinologie',
  gastroenterologie: 'Gastro-entérologie',
  genetique: 'Génétique',
  geriatrie: 'Gériatrie',
  gynecologie: 'Gynécologie-obstétrique',
  hematologie: 'Hématologie',
  imagerie: 'Radiologie et imagerie',
  infectiologie: 'Infectiologie',
  'medecine-interne': 'Médecine interne',
  mpr: 'Médecine physique et de réadaptation',
  'medecine-vasculaire': 'Médecine vasculaire',
  nephrologie: 'Néphrologie',
  neurologie: 'Neurologie',
  nutrition: 'Nutrition',
  odontologie: 'Odontologie',
  oncologie: 'Oncologie',
  ophtalmologie: 'Ophtalmologie',
  orl: 'ORL',
  orthopedie: 'Orthopédie',
  pediatrie: 'Pédiatrie',
  pharmacie: 'Pharmacie clinique',
  plaies: 'Plaies et cicatrisation',
  pneumologie: 'Pneumologie',
  psychiatrie: 'Psychiatrie',
  pedopsychiatrie: 'Pédopsychiatrie',
  'reeducation-perineale': 'Périnée et pelvi-périnéologie',
  rhumatologie: 'Rhumatologie',
  'soins-palliatifs': 'Soins palliatifs',
  stomatherapie: 'Stomathérapie',
  urologie: 'Urologie',
  autre: 'Autre domaine',
} as const satisfies Record<string, string>;

export type ExpertiseDomain = keyof typeof EXPERTISE_DOMAINS;

export function isExpertiseDomain(code: string): code is ExpertiseDomain {
  return Object.hasOwn(EXPERTISE_DOMAINS, code);
}

/** What the vocabulary takes the domain's name for, so that whoever asks for the one finds the other; empty when for nothing. */
export function practiceOfDomain(domain: ExpertiseDomain): {
  professionCodes: readonly string[];
  savoirFaireCodes: readonly string[];
} {
  const typed = foldText(EXPERTISE_DOMAINS[domain]).split(' ');
  const whole = findTerms(typed).find((it) => it.start === 0 && !it.isApproximate && !it.isPrefix);
  const meaning = whole?.meanings.find((it) => it.kind === 'savoirFaire');
  return meaning ?? { professionCodes: [], savoirFaireCodes: [] };
}
