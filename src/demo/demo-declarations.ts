import type { Correspondent } from '#domain/correspondent.ts';
import type { DeclarationContent, DeclarationOwner, DeclaredKind } from '#domain/declaration.ts';
import { FORM_MODELS } from '#domain/form-models.ts';
import type { UrgentNumber } from '#domain/urgent-numbers.ts';

import { DEMO_ORGANIZATION, DEMO_TERRITORY } from './demo-people.ts';
import { toInventedRpps } from './invented-identifiers.ts';
import { Random } from './random.ts';

const SEED = 43;
/** TRE_R66: centres hospitaliers, régionaux or not. */
const HOSPITAL_CATEGORIES = new Set(['101', '355']);
/** The cardiologist of the hospital at Le Puy-en-Velay (`FEATURED` in `practitioners.ts`). */
const CARDIOLOGIST = toInventedRpps(2);

type Said<K extends DeclaredKind> = Omit<
  DeclarationContent[K],
  'area' | 'mailbox' | 'form' | 'urgentNumbers'
> & {
  model?: string;
  /** In which case to call. */
  urgent?: string;
  /** What the service that answers is called. */
  service: string;
};

const EXPERTISES: readonly Said<'expert'>[] = [
  {
    title: 'Avis dermatologique',
    service: 'DERMATOLOGIE',
    domain: 'dermatologie',
    savoirFaireCodes: ['SM15'],
    answers: [
      'Lésion pigmentée, suspicion de mélanome',
      'Éruption fébrile',
      'Eczéma, psoriasis qui résiste',
      'Ulcère dont le diagnostic est incertain',
    ],
    doesNotAnswer: ['Suivi d’acné', 'Demande de rendez-vous'],
    population: 'adultes et enfants',
    usualDelay: { value: 2, unit: 'days' },
    model: 'avis-dermatologie',
  },
  {
    title: 'Avis en diabétologie pédiatrique',
    service: 'DIABETOLOGIE|ENDOCRINOLOGIE|PEDIATRIE',
    domain: 'diabetologie',
    answers: [
      'Diabète de type 1 de l’enfant : adaptation de l’insuline',
      'Pompe, capteur de glucose',
      'Diabète et école, sport, voyage',
    ],
    doesNotAnswer: ['Diabète de l’adulte : voir l’avis d’endocrinologie'],
    population: 'enfants et adolescents',
    usualDelay: { value: 24, unit: 'hours' },
    urgent: 'Découverte d’un diabète, acidocétose',
    model: 'avis-general',
  },
  {
    title: 'Plaies complexes et cicatrisation',
    service: 'DERMATOLOGIE|CHIRURGIE VISCERALE',
    domain: 'plaies',
    answers: [
      'Ulcère de jambe',
      'Escarre',
      'Pied diabétique',
      'Retard de cicatrisation',
      'Choix du pansement',
    ],
    doesNotAnswer: ['Brûlure étendue : appeler le 15'],
    usualDelay: { value: 3, unit: 'days' },
    model: 'plaies-cicatrisation',
  },
  {
    title: 'Avis gériatrique',
    service: 'GERIATRIE',
    domain: 'geriatrie',
    answers: [
      'Chutes à répétition',
      'Troubles du comportement',
      'Iatrogénie, ordonnance à revoir',
      'Dénutrition',
    ],
    population: 'personnes de plus de 75 ans',
    usualDelay: { value: 2, unit: 'days' },
    urgent: 'Décision d’hospitalisation, ligne directe de gériatrie',
    model: 'geriatrie',
  },
  {
    title: 'Avis en infectiologie',
    service: 'INFECTIEUSES',
    domain: 'infectiologie',
    answers: [
      'Choix et durée d’un antibiotique',
      'Infection ostéo-articulaire',
      'Retour de voyage',
      'Accident d’exposition au sang',
    ],
    usualDelay: { value: 24, unit: 'hours' },
    urgent: 'Bactériémie, accident d’exposition au sang',
    model: 'avis-general',
  },
  {
    title: 'Avis néphrologique',
    service: 'NEPHROLOGIE',
    domain: 'nephrologie',
    answers: ['Créatinine qui monte', 'Protéinurie, hématurie', 'Préparer la dialyse', 'Médicaments et rein'],
    usualDelay: { value: 4, unit: 'days' },
    model: 'avis-general',
  },
  {
    title: 'Avis en douleur chronique',
    service: 'DOULEUR',
    domain: 'douleur',
    answers: [
      'Douleur neuropathique',
      'Opioïdes : adapter, arrêter',
      'Lombalgie chronique',
      'Migraine réfractaire',
    ],
    doesNotAnswer: ['Douleur aiguë'],
    population: 'adultes',
    usualDelay: { value: 5, unit: 'days' },
    model: 'avis-general',
  },
];

const TEAMS: readonly Said<'team'>[] = [
  {
    name: 'Équipe mobile de gériatrie',
    service: 'GERIATRIE',
    type: 'equipe-mobile-geriatrie',
    missions: [
      'Évaluation gériatrique à domicile et en EHPAD',
      'Éviter une hospitalisation',
      'Préparer un retour à domicile',
    ],
    public: 'personnes de plus de 75 ans, fragiles',
    urgent: 'Avis le jour même',
    model: 'geriatrie',
  },
  {
    name: 'Équipe mobile de soins palliatifs',
    service: 'PALLIATIFS',
    type: 'equipe-mobile-soins-palliatifs',
    missions: [
      'Soulager la douleur et les symptômes',
      'Soutien de l’entourage',
      'Directives anticipées',
      'Appui aux équipes de ville',
    ],
    public: 'malades à un stade avancé, à tout âge',
    urgent: 'Symptôme qui déborde',
    model: 'soins-palliatifs',
  },
  {
    name: 'Plateforme de coordination et d’orientation',
    service: 'PEDIATRIE|NEUROLOGIE',
    type: 'pco',
    missions: [
      'Écart de développement repéré : bilans sans attendre le diagnostic',
      'Forfait d’intervention précoce',
    ],
    public: 'enfants de 0 à 12 ans',
    model: 'pco',
  },
  {
    name: 'Réseau de prévention de l’obésité de l’enfant',
    service: 'PEDIATRIE|ENDOCRINOLOGIE',
    type: 'reppop',
    missions: ['Surpoids et obésité de l’enfant', 'Suivi de proximité, éducation thérapeutique'],
    public: 'enfants, adolescents et leurs familles',
    model: 'equipe-mobile',
  },
];

const COORDINATION: Said<'team'> = {
  name: 'Appui aux parcours complexes du Velay',
  service: 'SOCIAL',
  type: 'dac',
  missions: [
    'Situations complexes : évaluer, orienter, coordonner',
    'Maintien à domicile',
    'Trouver un médecin traitant',
  ],
  public: 'professionnels, aidants et personnes de tout âge',
  model: 'appui-coordination',
};

const CARDIOLOGY: Said<'expert'> = {
  title: 'Avis cardiologique',
  service: 'CARDIOLOGIE',
  domain: 'cardiologie',
  savoirFaireCodes: ['SM04'],
  answers: [
    'Lecture d’un électrocardiogramme',
    'Insuffisance cardiaque : adapter le traitement',
    'Anticoagulants',
    'Bilan avant une opération',
  ],
  doesNotAnswer: ['Douleur thoracique : appeler le 15'],
  population: 'adultes',
  usualDelay: { value: 24, unit: 'hours' },
  urgent: 'Trouble du rythme mal supporté',
  model: 'avis-general',
};

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** One to be declared, as whoever answers for it would. */
export type InventedDeclaration = {
  [K in DeclaredKind]: { kind: K; owner: DeclarationOwner; content: DeclarationContent[K] };
}[DeclaredKind];

interface ServiceMailbox {
  service: string;
  address: string;
}

/** Gathers, from a walk through the directory, who could declare something. */
export class DeclarationInventor {
  /** Mailboxes of each hospital, by département and identifier. */
  readonly #hospitals = new Map<string, Map<string, ServiceMailbox[]>>();
  #cardiologist: { mailbox: string | undefined } | undefined;

  meet(it: Correspondent): void {
    const [mailbox] = it.mailboxes;
    if (it.rpps === CARDIOLOGIST) this.#cardiologist = { mailbox: mailbox?.address };
    const [place] = it.places;
    if (it.kind !== 'service' || !mailbox || !place?.organization || !place.departement) return;
    const { id, category } = place.organization;
    if (!HOSPITAL_CATEGORIES.has(category?.code ?? '')) return;
    const { code } = place.departement;
    const hospitals = this.#hospitals.get(code) ?? new Map<string, ServiceMailbox[]>();
    this.#hospitals.set(code, hospitals);
    const box = { service: it.serviceName ?? '', address: mailbox.address };
    hospitals.set(id, [...(hospitals.get(id) ?? []), box]);
  }

  /** The same for the same people, in the same order: of a hospital of each département, and around Le Puy-en-Velay. */
  invent(): InventedDeclaration[] {
    const departements = [...this.#hospitals].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return departements.flatMap(([code, hospitals]) => {
      const isHome = hospitals.has(DEMO_ORGANIZATION);
      const ranked = [...hospitals].toSorted(([, a], [, b]) => b.length - a.length);
      const [organizationId, boxes] = ranked.find(([id]) => id === DEMO_ORGANIZATION) ?? ranked[0]!;
      const of = inventOfHospital(code, organizationId, boxes, isHome);
      return isHome ? [...of, ...this.#inventAroundLePuy(boxes)] : of;
    });
  }

  #inventAroundLePuy(boxes: readonly ServiceMailbox[]): InventedDeclaration[] {
    const random = new Random(SEED, 'declarations', 0);
    const mailbox = this.#cardiologist?.mailbox;
    return [
      {
        kind: 'team',
        owner: { territoryId: DEMO_TERRITORY.id },
        content: {
          ...toContent(random, COORDINATION),
          area: [{ kind: 'territory', code: DEMO_TERRITORY.id }],
          hours: openOnWeekdays('08:30', '18:00'),
          ...toMailbox(random, COORDINATION, boxes, true),
        },
      },
      ...(this.#cardiologist
        ? [
            {
              kind: 'expert' as const,
              owner: { practitionerId: `8${CARDIOLOGIST}` },
              content: {
                ...toContent(random, CARDIOLOGY),
                area: [{ kind: 'departement' as const, code: '43' }],
                ...(mailbox && { mailbox }),
              },
            },
          ]
        : []),
    ];
  }
}

/** @param isWhole all that there is, not only where a service is called so */
function inventOfHospital(
  departement: string,
  organizationId: string,
  boxes: readonly ServiceMailbox[],
  isWhole: boolean,
): InventedDeclaration[] {
  const random = new Random(SEED, 'declarations', Number.parseInt(departement, 36));
  const area = [{ kind: 'departement' as const, code: departement }];
  const owner = { organizationId };
  const experts = EXPERTISES.flatMap((said): InventedDeclaration[] => {
    const mailbox = toMailbox(random, said, boxes, isWhole);
    return mailbox
      ? [{ kind: 'expert', owner, content: { ...toContent(random, said), area, ...mailbox } }]
      : [];
  });
  const teams = TEAMS.flatMap((said): InventedDeclaration[] => {
    const mailbox = toMailbox(random, said, boxes, isWhole);
    const hours = openOnWeekdays('09:00', '17:00');
    return mailbox
      ? [{ kind: 'team', owner, content: { ...toContent(random, said), area, hours, ...mailbox } }]
      : [];
  });
  return [...experts, ...teams];
}

/** The mailbox of a service that is called so; of any where it must be. */
function toMailbox(
  random: Random,
  { service }: { service: string },
  boxes: readonly ServiceMailbox[],
  isNeeded: boolean,
) {
  const fitting = boxes.filter((it) => service.split('|').some((word) => it.service.includes(word)));
  if (fitting.length === 0 && !isNeeded) return undefined;
  return { mailbox: random.pick(fitting.length > 0 ? fitting : boxes).address };
}

function toContent<K extends DeclaredKind>(
  random: Random,
  { model, urgent, service: _service, ...said }: Said<K>,
) {
  const form = FORM_MODELS.find((it) => it.code === model)?.form;
  const urgentNumbers: UrgentNumber[] =
    urgent === undefined
      ? []
      : [{ case: urgent, phone: toPhone(random), availableTime: openOnWeekdays('08:30', '18:30') }];
  return { ...said, ...(urgentNumbers.length > 0 && { urgentNumbers }), ...(form && { form }) };
}

/** Of the numbers that are kept for fiction. @see https://www.arcep.fr plan national de numérotation, 2.5.12 */
function toPhone(random: Random): string {
  return `046571${String(random.integer(10_000)).padStart(4, '0')}`;
}

function openOnWeekdays(availableStartTime: string, availableEndTime: string) {
  return [{ daysOfWeek: [...WEEKDAYS], availableStartTime, availableEndTime }];
}
