import type { Random } from '#demo/random.ts';
import { foldText } from '#domain/fold.ts';
import { findCommune } from '#domain/geography.ts';

import type { PersonFact } from './corpus-facts.ts';
import { distanceKm, findTown, practisesIn, type FactIndex } from './fact-index.ts';
import { drawQueries, idsOf, type JudgedQuery } from './judged-query.ts';

/** People of one name, told apart by where they practise, by the caller's own place, or by having a mailbox at all. */
export function listHomonymQueries(facts: FactIndex): JudgedQuery[] {
  const groups = [...facts.byFullName.values()].filter((group) => group.length >= 3);
  return [
    ...drawQueries('homonym: where', 50, (random) => drawAtPlace(random, groups, 'where')),
    ...drawQueries('homonym: place in q', 50, (random) => drawAtPlace(random, groups, 'q')),
    ...drawQueries('homonym: near', 50, (random) => drawNear(random, groups)),
    ...drawQueries('homonym: mailbox', 20, (random) => drawWithMailbox(random, groups)),
  ];
}

function toNameText(random: Random, { givenNames, familyName }: PersonFact): string {
  return foldText(random.pick([`${givenNames} ${familyName}`, `${familyName} ${givenNames}`]));
}

function drawAtPlace(
  random: Random,
  groups: PersonFact[][],
  parameter: 'where' | 'q',
): JudgedQuery | undefined {
  const group = random.pick(groups);
  const person = random.pick(group);
  const place = random.pick(person.places);
  const commune = place && findTown(place.communeCode);
  if (!commune) return undefined;
  const meant = group.filter((it) => practisesIn(it, commune.code));
  if (meant.length === group.length) return undefined;
  const name = toNameText(random, person);
  const town = random.pick([commune.name, foldText(commune.name)]);
  return {
    class: `homonym: ${parameter === 'q' ? 'place in q' : 'where'}`,
    parameters: parameter === 'where' ? { q: name, where: town } : { q: `${name} ${town}` },
    accepted: idsOf(meant),
    wanted: `the one at ${commune.name} (${commune.departementCode}), of ${group.length}`,
    atRank: 1,
  };
}

/** Fair when the nearest practise within 10 km of the place, and all others at least 30 km farther than they. */
function drawNear(random: Random, groups: PersonFact[][]): JudgedQuery | undefined {
  const group = random.pick(groups);
  const person = random.pick(group);
  const commune = findCommune(person.places[0]?.communeCode ?? '');
  if (!commune) return undefined;
  const distances = group.map((it) => ({ it, km: distanceKm(it, commune) })).toSorted((a, b) => a.km - b.km);
  const nearest = distances[0]!.km;
  const meant = distances.filter(({ km }) => km <= nearest + 5);
  const next = distances[meant.length];
  if (nearest > 10 || !next || next.km < nearest + 30) return undefined;
  const town = findTown(commune.code);
  const near = random.pick([
    ...(town?.code === commune.code ? [town.name, foldText(town.name)] : []),
    commune.postcodes[0]!,
    `${commune.latitude.toFixed(4)},${commune.longitude.toFixed(4)}`,
  ]);
  return {
    class: 'homonym: near',
    parameters: { q: toNameText(random, person), near },
    accepted: idsOf(meant.map(({ it }) => it)),
    wanted: `the nearest to ${commune.name} (${nearest.toFixed(0)} km; the next is at ${next.km.toFixed(0)} km)`,
    atRank: 1,
  };
}

function drawWithMailbox(random: Random, groups: PersonFact[][]): JudgedQuery | undefined {
  const group = random.pick(groups);
  const meant = group.filter(({ mailboxes }) => mailboxes.length > 0);
  if (meant.length * 2 > group.length) return undefined;
  return {
    class: 'homonym: mailbox',
    parameters: { q: toNameText(random, group[0]!) },
    accepted: idsOf(meant),
    wanted: `one of the ${meant.length} with a mailbox, of ${group.length}`,
    atRank: 1,
  };
}
