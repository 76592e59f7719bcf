import type { Random } from '#demo/random.ts';
import { foldText } from '#domain/fold.ts';
import { findCommune, listCommunesOfPostcode } from '#domain/geography.ts';

import type { PersonFact } from './corpus-facts.ts';
import {
  distanceKm,
  findTown,
  kmBetween,
  listCommunesNamed,
  listPeopleIn,
  type FactIndex,
} from './fact-index.ts';
import { drawQueries, idsOf, type JudgedQuery } from './judged-query.ts';
import { isLoadedName } from './loaded-names.ts';
import {
  ARRONDISSEMENTS,
  COMMUNE_ALIASES,
  DEPARTEMENTS,
  EPCI_FORMS,
  FORMER_COMMUNES,
  REGIONS,
} from './place-forms.ts';

type IsThere = (communeCode: string) => boolean;

/** A way to write a place, with what lies in it. */
interface PlaceForm {
  class: string;
  text: string;
  isThere: IsThere;
}

/** Surnames with a place in every form, in its own box and among the words. */
export function listPlaceQueries(facts: FactIndex): JudgedQuery[] {
  const forms = listPlaceForms();
  return [
    ...forms.flatMap((form) => drawForForm(facts, form, 1)),
    ...drawQueries('place: name', 40, (random) => drawTown(facts, random)),
    ...drawQueries('place: postcode', 25, (random) => drawPostcode(facts, random)),
    ...drawQueries('place: INSEE', 15, (random) => drawInseeCode(facts, random)),
    ...drawQueries('place: namesakes', 20, (random) => drawNamesake(facts, random)),
    ...drawQueries('place: CEDEX', 25, (random) => drawCedex(facts, random)),
    ...drawQueries('place: coordinates', 30, (random) => drawCoordinates(facts, random)),
  ];
}

function listPlaceForms(): PlaceForm[] {
  const formsOf = (
    name: string,
    table: Readonly<Record<string, readonly string[]>>,
    toTest: (code: string) => IsThere,
  ): PlaceForm[] =>
    Object.entries(table).flatMap(([code, texts]) =>
      texts.map((text) => ({ class: name, text, isThere: toTest(code) })),
    );
  const inCommune = (code: string) => (communeCode: string) => communeCode === code;
  return [
    ...formsOf('place: alias', COMMUNE_ALIASES, inCommune),
    ...formsOf('place: code', FORMER_COMMUNES, inCommune),
    ...formsOf('place: arrondissement', ARRONDISSEMENTS, inCommune),
    ...formsOf(
      'place: département',
      DEPARTEMENTS,
      (code) => (it) => findCommune(it)?.departementCode === code,
    ),
    ...formsOf('place: region, EPCI', REGIONS, (code) => (it) => findCommune(it)?.regionCode === code),
    ...formsOf('place: region, EPCI', EPCI_FORMS, (code) => (it) => findCommune(it)?.epciCode === code),
  ];
}

function drawForForm(facts: FactIndex, form: PlaceForm, count: number): JudgedQuery[] {
  const there = listPeopleIn(facts, form.isThere);
  return drawQueries(`${form.class} ${form.text}`, count, (random) => {
    const isInQ = random.chance(0.5);
    return toQuery(random, facts, there, { ...form, isInQ });
  });
}

/** A surname that people elsewhere bear too, so that the place decides. */
function toQuery(
  random: Random,
  facts: FactIndex,
  there: readonly PersonFact[],
  { class: name, text, isInQ }: { class: string; text: string; isInQ: boolean },
): JudgedQuery | undefined {
  const { family, familyName, familyWords } = random.pick(there) ?? {};
  if (family === undefined || familyWords!.length > 1 || facts.byGiven.has(family)) return undefined;
  if (isLoadedName(family)) return undefined;
  const meant = there.filter((it) => it.family === family);
  if (facts.byFamily.get(family)!.length < meant.length + 3) return undefined;
  const q = familyName!.toLowerCase();
  return {
    class: name,
    parameters: isInQ ? { q: `${q} ${text}` } : { q, where: text },
    accepted: idsOf(meant),
    wanted: `a ${familyName} there (${meant.length}, of ${facts.byFamily.get(family)!.length})`,
    atRank: 1,
  };
}

function drawTown(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const town = findTown(random.pick(facts.people).places[0]?.communeCode ?? '');
  if (!town) return undefined;
  const { name, departementCode, postcodes } = town;
  const text = random.pick([
    name,
    foldText(name),
    name.toUpperCase(),
    `${name} (${departementCode})`,
    `${postcodes[0] ?? ''} ${name}`.trim(),
    foldText(name).replaceAll(' ', '-'),
  ]);
  const there = facts.byCommune.get(town.code)!;
  return toQuery(random, facts, there, { class: 'place: name', text, isInQ: random.chance(0.5) });
}

/** A code that is also a postcode means the postcode. */
function drawInseeCode(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const text = random.pick(facts.people).places[0]?.communeCode ?? '';
  if (text === '' || listCommunesOfPostcode(text).length > 0) return undefined;
  const there = facts.byCommune.get(text)!;
  return toQuery(random, facts, there, { class: 'place: code', text, isInQ: random.chance(0.5) });
}

/** A name that several communes have, told apart by the caller's own place, within 25 km of the one meant and far from the others. */
function drawNamesake(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const commune = findCommune(random.pick(facts.people).places[0]?.communeCode ?? '');
  const namesakes = commune ? listCommunesNamed(commune.name) : [];
  if (!commune || namesakes.length < 2) return undefined;
  const around = facts.towns.map((code) => findCommune(code)!).filter((it) => kmBetween(it, commune) < 25);
  const own = random.pick(around);
  if (!own || namesakes.some((it) => it !== commune && kmBetween(it, own) < 60)) return undefined;
  const there = facts.byCommune.get(commune.code)!;
  const query = toQuery(random, facts, there, {
    class: 'place: namesakes',
    text: commune.name,
    isInQ: false,
  });
  return query && { ...query, parameters: { ...query.parameters, near: own.name } };
}

/** Somebody whose own address bears another postcode (a CEDEX) is there when the commune has no other than the one asked. */
function drawPostcode(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const { postcode } = random.pick(random.pick(facts.people).places) ?? {};
  const communes = listCommunesOfPostcode(postcode ?? '');
  if (postcode === undefined || communes.length === 0) return undefined;
  const wholly = new Set(communes.filter(({ postcodes }) => postcodes.length === 1).map(({ code }) => code));
  const there = facts.people.filter(({ places }) =>
    places.some((it) => it.postcode === postcode || wholly.has(it.communeCode)),
  );
  return toQuery(random, facts, there, {
    class: 'place: postcode',
    text: postcode,
    isInQ: random.chance(0.5),
  });
}

/** A CEDEX is that of a town: whoever practises in the town is accepted. */
function drawCedex(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const establishment = random.pick([...facts.establishments.values()]);
  const commune = findCommune(establishment.communeCode);
  const isCedex = listCommunesOfPostcode(establishment.postcode).length === 0;
  if (!commune || !isCedex || commune.parentCode !== null) return undefined;
  const { postcode } = establishment;
  const name = foldText(commune.name);
  const text = random.pick([
    postcode,
    `${postcode} ${name} cedex`,
    ...(findTown(commune.code) ? [`${name} cedex`] : []),
    `${postcode} ${name.toUpperCase()} CEDEX`,
  ]);
  const there = facts.byCommune.get(commune.code) ?? [];
  return toQuery(random, facts, there, { class: 'place: CEDEX', text, isInQ: random.chance(0.4) });
}

/** What a radius by default may be: nobody farther is accepted. */
const AROUND_KM = 25;

function drawCoordinates(facts: FactIndex, random: Random): JudgedQuery | undefined {
  const person = random.pick(facts.people);
  const commune = findCommune(person.places[0]?.communeCode ?? '');
  if (!commune || person.familyWords.length > 1 || isLoadedName(person.family)) return undefined;
  const point = {
    latitude: Number(commune.latitude.toFixed(2)),
    longitude: Number(commune.longitude.toFixed(2)),
  };
  const named = facts.byFamily.get(person.family)!;
  const meant = named.filter((it) => distanceKm(it, point) <= AROUND_KM);
  if (meant.length === 0 || named.length < meant.length + 3) return undefined;
  const text = `${point.latitude.toFixed(2)},${random.pick(['', ' '])}${point.longitude.toFixed(2)}`;
  const q = person.familyName.toLowerCase();
  return {
    class: 'place: coordinates',
    parameters: random.chance(0.25) ? { q: `${q} ${text}` } : { q, where: text },
    accepted: idsOf(meant),
    wanted: `a ${person.familyName} around ${commune.name}`,
    atRank: 1,
  };
}
