import type { RequestFault } from '#domain/errors.ts';

import type { FieldFault } from './declared-form.ts';

/** What a field is called, and what would be right in it. */
export const FIELD_WORDS: Readonly<Record<string, { label: string; right: string }>> = {
  title: { label: 'Titre', right: 'Écrivez un titre, de 120 caractères au plus.' },
  name: { label: 'Nom de l’équipe', right: 'Écrivez un nom, de 120 caractères au plus.' },
  domain: { label: 'Domaine', right: 'Choisissez un domaine.' },
  type: { label: 'Sorte d’équipe', right: 'Choisissez une sorte d’équipe.' },
  savoirFaireCodes: { label: 'Savoir-faire', right: 'Décochez ce qui n’est pas dans la liste.' },
  answers: {
    label: 'Ce que l’on peut demander',
    right: 'Écrivez une chose par ligne\u00a0: une au moins, 30 au plus, de 200 caractères au plus.',
  },
  doesNotAnswer: {
    label: 'Ce à quoi vous ne répondez pas',
    right: 'Écrivez une chose par ligne\u00a0: 30 au plus, de 200 caractères au plus.',
  },
  missions: {
    label: 'Ce que fait l’équipe',
    right: 'Écrivez une mission par ligne\u00a0: une au moins, 30 au plus, de 200 caractères au plus.',
  },
  population: { label: 'Pour quels patients', right: '300 caractères au plus.' },
  public: { label: 'Pour qui', right: '300 caractères au plus.' },
  area: { label: 'Territoire', right: 'Écrivez un lieu au moins\u00a0: commune, département, territoire…' },
  usualDelay: { label: 'Délai habituel', right: 'Écrivez un nombre entier, de 1 à 365.' },
  hours: { label: 'Horaires', right: 'Ces heures se recouvrent, ou finissent avant de commencer.' },
  notAvailable: { label: 'Fermetures', right: 'Dites le premier et le dernier jour, dans cet ordre.' },
  mailbox: {
    label: 'Messagerie',
    right: 'Cette adresse n’est ni une messagerie de service connue, ni l’une des vôtres.',
  },
  form: {
    label: 'Formulaire',
    right: 'Il faut une question au moins, et une réponse à choisir au moins à celles qui en proposent.',
  },
  declaredBy: { label: 'Au nom de', right: 'Choisissez au nom de qui vous déclarez.' },
};

const FIELDS: Readonly<Record<string, string>> = {
  usualDelay: 'delay.value',
  form: 'form.title',
  declaredBy: 'owner',
};

const SENDS = 'Un formulaire n’envoie rien\u00a0: retirez-en les adresses (site, courriel) et les liens.';

/** What the use case refuses, field by field and for people. */
export function toFieldFaults(faults: readonly RequestFault[]): FieldFault[] {
  const told = faults.map(({ pointer, detail }): FieldFault => {
    const [, member = '', index, part] = pointer.split('.');
    if (member === 'urgentNumbers' && index !== undefined)
      return part === 'phone'
        ? {
            field: `urgent.${index}.phone`,
            text: 'Écrivez un numéro de téléphone, par exemple 04 71 04 32 10.',
          }
        : { field: `urgent.${index}.case`, text: 'Dites dans quel cas appeler, en 120 caractères au plus.' };
    if (member === 'notAvailable' && index !== undefined)
      return { field: `closed.${index}.start`, text: FIELD_WORDS['notAvailable']!.right };
    const text =
      member === 'form' && detail.includes('sends nothing')
        ? SENDS
        : (FIELD_WORDS[member]?.right ?? 'Ceci n’est pas valable.');
    return { field: FIELDS[member] ?? member, text };
  });
  return [...new Map(told.map((it) => [`${it.field} ${it.text}`, it])).values()];
}

/** What a field of the form is called, for the list of what is wrong. */
export function labelOfField(field: string): string {
  const [group = '', index] = field.split('.');
  if (group === 'urgent') return `Numéro d’urgence ${Number(index) + 1}`;
  if (group === 'closed') return `Fermeture ${Number(index) + 1}`;
  if (group === 'q') return `Question ${Number(index) + 1}`;
  const member = Object.entries(FIELDS).find(([, to]) => to === field)?.[0] ?? field;
  return FIELD_WORDS[member]?.label ?? 'Ce formulaire';
}
