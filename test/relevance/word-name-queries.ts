import type { Random } from '#demo/random.ts';
import { foldCompact, foldText } from '#domain/fold.ts';

import { findTown, listHomonyms, practisesIn, type FactIndex } from './fact-index.ts';
import { drawQueries, idsOf, type JudgedQuery } from './judged-query.ts';
import { PLACE_SURNAMES, PROFESSION_SURNAMES } from './loaded-names.ts';

/** Surnames that are ordinary words. */
const OTHERS =
  'BOULANGER BERGER PETIT LEGRAND BLANC ROUX LEROUX SAGE JEUNE VIEUX GRAS NOIR MOULIN FONTAINE MARCHAND CHARPENTIER BOUCHER MOINE PRIEUR SERGENT POISSON VIOLET ROSE MARECHAL COUTURIER MESSAGER SOIGNEUX MONTAGNE FORESTIER TAVERNIER VIGNERON CHAMPAGNE BUREAU PORTIER'.split(
    ' ',
  );

/** The person is still found: first when the word can hardly mean anything else there, else among the first five. */
export function listWordNameQueries(facts: FactIndex): JudgedQuery[] {
  const ofProfession = toPeople(facts, PROFESSION_SURNAMES);
  const ofPlace = toPeople(facts, PLACE_SURNAMES);
  const ofOther = toPeople(facts, OTHERS);
  return [
    ...drawQueries('word as surname: full', 40, (random, index) => {
      const person = random.pick([ofProfession, ofPlace, ofOther][index % 3]!);
      const isLoaded = index % 3 === 0;
      return {
        class: 'word as surname',
        parameters: { q: toText(random, person.givenNames, person.familyName) },
        accepted: idsOf(listHomonyms(facts, person)),
        wanted: `${person.givenNames} ${person.familyName}`,
        atRank: isLoaded ? 3 : 1,
      };
    }),
    ...drawQueries('word as surname: place', 30, (random, index) => {
      const person = random.pick(index % 2 === 0 ? ofPlace : ofOther);
      const commune = findTown(person.places[0]?.communeCode ?? '');
      if (!commune || foldCompact(commune.name) === person.family) return undefined;
      const meant = facts.byFamily.get(person.family)!.filter((it) => practisesIn(it, commune.code));
      const q = random.pick([person.familyName, person.familyName.toLowerCase()]);
      const isInQ = index % 2 === 1 && random.chance(0.5);
      return {
        class: 'word as surname',
        parameters: isInQ ? { q: `${q} ${commune.name}` } : { q, where: commune.name },
        accepted: idsOf(meant),
        wanted: `a ${person.familyName} at ${commune.name}`,
        atRank: 1,
      };
    }),
    ...drawQueries('word as surname: alone', 15, (random) => {
      const person = random.pick(ofOther);
      return {
        class: 'word as surname',
        parameters: { q: person.familyName.toLowerCase() },
        accepted: idsOf(facts.byFamily.get(person.family)!),
        wanted: `a ${person.familyName}`,
        atRank: 1,
      };
    }),
  ];
}

function toPeople(facts: FactIndex, familyNames: readonly string[]) {
  const people = familyNames.flatMap((name) => (facts.byFamily.get(foldCompact(name)) ?? []).slice(0, 12));
  if (people.length === 0) throw new Error(`nobody is called ${familyNames.join(', ')}`);
  return people;
}

function toText(random: Random, givenNames: string, familyName: string): string {
  const text = random.pick([`${givenNames} ${familyName}`, `${familyName} ${givenNames}`]);
  return random.chance(0.5) ? foldText(text) : text;
}
