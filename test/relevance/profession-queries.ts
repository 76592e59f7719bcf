import type { Random } from '#demo/random.ts';
import { foldText } from '#domain/fold.ts';
import { findCommune } from '#domain/geography.ts';
import { labelOf } from '#domain/code-lists.ts';

import {
  findTown,
  listCommunesNamed,
  listHomonyms,
  listNamed,
  listPeopleAround,
  listServicesAround,
  practisesIn,
  type FactIndex,
} from './fact-index.ts';
import { drawQueries, idsOf, type JudgedQuery } from './judged-query.ts';
import { isLoadedName } from './loaded-names.ts';
import {
  isMeantPerson,
  isMeantService,
  NEED_WORDS,
  PROFESSION_WORDS,
  SPECIALTY_WORDS,
  type LayWords,
} from './lay-words.ts';

/** What people do: by lay word or official label, with a place, with a name, with both. */
export function listProfessionQueries(facts: FactIndex): JudgedQuery[] {
  return [
    ...drawQueries('profession, place', 130, (random, index) =>
      drawAtPlace(facts, random, PROFESSION_WORDS[index % PROFESSION_WORDS.length]!, 'profession, place'),
    ),
    ...drawQueries('specialty, place', 96, (random, index) =>
      drawAtPlace(facts, random, SPECIALTY_WORDS[index % SPECIALTY_WORDS.length]!, 'specialty, place'),
    ),
    ...drawQueries('need, place', 64, (random, index) =>
      drawAtPlace(facts, random, NEED_WORDS[index % NEED_WORDS.length]!, 'need, place'),
    ),
    ...drawQueries('official label, place', 40, (random) => drawOfficialLabel(facts, random)),
    ...drawQueries('name, profession', 50, (random) => drawNamed(facts, random, false)),
    ...drawQueries('name, profession, place', 50, (random) => drawNamed(facts, random, true)),
  ];
}

/** A town as `where`, or in `q` after or before the word. */
function withTown(random: Random, q: string, town: string): Record<string, string> {
  const name = random.pick([town, foldText(town)]);
  return random.pick<Record<string, string>>([
    { q, where: name },
    { q: `${q} ${name}` },
    { q: `${q} ${name}` },
    { q: `${q} ${toAt(name)}` },
  ]);
}

/** "à Lyon", "au Puy-en-Velay", "aux villedieu". */
function toAt(name: string): string {
  const [article = '', ...rest] = name.split(' ');
  const contracted = { le: 'au', les: 'aux' }[article.toLowerCase()];
  return contracted && rest.length > 0 ? `${contracted} ${rest.join(' ')}` : `à ${name}`;
}

function drawAtPlace(facts: FactIndex, random: Random, lay: LayWords, name: string): JudgedQuery | undefined {
  const code = random.pick(facts.towns);
  if (!facts.byCommune.get(code)!.some((it) => isMeantPerson(lay, it))) return undefined;
  const commune = findCommune(code)!;
  const people = listPeopleAround(facts, commune).filter((it) => isMeantPerson(lay, it));
  const services = listServicesAround(facts, commune).filter((it) => isMeantService(lay, it));
  const isForPeople = random.chance(0.4);
  const word = random.pick(lay.words);
  return {
    class: name,
    parameters: { ...withTown(random, word, commune.name), ...(isForPeople ? { kind: 'professional' } : {}) },
    accepted: idsOf(isForPeople ? people : [...people, ...services]),
    wanted: `${word} at ${commune.name} (${people.length} people)`,
    atRank: 1,
  };
}

/** Of the profession or of the savoir-faire, without the parentheses that only the list has. */
function drawOfficialLabel(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const person = random.pick(facts.byCommune.get(random.pick(facts.towns))!);
  const town = random.pick(facts.towns.filter((code) => practisesIn(person, code)));
  const savoirFaire = [...person.savoirFaireCodes][0];
  const profession = [...person.professionCodes][0]!;
  const isSpecialty = savoirFaire !== undefined && random.chance(0.7);
  const label = isSpecialty ? labelOf('savoirFaire', savoirFaire) : labelOf('profession', profession);
  const bare = label?.replace(/ \(.*/, '').replace(/ ou .*/, '');
  if (bare === undefined) return undefined;
  // The three general practices are one to whoever searches.
  const key = bare.includes('Médecine générale') ? 'Médecine générale' : bare;
  const sameLabel = (code: string) => labelOf('savoirFaire', code)?.includes(key);
  const people = listPeopleAround(facts, findCommune(town)!).filter((it) =>
    isSpecialty ? [...it.savoirFaireCodes].some(sameLabel) : it.professionCodes.has(profession),
  );
  const word = random.pick([bare, bare.toLowerCase(), foldText(bare)]);
  const { name } = findCommune(town)!;
  return {
    class: 'official label, place',
    parameters: { ...withTown(random, word, name), kind: 'professional' },
    accepted: idsOf(people),
    wanted: `${bare} at ${name} (${people.length} people)`,
    atRank: 1,
  };
}

/** "martin kiné", "sophie durand infirmière", with or without a place. */
function drawNamed(facts: FactIndex, random: Random, hasPlace: boolean): JudgedQuery | undefined {
  const person = random.pick(facts.people);
  const table = random.chance(0.6) ? PROFESSION_WORDS : SPECIALTY_WORDS;
  const lay = random.pick(table.filter((it) => isMeantPerson(it, person)));
  const commune = findTown(person.places[0]?.communeCode ?? '');
  if (!lay || !commune || person.familyWords.length > 1) return undefined;
  // "pascal infirmière" may be Pascal's first name, and "médecin fontaine" one of the town.
  if (facts.byGiven.has(person.family) || listCommunesNamed(person.familyName).length > 0) return undefined;
  if (isLoadedName(person.family) || person.family.length < 3) return undefined;
  const isFull = !hasPlace && random.chance(0.5);
  const namesakes = isFull ? listHomonyms(facts, person) : listNamed(facts, person.familyName);
  const meant = namesakes.filter(
    (it) => isMeantPerson(lay, it) && (!hasPlace || practisesIn(it, commune.code)),
  );
  if (namesakes.length === meant.length) return undefined;
  const word = random.pick(lay.words);
  const name = foldText(isFull ? `${person.givenNames} ${person.familyName}` : person.familyName);
  const q = random.pick([`${name} ${word}`, `${name} ${word}`, `${word} ${name}`]);
  return {
    class: hasPlace ? 'name, profession, place' : 'name, profession',
    parameters: hasPlace ? withTown(random, q, commune.name) : { q },
    accepted: idsOf(meant),
    wanted: `a ${name}, ${word}${hasPlace ? `, at ${commune.name}` : ''}; of ${namesakes.length}`,
    atRank: 1,
  };
}
