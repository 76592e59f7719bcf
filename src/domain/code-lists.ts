import data from './code-lists.json' with { type: 'json' };
import type { Coding } from './correspondent.ts';

/**
 * The lists of codes whose labels we ship, since the national files' own labels vary and the national API gives none.
 * `profession` unites TRE_G15, R94, R95 and R291; `role` R21, R85 and R96; `savoirFaire` one list per TRE_R04 type.
 * @see https://mos.esante.gouv.fr/NOS/
 */
export const CODE_LISTS = [
  'profession',
  'savoirFaire',
  'typeSavoirFaire',
  'modeExercice',
  'categorieProfessionnelle',
  'civiliteExercice',
  'genreActivite',
  'role',
  'secteurActivite',
  'categorieEtablissement',
  'typeMailbox',
] as const;
export type CodeListId = (typeof CODE_LISTS)[number];

export interface CodeListEntry extends Coding {
  /** Canonical address of the terminology, as in a FHIR `Coding.system`. */
  system: string;
  /** TRE_R04, for `savoirFaire` only; null in the other lists. */
  type: string | null;
  /** False for a code that its publisher has withdrawn; old lines still carry it. */
  isActive: boolean;
}

interface Group {
  system: string;
  type: string | null;
  codes: (string | number)[][];
}

const indexes = new Map<CodeListId, Map<string, CodeListEntry[]>>();

/** In the publisher's order, list after list, withdrawn codes included. A code is unique within its `system`. */
export function listCodes(list: CodeListId): readonly CodeListEntry[] {
  return [...indexOf(list).values()].flat();
}

/**
 * The entry of a code.
 * @param type TRE_R04, for `savoirFaire`: only a savoir-faire of that type will do. Without it the first type in the
 *   order of {@link listCodes} wins (no code of two types in the lists of 2026).
 * @returns undefined when the list does not have it
 */
export function findCode(list: CodeListId, code: string, type?: string | null): CodeListEntry | undefined {
  const entries = indexOf(list).get(code);
  return type == null ? entries?.[0] : entries?.find((entry) => entry.type === type);
}

/** The publisher's label, in French with accents; undefined for a code (of that type) that the list does not have. */
export function labelOf(list: CodeListId, code: string, type?: string | null): string | undefined {
  return findCode(list, code, type)?.label;
}

/** A code with its label, which is the code itself when the list does not have it. */
export function toCoding(list: CodeListId, code: string, type?: string | null): Coding {
  return { code, label: labelOf(list, code, type) ?? code };
}

const SHORT_CIVILITES: Readonly<Record<string, string>> = {
  DR: 'Dr',
  PR: 'Pr',
  M: 'M.',
  MME: 'Mme',
  MLLE: 'Mme',
};

/**
 * What stands before a name: "Dr", "Pr", "M.", "Mme"; the army's in full ("Médecin chef"). The professional civility wins.
 * @param civilite TRE_R81
 * @param civiliteExercice TRE_R11
 * @returns null when the source gives none, or one that no list knows
 */
export function toCiviliteText(civilite: string | null, civiliteExercice: string | null): string | null {
  if (civiliteExercice !== null) {
    const text = SHORT_CIVILITES[civiliteExercice] ?? labelOf('civiliteExercice', civiliteExercice);
    if (text !== undefined) return text;
  }
  return civilite === null ? null : (SHORT_CIVILITES[civilite] ?? null);
}

function indexOf(list: CodeListId): Map<string, CodeListEntry[]> {
  const known = indexes.get(list);
  if (known) return known;
  const index = new Map<string, CodeListEntry[]>();
  for (const { system, type, codes } of data.lists[list] as Group[]) {
    for (const [code, label, active] of codes) {
      const entry = { code: String(code), label: String(label), system, type, isActive: active !== 0 };
      const sameCode = index.get(entry.code);
      if (sameCode) sameCode.push(entry);
      else index.set(entry.code, [entry]);
    }
  }
  indexes.set(list, index);
  return index;
}
