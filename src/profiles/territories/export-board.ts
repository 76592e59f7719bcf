import { labelOf } from '#domain/code-lists.ts';
import { toCsv } from '#domain/csv-cell.ts';
import { findCommune } from '#domain/geography.ts';
import type { TerritoryBoard, TerritoryNumbers } from '#domain/territory.ts';

/** Numbers of a board, with what they are called, in their order. */
const BOARD_NUMBERS: readonly [keyof TerritoryNumbers, string][] = [
  ['professionals', 'Professionnels'],
  ['completePages', 'Pages complètes'],
  ['partialPages', 'Pages partielles'],
  ['emptyPages', 'Pages vides'],
  ['stalePages', 'Pages inchangées depuis 12 mois'],
  ['withoutMailbox', 'Sans messagerie sécurisée'],
];

/** What each number counts. */
export const BOARD_MEANINGS = {
  completePages:
    'Les huit façons d’exercer sont dites (oui ou non), les horaires d’un lieu au moins, et la zone des visites à domicile pour qui en fait.',
  partialPages: 'Quelque chose est dit, sans que la page soit complète.',
  emptyPages: 'Rien n’est dit.',
  stalePages: 'Quelque chose est dit, que personne n’a changé depuis 12 mois.',
  withoutMailbox: 'Aucune messagerie sécurisée de santé n’est connue.',
} as const;

/** A board as a table for a spreadsheet: the territory, then its professions, communes and days. */
export function exportBoard(board: TerritoryBoard): string {
  const { territory, professions, communes, progress } = board;
  const row = (kind: string, code: string, name: string, numbers: object) => [
    kind,
    code,
    name,
    ...BOARD_NUMBERS.map(([key]) => String((numbers as Partial<TerritoryNumbers>)[key] ?? '')),
  ];
  return toCsv([
    ['Ligne', 'Code', 'Nom', ...BOARD_NUMBERS.map(([, label]) => label)],
    row('territoire', territory.id, territory.name, board),
    ...professions.map((it) => row('profession', it.code, labelOf('profession', it.code) ?? it.code, it)),
    ...communes.map((it) => row('commune', it.code, findCommune(it.code)?.name ?? it.code, it)),
    ...progress.map((it) => row('jour', it.day, '', it)),
  ]);
}
