import ACTS from './acts.json' with { type: 'json' };
import { foldText } from './fold.ts';

/** Something that professionals do beyond what the national nomenclatures say, from a list of our own. */
export interface Act {
  /** Small letters and hyphens; stable. */
  code: string;
  /** French, for people. */
  label: string;
  /** What else it is called. */
  words: readonly string[];
  /** TRE_G15, TRE_R94, TRE_R95: who does it; empty: anybody. */
  professionCodes: readonly string[];
}

export const EVERY_ACT: readonly Act[] = ACTS.acts.map(([code, label, words, professions]) => ({
  code: code!,
  label: label!,
  words: split(words, '|'),
  professionCodes: split(professions, ' '),
}));

const byCode = new Map(EVERY_ACT.map((it) => [it.code, it]));

/** Undefined for an unknown code. */
export function findAct(code: string): Act | undefined {
  return byCode.get(code);
}

/** Folded label and words of each act, to the acts so called. */
const byTerm = Map.groupBy(
  EVERY_ACT.flatMap((act) => [act.label, ...act.words].map((term) => ({ term: foldText(term), act }))),
  (it) => it.term,
);
const LONGEST_TERM = Math.max(...[...byTerm.keys()].map((term) => term.split(' ').length));

/** Where acts are named among folded words: the longest names first, none overlapping; by position. */
export function findActs(words: readonly string[]): { start: number; end: number; acts: Act[] }[] {
  const found: { start: number; end: number; acts: Act[] }[] = [];
  for (let length = Math.min(LONGEST_TERM, words.length); length > 0; length -= 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      const end = start + length;
      const named = byTerm.get(words.slice(start, end).join(' '));
      if (named && found.every((it) => it.end <= start || it.start >= end))
        found.push({ start, end, acts: named.map((it) => it.act) });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

function split(text: string | undefined, by: string): string[] {
  return text ? text.split(by) : [];
}
