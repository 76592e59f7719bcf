import { inventActivity } from './activities.ts';
import { toInventedRpps, toInventedTechnicalId } from './invented-identifiers.ts';
import { inventFamilyName } from './names.ts';
import type { InventedPractitioner } from './practitioner.ts';
import { FIRST_ORDINARY_INDEX } from './practitioners.ts';
import { OTHER_SAVOIR_FAIRE } from './professions.ts';
import { Random } from './random.ts';
import type { World } from './world.ts';

/** What happens to a person between a first set and a second one of the same seed. */
export type Change = 'name' | 'move' | 'savoir-faire' | 'removed';

/** Ids are "Identification nationale PP"; each list is in the order of the first set's file. */
export interface DifferenceReport {
  seed: number;
  share: number;
  created: string[];
  changed: { id: string; change: Exclude<Change, 'removed'> }[];
  removed: string[];
  /** Personal mailboxes that come with newcomers, or go with those who disappear. */
  mailboxes: { created: string[]; removed: string[] };
}

/** A sixth of those who differ disappear, and as many newcomers come. */
const REMOVED_PART = 1 / 6;

export function countNewcomers(practitioners: number, share: number): number {
  return Math.round(practitioners * share * REMOVED_PART);
}

export function toChange(world: World, index: number, share: number): Change | undefined {
  if (index < FIRST_ORDINARY_INDEX) return undefined;
  const draw = new Random(world.seed, 'difference', index).next();
  if (draw >= share * (1 - REMOVED_PART)) return undefined;
  if (draw < share * REMOVED_PART) return 'removed';
  return (['name', 'move', 'savoir-faire'] as const)[Math.floor((draw * 1e7) % 3)]!;
}

/**
 * Makes the change, so that at least one line of the person differs in what it means and not only in how it is written.
 * @returns what was done: a new savoir-faire for somebody who is no doctor is a move
 */
export function applyChange(
  world: World,
  person: InventedPractitioner,
  change: Exclude<Change, 'removed'>,
): Exclude<Change, 'removed'> {
  const random = new Random(world.seed, 'differenceDetail', person.index);
  const main = person.activities[0]!;
  if (change === 'name') {
    const before = person.familyName;
    while (person.familyName.toLowerCase() === before.toLowerCase())
      person.familyName = inventFamilyName(random);
    return 'name';
  }
  if (change === 'savoir-faire' && main.professionCode === '10') {
    const held = new Set(person.savoirFaire.map(({ code }) => code));
    const [type, code] = random.pick(OTHER_SAVOIR_FAIRE.filter(([, code]) => !held.has(code)));
    person.savoirFaire.push({ professionCode: '10', type, code });
    return 'savoir-faire';
  }
  const moved = inventActivity(world, random, {
    holder: { ...person, isDoctor: person.civiliteExercice !== '' },
    professionCode: main.professionCode,
    setting: 'cabinet',
    commune: world.home.pick(random),
    rang: 9,
  });
  const structure = {
    ...moved.structure,
    siret: '',
    siren: '',
    technicalId: toInventedTechnicalId(9_000_000_000 + person.index),
    formerId: `4${toInventedRpps(person.index)}010`,
  };
  person.activities[0] = { ...moved, structure, savoirFaire: main.savoirFaire, categorie: main.categorie };
  return 'move';
}
