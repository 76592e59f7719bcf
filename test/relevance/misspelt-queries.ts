import type { Random } from '#demo/random.ts';
import { foldCompact, foldText } from '#domain/fold.ts';

import type { PersonFact } from './corpus-facts.ts';
import { findTown, type FactIndex } from './fact-index.ts';
import { drawQueries, idsOf, type JudgedQuery } from './judged-query.ts';
import { countEdits } from './count-edits.ts';
import { spellAsHeard } from './spell-as-heard.ts';

/** Names with slips of the finger, and names written as they sound. */
export function listMisspeltQueries(facts: FactIndex): JudgedQuery[] {
  const drawTypo = (
    kind: string,
    count: number,
    isFair: (family: string) => boolean,
    slip: Slip,
    atRank: 1 | 3,
  ) =>
    drawQueries(kind, count, (random) => {
      const person = random.pick(facts.people);
      if (person.familyWords.length > 1 || !isFair(person.family)) return undefined;
      return toMisspelt(facts, random, { class: kind, person, typed: slip(person.family, random), atRank });
    });
  return [
    ...drawTypo('typo', 70, (family) => family.length >= 5, slipAfterFirst, 1),
    ...drawTypo('typo: first letter', 35, (family) => family.length >= 5, slipAtFirst, 3),
    ...drawTypo(
      'typo: short name',
      30,
      (family) => family.length >= 3 && family.length <= 4,
      slipAfterFirst,
      3,
    ),
    ...drawQueries('phonetic', 80, (random) => {
      const person = random.pick(facts.people);
      if (person.familyWords.length > 1 || person.family.length < 4) return undefined;
      const typed = spellAsHeard(person.family, random);
      return typed === undefined
        ? undefined
        : toMisspelt(facts, random, { class: 'phonetic', person, typed, atRank: 3 });
    }),
    ...drawQueries('phonetic: given name', 15, (random) => {
      const person = random.pick(facts.people);
      const typed = person.givenWords.length === 1 ? spellAsHeard(person.given, random) : undefined;
      if (typed === undefined || facts.byGiven.has(foldCompact(typed))) return undefined;
      return toMisspeltGiven(facts, person, typed);
    }),
  ];
}

interface Misspelt {
  class: string;
  person: PersonFact;
  typed: string;
  atRank: 1 | 3;
}

/**
 * With the given name, or with the place. Whoever has the same given name (or practises there) under a surname as near to what was
 * typed as the person's own is accepted too. A text that is itself a name in these files is not a typo.
 */
function toMisspelt(
  facts: FactIndex,
  random: Random,
  { person, typed, ...rest }: Misspelt,
): JudgedQuery | undefined {
  const key = foldCompact(typed);
  if (facts.byFamily.has(key) || facts.byGiven.has(key) || key.length < 3) return undefined;
  const edits = countEdits(key, person.family);
  const isMeant = ({ family, familyWords }: PersonFact) =>
    [family, ...familyWords].some((name) => countEdits(key, name) <= edits);
  const town = findTown(person.places[0]?.communeCode ?? '');
  if (random.chance(0.25) && town) {
    return {
      ...rest,
      parameters: { q: typed, where: town.name },
      accepted: idsOf(facts.byCommune.get(town.code)!.filter(isMeant)),
      wanted: `${person.familyName} at ${town.name}`,
    };
  }
  const given = foldText(person.givenNames);
  const others = facts.byWord.get(person.givenWords[0]!)!;
  if (others.some((it) => it.given !== person.given && isCalledAsTyped(it, key, person.givenWords)))
    return undefined;
  return {
    ...rest,
    parameters: { q: random.pick([`${given} ${typed}`, `${typed} ${given}`]) },
    accepted: idsOf(facts.byGiven.get(person.given)!.filter(isMeant)),
    wanted: `${person.givenNames} ${person.familyName}`,
  };
}

/** Whether the text is also the beginning of somebody's own names: "charles rober" of Emmanuel Charles-Robert. */
function isCalledAsTyped(
  { familyWords, givenWords }: PersonFact,
  typed: string,
  given: readonly string[],
): boolean {
  const words = [...familyWords, ...givenWords];
  return words.some((word) => word.startsWith(typed)) && given.every((word) => words.includes(word));
}

function toMisspeltGiven(facts: FactIndex, person: PersonFact, typed: string): JudgedQuery {
  const key = foldCompact(typed);
  const edits = countEdits(key, person.given);
  const meant = facts.byFamily.get(person.family)!.filter(({ given }) => countEdits(key, given) <= edits);
  return {
    class: 'phonetic',
    parameters: { q: `${typed} ${foldText(person.familyName)}` },
    accepted: idsOf(meant),
    wanted: `${person.givenNames} ${person.familyName}`,
    atRank: 3,
  };
}

type Slip = (name: string, random: Random) => string;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

function slipAfterFirst(name: string, random: Random): string {
  return slipAt(name, 1 + random.integer(name.length - 1), random);
}

function slipAtFirst(name: string, random: Random): string {
  return slipAt(name, 0, random);
}

/** A letter missing, doubled, swapped with the next one, or another one. */
function slipAt(name: string, at: number, random: Random): string {
  const [before, letter, after] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)];
  switch (random.integer(4)) {
    case 0:
      return before + after;
    case 1:
      return `${before}${letter}${letter}${after}`;
    case 2:
      return after === '' ? before : `${before}${after.charAt(0)}${letter}${after.slice(1)}`;
    default:
      return `${before}${random.pick([...LETTERS])}${after}`;
  }
}
