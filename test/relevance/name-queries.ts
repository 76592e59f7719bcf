import type { Random } from '#demo/random.ts';
import { foldText } from '#domain/fold.ts';

import type { PersonFact } from './corpus-facts.ts';
import { findTown, listHomonyms, listNamed, practisesIn, type FactIndex } from './fact-index.ts';
import { drawQueries, idsOf, type JudgedQuery } from './judged-query.ts';
import { isLoadedName } from './loaded-names.ts';

/** Words before a surname that are part of it. */
const PARTICLE = /^((?:de la|de l|van den|van|de|du|des|le|la|l|d|o|da|dos|ben|el|ait|saint)[ '’-])(.+)$/i;
const isCompound = ({ familyWords, familyName }: PersonFact): boolean =>
  familyWords.length === 2 && !PARTICLE.test(familyName) && familyWords.every((word) => word.length > 2);

/** Names typed right, in whatever form; and names taken apart or run together. */
export function listNameQueries(facts: FactIndex): JudgedQuery[] {
  const { people } = facts;
  const accented = collectAccentedForms(people);
  return [
    ...drawQueries('name', 70, (random) => {
      const person = random.pick(people);
      return {
        class: 'name',
        parameters: { q: random.pick(NAME_FORMS)(person, accented) },
        accepted: idsOf(listHomonyms(facts, person)),
        wanted: `${person.givenNames} ${person.familyName}`,
        atRank: 1,
      };
    }),
    ...drawQueries('name: surname', 20, (random) => {
      const { familyName } = random.pick(people);
      const named = listNamed(facts, familyName);
      const q = random.pick([familyName, familyName.toLowerCase(), foldText(familyName)]);
      if (isLoadedName(familyName)) return undefined;
      return { class: 'name', parameters: { q }, accepted: idsOf(named), wanted: familyName, atRank: 1 };
    }),
    ...drawQueries('name: particle', 45, (random) => drawParticle(facts, random)),
    ...drawQueries('name: compound', 70, (random) => drawCompound(facts, random)),
    ...drawQueries('name: initial', 60, (random) => drawInitial(facts, random)),
    ...drawQueries('name: title', 50, (random) => drawTitle(facts, random)),
  ];
}

type Form = (person: PersonFact, accented: Map<string, string>) => string;
const NAME_FORMS: readonly Form[] = [
  (it) => `${it.givenNames} ${it.familyName}`,
  (it) => `${it.familyName} ${it.givenNames}`,
  (it) => `${it.givenNames} ${it.familyName}`.toLowerCase(),
  (it) => `${it.familyName} ${it.givenNames}`.toLowerCase(),
  (it) => `${it.familyName} ${it.givenNames}`.toUpperCase(),
  (it) => `${foldText(it.givenNames)} ${foldText(it.familyName)}`,
  (it) => `${foldText(it.familyName)} ${foldText(it.givenNames)}`,
  (it) => `${it.familyName}, ${it.givenNames}`,
  (it) => foldText(`${it.givenNames} ${it.familyName}`).replaceAll(' ', '-'),
  (it, accented) => `${accented.get(it.given) ?? it.givenNames} ${it.familyName}`,
  (it, accented) => `${it.familyName} ${(accented.get(it.given) ?? it.givenNames).toLowerCase()}`,
];

/** The spelling with accents and hyphens of each given name that has one in the files. */
function collectAccentedForms(people: readonly PersonFact[]): Map<string, string> {
  const forms = new Map<string, string>();
  for (const { given, givenNames } of people)
    if (/[À-ÿ-]/.test(givenNames) && givenNames !== givenNames.toUpperCase()) forms.set(given, givenNames);
  return forms;
}

function drawParticle(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const person = random.pick(facts.people);
  const [, particle, rest] = PARTICLE.exec(person.familyName) ?? [];
  if (particle === undefined || rest === undefined) return undefined;
  const given = foldText(person.givenNames);
  const words = foldText(person.familyName);
  const common = {
    class: 'name: particle',
    wanted: `${person.givenNames} ${person.familyName}`,
    atRank: 1,
  } as const;
  if (random.chance(0.3)) {
    // Whoever is called so with or without a particle is meant.
    const restWords = foldText(rest).split(' ');
    const meant = facts.people.filter(
      (it) => it.given === person.given && restWords.every((word) => it.familyWords.includes(word)),
    );
    const q = random.pick([`${given} ${foldText(rest)}`, `${rest} ${person.givenNames}`]);
    return { ...common, parameters: { q }, accepted: idsOf(meant) };
  }
  const q = random.pick([
    `${given} ${words}`,
    `${words} ${given}`,
    `${given} ${words.replaceAll(' ', '')}`,
    `${words.replaceAll(' ', '')} ${given}`,
    `${given} ${words.replaceAll(' ', '-')}`,
    `${given} ${words.replaceAll(' ', '’')}`,
  ]);
  return { ...common, parameters: { q }, accepted: idsOf(listHomonyms(facts, person)) };
}

function drawCompound(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const person = random.pick(facts.people);
  const hasCompoundGiven = person.givenWords.length === 2;
  if (!isCompound(person) && !(hasCompoundGiven && random.chance(0.1))) return undefined;
  const given = foldText(person.givenNames);
  const common = {
    class: 'name: compound',
    wanted: `${person.givenNames} ${person.familyName}`,
    atRank: 1,
  } as const;
  if (!isCompound(person)) {
    const [joined, split] = [given.replaceAll(' ', ''), given];
    const form = random.pick([joined, split, given.replaceAll(' ', '-')]);
    const family = foldText(person.familyName);
    const q = random.pick([`${form} ${family}`, `${family} ${form}`]);
    return { ...common, parameters: { q }, accepted: idsOf(listHomonyms(facts, person)) };
  }
  const [first, second] = person.familyWords as [string, string];
  if (random.chance(0.45)) {
    const half = random.pick([first, second]);
    const meant = facts.byGiven.get(person.given)!.filter((it) => it.familyWords.includes(half));
    // Somebody called by that half alone would rightly come before.
    if (meant.some((it) => it.family === half)) return undefined;
    const q = random.pick([`${given} ${half}`, `${half} ${given}`]);
    return { ...common, parameters: { q }, accepted: idsOf(meant) };
  }
  const q = random.pick([
    `${given} ${first} ${second}`,
    `${first}-${second} ${given}`,
    `${given} ${first}${second}`,
    `${first}${second} ${given}`,
    `${given} ${second} ${first}`,
    `${given} ${second}-${first}`,
  ]);
  const turned = `${second}${first}`;
  const meant = facts.byGiven
    .get(person.given)!
    .filter(({ family }) => [person.family, turned].includes(family));
  return { ...common, parameters: { q }, accepted: idsOf(meant) };
}

function drawInitial(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const person = random.pick(facts.people);
  const named = listNamed(facts, person.familyName);
  if (person.familyWords.length > 1 || isLoadedName(person.familyName)) return undefined;
  // "Martin s" may also be Martin Soares: a surname that is a given name too is left out.
  if (facts.byGiven.has(person.family) || person.family.length < 3) return undefined;
  const initials = person.givenWords.map((word) => word[0]!);
  const isCompoundGiven = initials.length === 2;
  if (isCompoundGiven !== random.chance(0.3)) return undefined;
  // "M. Durand" is Monsieur Durand.
  if (initials.join('') === 'm') return undefined;
  const meant = named.filter(
    ({ givenWords }) =>
      givenWords[0]!.startsWith(initials[0]!) &&
      (!isCompoundGiven || givenWords[1]?.startsWith(initials[1]!)),
  );
  const [a, b] = initials.map((it) => it.toUpperCase());
  const family = random.pick([person.familyName, person.familyName.toLowerCase()]);
  const q = isCompoundGiven
    ? random.pick([
        `${a}${b} ${family}`,
        `${a}.${b}. ${family}`,
        `${a}-${b} ${family}`,
        `${a}.-${b}. ${family}`,
        `${family} ${a}${b}`.toLowerCase(),
      ])
    : random.pick([
        `${a}. ${family}`,
        `${a} ${family}`,
        `${family} ${a}`,
        `${family} ${a!.toLowerCase()}`,
        `${family} ${a}.`,
      ]);
  return {
    class: 'name: initial',
    parameters: { q },
    accepted: idsOf(meant),
    wanted: `a ${person.familyName} whose given name begins with ${initials.join(', ')}`,
    // What ends so may be the beginning of a second surname.
    atRank: / \w$/.test(q) ? 3 : 1,
  };
}

const TITLES = {
  doctor: ['Dr', 'Dr.', 'dr', 'DR', 'docteur', 'Docteur', 'Pr', 'pr.', 'professeur'],
  M: ['M.', 'M', 'Mr', 'monsieur', 'Monsieur'],
  F: ['Mme', 'mme', 'MME', 'Mme.', 'madame', 'Me', 'Mlle'],
} as const;

function drawTitle(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const person = random.pick(facts.people);
  if (isLoadedName(person.familyName)) return undefined;
  const isDoctor = person.civiliteExercice !== '';
  const title = random.pick(TITLES[isDoctor ? 'doctor' : person.civilite === 'M' ? 'M' : 'F']);
  const town = findTown(person.places[0]?.communeCode ?? '');
  if (town && random.chance(0.3)) {
    return {
      class: 'name: title',
      parameters: { q: `${title} ${person.familyName}`, where: town.name },
      accepted: idsOf(listNamed(facts, person.familyName).filter((it) => practisesIn(it, town.code))),
      wanted: `a ${person.familyName} at ${town.name}`,
      atRank: 1,
    };
  }
  const q = random.pick([
    `${title} ${person.givenNames} ${person.familyName}`,
    `${title} ${person.familyName} ${person.givenNames}`,
    `${title} ${foldText(person.familyName)} ${foldText(person.givenNames)}`,
    `${person.familyName} ${person.givenNames} (${title})`,
  ]);
  return {
    class: 'name: title',
    parameters: { q },
    accepted: idsOf(listHomonyms(facts, person)),
    wanted: `${person.givenNames} ${person.familyName}`,
    atRank: 1,
  };
}
