import { toStem } from './vocabulary-forms.ts';
import { listEntries, listNodesByPrefix, termRoot } from './vocabulary-index.ts';
import type { TermNode, VocabularyTerm } from './vocabulary-index.ts';
import type { VocabularyMeaning } from './vocabulary-meaning.ts';
import { listNearStems } from './vocabulary-typos.ts';

export interface TermMatch {
  /** Position of the first word. */
  start: number;
  /** Position after the last word. */
  end: number;
  /** Folded, in one of its forms, which need not be the one typed. With `isPrefix`, what it will most likely become. */
  term: string;
  /** At least one, the likeliest first. */
  meanings: readonly VocabularyMeaning[];
  /** True when the meanings are different things (psy, ortho), or a prefix may still become several. */
  isAmbiguous: boolean;
  /** The last word is only the beginning of the term's, or further words are missing. */
  isPrefix: boolean;
  /** One word has one letter missing, too many, wrong, or two swapped. */
  isApproximate: boolean;
}

export interface TermSuggestion {
  term: string;
  meaning: VocabularyMeaning;
  /** The term has other meanings, which are suggested too. */
  isAmbiguous: boolean;
}

const PREFIX_LETTERS_MIN = 4;
/** Of what a prefix may become. */
const MEANINGS_MAX = 4;
const ONLY_DIGITS = /^\d+$/;

/** What is typed, and what is found out about it on the way. */
interface Typed {
  words: readonly string[];
  stems: readonly string[];
  /** By position, once asked for. */
  nearStems: (string[] | undefined)[];
}

interface Path {
  node: TermNode;
  isApproximate: boolean;
}

/**
 * Every span of words that is a term of the vocabulary: what people call professions, savoir-faire, structures, services and
 * needs. By start, then the longest first, one match a span; spans overlap ("médecin", "médecin généraliste"). Any number and
 * gender; linking words may be left out ("médecin sport"). The last word may be the beginning of a term of which four letters
 * are typed (`isPrefix`; a term of several words is not seen from its first one alone); words of six letters or more may hold one typing error (`isApproximate`); an exact reading of a span
 * hides the others, a prefix hides an approximate one. Sigles and needs match whole words only. A term of digits ("15") must be all that
 * is asked.
 * Cost: a few microseconds; some 15 ms at the first call.
 * @param words from `foldText`, split at spaces
 */
export function findTerms(words: readonly string[]): TermMatch[] {
  const typed = { words, stems: words.map(toStem), nearStems: [] };
  return words.flatMap((_, start) => findTermsFrom(typed, start));
}

/**
 * Meanings of the terms that begin with a text, each once: of the term that is the text, then by rank. Titles are not
 * suggested.
 * @param prefix folded; empty when nothing is typed, which suggests nothing
 */
export function listTerms(prefix: string, limit: number): TermSuggestion[] {
  const words = prefix.split(' ');
  const last = words.pop()!;
  let parent: TermNode | undefined = termRoot();
  for (const word of words) parent = parent?.children.get(toStem(word));
  if (!parent || last === '') return [];
  const whole = parent.children.get(toStem(last))?.entry;
  const entries = new Set(listNodesByPrefix(parent, last).flatMap(listEntries));
  const sorted = [...entries].sort((a, b) => Number(b === whole) - Number(a === whole) || byRank(a, b));
  const suggestions = new Map<VocabularyMeaning, TermSuggestion>();
  for (const { term, meanings, isAmbiguous } of sorted)
    for (const meaning of meanings)
      if (meaning.kind !== 'title' && !suggestions.has(meaning))
        suggestions.set(meaning, { term, meaning, isAmbiguous });
  return [...suggestions.values()].slice(0, limit);
}

function findTermsFrom(typed: Typed, start: number): TermMatch[] {
  const { words } = typed;
  const matches: TermMatch[] = [];
  let paths: Path[] = [{ node: termRoot(), isApproximate: false }];
  for (let end = start + 1; end <= words.length && paths.length > 0; end += 1) {
    const before = paths;
    paths = paths.flatMap((path) => stepsFrom(path, typed, end - 1));
    const match =
      wholeMatch(paths, false) ??
      (end === words.length ? prefixMatch(before, words, start) : undefined) ??
      wholeMatch(paths, true);
    if (match && (words.length === 1 || !ONLY_DIGITS.test(match.term)))
      matches.push({ start, end, ...match });
  }
  return matches.reverse();
}

function stepsFrom({ node, isApproximate }: Path, typed: Typed, index: number): Path[] {
  const child = node.children.get(typed.stems[index]!);
  if (child) return [{ node: child, isApproximate }];
  if (isApproximate || node.children.size === 0) return [];
  typed.nearStems[index] ??= listNearStems(typed.words[index]!);
  return typed.nearStems[index].flatMap((near) => {
    const nearChild = node.children.get(near);
    return nearChild ? [{ node: nearChild, isApproximate: true }] : [];
  });
}

type Reading = Omit<TermMatch, 'start' | 'end'>;

function wholeMatch(paths: readonly Path[], isApproximate: boolean): Reading | undefined {
  const entries = paths.flatMap((path) =>
    path.isApproximate === isApproximate && path.node.entry ? [path.node.entry] : [],
  );
  return toReading(entries, { isPrefix: false, isApproximate });
}

function prefixMatch(paths: readonly Path[], words: readonly string[], start: number): Reading | undefined {
  const exact = paths.find((path) => !path.isApproximate);
  if (!exact) return undefined;
  let letters = 0;
  for (let index = start; index < words.length; index += 1) letters += words[index]!.length;
  if (letters < PREFIX_LETTERS_MIN) return undefined;
  const nodes = listNodesByPrefix(exact.node, words.at(-1)!);
  const isFirstWord = start === words.length - 1;
  const entries = nodes.flatMap((node) => node.entry ?? (isFirstWord ? [] : listEntries(node)));
  const begun = entries.filter((entry) => !entry.isWhole);
  return toReading(begun, { isPrefix: true, isApproximate: false });
}

function toReading(
  entries: VocabularyTerm[],
  flags: Pick<TermMatch, 'isPrefix' | 'isApproximate'>,
): Reading | undefined {
  const [first, ...others] = entries.length > 1 ? entries.sort(byRank) : entries;
  if (!first) return undefined;
  const { term, meanings, isAmbiguous } = first;
  if (others.length === 0) return { term, meanings, isAmbiguous, ...flags };
  const all = [...new Set(entries.flatMap((entry) => entry.meanings))].slice(0, MEANINGS_MAX);
  return { term, meanings: all, isAmbiguous: isAmbiguous || all.length > meanings.length, ...flags };
}

function byRank(a: VocabularyTerm, b: VocabularyTerm): number {
  return a.rank - b.rank || a.term.length - b.term.length || (a.term < b.term ? -1 : 1);
}
