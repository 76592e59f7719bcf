import type { Random } from '#demo/random.ts';
import { labelOf } from '#domain/code-lists.ts';
import { foldText } from '#domain/fold.ts';
import { findCommune } from '#domain/geography.ts';

import type { PersonFact } from './corpus-facts.ts';
import { findTown, groupBy, listCommunesNamed, type FactIndex } from './fact-index.ts';
import { drawQueries, idsOf, type JudgedQuery } from './judged-query.ts';
import { isLoadedName } from './loaded-names.ts';

const PREFIX_LENGTH_MIN = 3;
const GROUP_MAX = 5;

/**
 * What stands in the box while somebody types, from the third letter on: the person sought is among the first five.
 *
 * Fair prefixes only: the group of a prefix is everybody, and every service, that has each whole word of it among the words of its
 * name (for a service its name and its establishment's; where a place is being typed, also the words of the communes, professions and
 * organizations) and a word that begins with the last. Only prefixes whose group is of at most five are asked, so that all of it has
 * room. With a town in `where`, those who practise there make the group. In "many", the group is larger, and any of it is accepted.
 */
export function listTypingQueries(facts: FactIndex): JudgedQuery[] {
  const byBeginning = groupByBeginning(facts);
  const draw = (name: string, random: Random) => drawPrefix(facts, byBeginning, random, name);
  return [
    ...drawQueries('typing: surname given', 60, (random) => draw('typing: surname given', random)),
    ...drawQueries('typing: given surname', 60, (random) => draw('typing: given surname', random)),
    ...drawQueries('typing: surname place', 60, (random) => draw('typing: surname place', random)),
    ...drawQueries('typing: with where', 70, (random) => drawWithWhere(facts, random)),
    ...drawQueries('typing: many', 30, (random) => drawMany(facts, random)),
  ];
}

function toFullText(name: string, { familyName, givenNames, places }: PersonFact): string | undefined {
  const [family, given] = [foldText(familyName), foldText(givenNames)];
  if (name === 'typing: given surname') return `${given} ${family}`;
  if (name !== 'typing: surname place') return `${family} ${given}`;
  const town = findCommune(places[0]?.communeCode ?? '');
  return town && `${family} ${foldText(town.name)}`;
}

function cutAnywhere(text: string, random: Random): string {
  return text.slice(0, PREFIX_LENGTH_MIN + random.integer(text.length - PREFIX_LENGTH_MIN + 1));
}

function drawPrefix(
  facts: FactIndex,
  byBeginning: ReadonlyMap<string, readonly GroupWords[]>,
  random: Random,
  name: string,
): JudgedQuery | undefined {
  const person = random.pick(facts.people);
  const text = toFullText(name, person);
  const typed = text && cutAnywhere(text, random);
  if (typed === undefined || typed.endsWith(' ') || isLoadedName(person.family)) return undefined;
  const group = byBeginning.get(typed.split(' ')[0]!.slice(0, PREFIX_LENGTH_MIN))!;
  if (countGroup(group, typed, name === 'typing: surname place') > GROUP_MAX) return undefined;
  return {
    class: name,
    parameters: { q: typed },
    accepted: new Set([person.id]),
    wanted: `${person.givenNames} ${person.familyName} (${text})`,
    atRank: 5,
  };
}

/** Two boxes: the name is being typed, the town stands in the other one. */
function drawWithWhere(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const person = random.pick(facts.people);
  const town = findTown(person.places[0]?.communeCode ?? '');
  const order = random.pick(['typing: surname given', 'typing: given surname']);
  const typed = cutAnywhere(toFullText(order, person)!, random);
  if (!town || typed.endsWith(' ')) return undefined;
  const there = facts.byCommune.get(town.code)!.map((it) => toGroupWords(it));
  const services = (facts.servicesByCommune.get(town.code) ?? []).map(toServiceGroupWords);
  if (countGroup([...there, ...services], typed, true) > GROUP_MAX) return undefined;
  return {
    class: 'typing: with where',
    parameters: { q: typed, where: town.name },
    accepted: new Set([person.id]),
    wanted: `${person.givenNames} ${person.familyName} at ${town.name}`,
    atRank: 5,
  };
}

/** Three to five letters of a surname that many have: who is shown first is called so. */
function drawMany(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const person = random.pick(facts.people);
  const typed = person.family.slice(0, 3 + random.integer(3));
  const meant = facts.people.filter((it) =>
    [it.family, ...it.familyWords].some((word) => word.startsWith(typed)),
  );
  if (meant.length <= GROUP_MAX || typed.length === person.family.length) return undefined;
  // "bourg" is a town as well as the beginning of many names.
  if (listCommunesNamed(typed).length > 0) return undefined;
  const alsoGiven = facts.people.filter((it) => it.givenWords.some((word) => word.startsWith(typed)));
  return {
    class: 'typing: many',
    parameters: { q: typed, ...(random.chance(0.5) ? { kind: 'professional' } : {}) },
    accepted: idsOf([...meant, ...alsoGiven]),
    wanted: `somebody whose name begins with ${typed} (${meant.length})`,
    atRank: 1,
  };
}

interface GroupWords {
  names: string[];
  others: string[];
}

/** By the first letters of each word of the names, in which the first word typed is sought. */
function groupByBeginning({ people, services }: FactIndex): Map<string, GroupWords[]> {
  const all = [...people.map((it) => toGroupWords(it)), ...services.map(toServiceGroupWords)];
  return groupBy(all, ({ names }) => names.map((word) => word.slice(0, PREFIX_LENGTH_MIN)));
}

function toGroupWords(it: PersonFact): GroupWords {
  const texts = [
    ...it.places.flatMap(({ communeCode, organizationName }) => [toTownName(communeCode), organizationName]),
    ...[...it.professionCodes].map((code) => labelOf('profession', code) ?? ''),
    ...[...it.savoirFaireCodes].map((code) => labelOf('savoirFaire', code) ?? ''),
  ];
  return {
    names: [it.family, ...it.familyWords, it.given, ...it.givenWords],
    others: foldText(texts.join(' ')).split(' '),
  };
}

function toServiceGroupWords(it: FactIndex['services'][number]): GroupWords {
  return {
    names: foldText(`${it.serviceName} ${it.localPart} ${it.establishment?.name ?? ''}`).split(' '),
    others: foldText(toTownName(it.communeCode)).split(' '),
  };
}

function toTownName(communeCode: string): string {
  return findCommune(communeCode)?.name ?? '';
}

/** Counts no further than one more than is fair. */
function countGroup(all: readonly GroupWords[], typed: string, countsOthers: boolean): number {
  const whole = typed.split(' ');
  const last = whole.pop()!;
  let count = 0;
  for (const { names, others } of all) {
    const isBegun = (word: string) => word.startsWith(last);
    const isWhole = (word: string) => names.includes(word) || (countsOthers && others.includes(word));
    if ((names.some(isBegun) || (countsOthers && others.some(isBegun))) && whole.every(isWhole)) count += 1;
    if (count > GROUP_MAX) return count;
  }
  return count;
}
