import type { WayOfPractising } from './practising.ts';

export const MEANING_KINDS = [
  'profession',
  'savoirFaire',
  'structure',
  'service',
  'filter',
  'title',
] as const;
export type MeaningKind = (typeof MEANING_KINDS)[number];

/**
 * One thing that a word of everyday language stands for. A person answers to it who has one of `professionCodes`, one of
 * `savoirFaireCodes` and the `modeExercice` (a member that is empty or null asks nothing); a place, when its category is one
 * of `categoryCodes`; a structure or service, when its name holds one of `words`. Only a title has none of these.
 */
export interface VocabularyMeaning {
  kind: MeaningKind;
  /** French, with accents, for people: "masseur-kinésithérapeute". Unique. */
  label: string;
  /** TRE_G15, R94, R95. With `savoirFaireCodes`, the professions that those belong to. */
  professionCodes: readonly string[];
  /** Of any TRE_R04 type, the principal ones first. */
  savoirFaireCodes: readonly string[];
  /** TRE_R66. */
  categoryCodes: readonly string[];
  /** TRE_R23. */
  modeExercice: string | null;
  wayOfPractising: WayOfPractising | null;
  /** "boîte aux lettres MSSanté": those who have one. */
  hasMailbox: boolean;
  /** Folded, each of one word or several in this order. */
  words: readonly string[];
}
