import { foldCompact, foldText } from '#domain/fold.ts';
import { findCommune } from '#domain/geography.ts';
import { communeTables, type Commune } from '#domain/geography/commune-tables.ts';

import type {
  CorpusFacts,
  EstablishmentFact,
  PersonFact,
  PlaceFact,
  Point,
  ServiceFact,
} from './corpus-facts.ts';

/** Facts by what queries are drawn from. */
export interface FactIndex extends CorpusFacts {
  byFamily: Map<string, PersonFact[]>;
  byGiven: Map<string, PersonFact[]>;
  /** A word of the surname or of the given names, folded. */
  byWord: Map<string, PersonFact[]>;
  /** Key: {@link fullNameOf}. */
  byFullName: Map<string, PersonFact[]>;
  /** A commune, with its arrondissements; an arrondissement. */
  byCommune: Map<string, PersonFact[]>;
  byFiness: Map<string, PersonFact[]>;
  servicesByFiness: Map<string, ServiceFact[]>;
  servicesByCommune: Map<string, ServiceFact[]>;
  /** Communes where many practise, the most first; of a name that no other commune has. */
  towns: string[];
}

const TOWN_COUNT = 120;

export function indexFacts(facts: CorpusFacts): FactIndex {
  const { people, services } = facts;
  const byCommune = groupBy(people, (it) => it.places.flatMap(({ communeCode }) => withParent(communeCode)));
  const towns = [...byCommune.keys()]
    .filter((code) => findTown(code)?.code === code)
    .toSorted((a, b) => byCommune.get(b)!.length - byCommune.get(a)!.length || (a < b ? -1 : 1))
    .slice(0, TOWN_COUNT);
  return {
    ...facts,
    byFamily: groupBy(people, ({ family }) => [family]),
    byGiven: groupBy(people, ({ given }) => [given]),
    byWord: groupBy(people, ({ familyWords, givenWords }) => [...familyWords, ...givenWords]),
    byFullName: groupBy(people, (it) => [fullNameOf(it)]),
    byCommune,
    byFiness: groupBy(people, (it) => it.places.flatMap(({ establishment }) => establishment?.finess ?? [])),
    servicesByFiness: groupBy(services, (it) => (it.establishment ? [it.establishment.finess] : [])),
    servicesByCommune: groupBy(services, ({ communeCode }) => withParent(communeCode)),
    towns,
  };
}

function fullNameOf({ family, given }: Pick<PersonFact, 'family' | 'given'>): string {
  return `${family} ${given}`;
}

/** Those who share both names, whatever their spelling. */
export function listHomonyms(facts: FactIndex, person: PersonFact): PersonFact[] {
  return facts.byFullName.get(fullNameOf(person)) ?? [];
}

/** @param familyName in any spelling */
export function listNamed(facts: FactIndex, familyName: string): PersonFact[] {
  return facts.byFamily.get(foldCompact(familyName)) ?? [];
}

/** A commune's own code, and that of the city when it is an arrondissement. */
export function withParent(communeCode: string): string[] {
  const parent = findCommune(communeCode)?.parentCode;
  return parent ? [communeCode, parent] : [communeCode];
}

export function practisesIn({ places }: PersonFact, communeCode: string): boolean {
  return places.some((place) => place.communeCode === communeCode || isArrondissementOf(place, communeCode));
}

function isArrondissementOf(place: PlaceFact, communeCode: string): boolean {
  return (
    /^(?:13055|69123|75056)$/.test(communeCode) && findCommune(place.communeCode)?.parentCode === communeCode
  );
}

/** The site's own position where FINESS has one, else the centre of the commune. */
function pointOf(at: {
  establishment: EstablishmentFact | undefined;
  communeCode: string;
}): Point | undefined {
  return at.establishment?.point ?? findCommune(at.communeCode);
}

let namesakes: Map<string, Commune[]> | undefined;

/** All communes of France called so, whatever the spelling. */
export function listCommunesNamed(name: string): readonly Commune[] {
  namesakes ??= groupBy([...communeTables().byCode.values()], (it) => [foldText(it.name)]);
  return namesakes.get(foldText(name)) ?? [];
}

/**
 * The commune to name for a place of practice: the city, for an arrondissement. Undefined for a name that several communes have, which
 * alone would not tell which one is meant.
 */
export function findTown(communeCode: string): Commune | undefined {
  const commune = findCommune(communeCode);
  const town = findCommune(commune?.parentCode ?? '') ?? commune;
  return town && listCommunesNamed(town.name).length === 1 ? town : undefined;
}

/** To the nearest place of practice; infinite without one. */
export function distanceKm(person: PersonFact, from: Point): number {
  const points = person.places.map(pointOf).filter((it) => it !== undefined);
  return Math.min(...points.map((point) => kmBetween(point, from)), Infinity);
}

/** Great circle. */
export function kmBetween(a: Point, b: Point): number {
  const radians = Math.PI / 180;
  const halfLatitude = Math.sin(((b.latitude - a.latitude) * radians) / 2);
  const halfLongitude = Math.sin(((b.longitude - a.longitude) * radians) / 2);
  const square =
    halfLatitude ** 2 + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * halfLongitude ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(square));
}

/** Whoever practises in one of these communes; an arrondissement is not its city here. */
export function listPeopleIn(facts: FactIndex, isThere: (communeCode: string) => boolean): PersonFact[] {
  const found = new Set<PersonFact>();
  for (const [code, people] of facts.byCommune) if (isThere(code)) for (const it of people) found.add(it);
  return [...found];
}

const AROUND_KM = 10;

/**
 * Whoever practises in the town, or next to it in an establishment that bears its name, as the hospital of Bourg-en-Bresse, which is at
 * Viriat.
 */
export function listPeopleAround(facts: FactIndex, town: Commune): PersonFact[] {
  const staff = listBearingName(facts, town).flatMap(({ finess }) => facts.byFiness.get(finess) ?? []);
  return [...new Set([...(facts.byCommune.get(town.code) ?? []), ...staff])];
}

/** Services, likewise. */
export function listServicesAround(facts: FactIndex, town: Commune): ServiceFact[] {
  const services = listBearingName(facts, town).flatMap(
    ({ finess }) => facts.servicesByFiness.get(finess) ?? [],
  );
  return [...new Set([...(facts.servicesByCommune.get(town.code) ?? []), ...services])];
}

function listBearingName({ establishments }: FactIndex, town: Commune): EstablishmentFact[] {
  const name = ` ${foldText(town.name)} `;
  return [...establishments.values()].filter((it) => {
    const point = ` ${foldText(it.name)} `.includes(name) ? pointOf({ ...it, establishment: it }) : undefined;
    return point !== undefined && kmBetween(point, town) <= AROUND_KM;
  });
}

export function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}
