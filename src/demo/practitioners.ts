import { inventActivity } from './activities.ts';
import type { Holder } from './activities.ts';
import type { DemoCommune } from './communes.ts';
import { toInventedRpps } from './invented-identifiers.ts';
import { inventFamilyName, inventGivenNames } from './names.ts';
import { PRACTITIONER_TRAPS } from './practitioner.ts';
import type { InventedActivity, InventedPractitioner, InventedSavoirFaire, Trap } from './practitioner.ts';
import {
  OTHER_SAVOIR_FAIRE,
  SECOND_PROFESSIONS,
  getProfession,
  professions,
  specialities,
} from './professions.ts';
import type { Setting } from './professions.ts';
import { Random } from './random.ts';
import { PROFESSION_OF_TRAP, applyTrap } from './traps.ts';
import type { World } from './world.ts';

/** People who are there whatever the seed: the place, the profession and the name that examples and tests ask for. */
const FEATURED: readonly { givenNames: string; isFeminine: boolean; professionCode: string; communeCode: string; setting: Setting; speciality?: string }[] = [
  { givenNames: 'Marie', isFeminine: true, professionCode: '10', communeCode: '43157', setting: 'cabinet', speciality: 'SM54' },
  { givenNames: 'Marie', isFeminine: true, professionCode: '60', communeCode: '43157', setting: 'cabinet' },
  { givenNames: 'Jean-Pierre', isFeminine: false, professionCode: '10', communeCode: '43157', setting: 'hospital', speciality: 'SM04' },
  { givenNames: 'JEAN PIERRE', isFeminine: false, professionCode: '70', communeCode: '43046', setting: 'group' },
  { givenNames: 'Hélène', isFeminine: true, professionCode: '70', communeCode: '43157', setting: 'cabinet' },
  { givenNames: 'HELENE', isFeminine: true, professionCode: '50', communeCode: '43040', setting: 'cabinet' },
  { givenNames: 'Benoît', isFeminine: false, professionCode: '21', communeCode: '43268', setting: 'pharmacy' },
  { givenNames: 'Anne-Laure', isFeminine: true, professionCode: '91', communeCode: '43157', setting: 'group' },
]; // prettier-ignore
export const FEATURED_COUNT = FEATURED.length;

/** From here on, the people at these indexes have each one trap, so that a set of 1,000 has them all. */
const FIRST_TRAP_INDEX = 100;
/** No difference between two sets touches the people below. */
export const FIRST_ORDINARY_INDEX = 300;

const TRAP_SHARE = 0.014;

/** Always the same person for a world and an index. */
export function inventPractitioner(world: World, index: number): InventedPractitioner {
  const random = new Random(world.seed, 'practitioner', index);
  const featuredRank = world.rankOfCommune.has('43157') ? index : Infinity;
  const featured = FEATURED[featuredRank];
  const trap = world.hasTraps && !featured ? toTrap(random, index) : undefined;
  const commune =
    world.communes[world.rankOfCommune.get(featured?.communeCode ?? '') ?? -1] ?? world.home.pick(random);
  const professionCode =
    featured?.professionCode ?? (trap && PROFESSION_OF_TRAP[trap]) ?? professions.pick(random).code;
  const profession = getProfession(professionCode);
  const isFeminine = featured?.isFeminine ?? random.chance(profession.feminine);
  const isDoctor = random.chance(profession.doctors);
  const number = toInventedRpps(index);
  const person: InventedPractitioner = {
    index,
    idType: '8',
    number,
    id: `8${number}`,
    civilite: isFeminine ? (random.chance(0.06) ? 'MLLE' : 'MME') : 'M',
    civiliteExercice: isDoctor ? toDoctorTitle(professionCode, random) : '',
    familyName: featured ? 'MARTIN' : inventFamilyName(random),
    givenNames: featured?.givenNames ?? inventGivenNames(random, isFeminine),
    activities: [],
    savoirFaire: inventSavoirFaire(
      random,
      professionCode,
      featured?.speciality ?? (trap && professionCode === '10' ? 'SM54' : undefined),
    ),
    trap,
  };
  const holder = { index, number, civilite: person.civilite, familyName: person.familyName, isDoctor };
  const setting = featured?.setting ?? profession.settings.pick(random);
  person.activities = inventActivities(world, random, {
    holder,
    professionCode,
    setting,
    commune,
    savoirFaire: person.savoirFaire[0],
  });
  if (trap) applyTrap(world, random, person, holder, commune);
  return person;
}

function toTrap(random: Random, index: number): Trap | undefined {
  const drawn = random.chance(TRAP_SHARE) ? random.pick(PRACTITIONER_TRAPS) : undefined;
  return PRACTITIONER_TRAPS[index - FIRST_TRAP_INDEX] ?? drawn;
}

function toDoctorTitle(professionCode: string, random: Random): string {
  if (random.chance(0.015)) return 'PR';
  if (random.chance(0.003)) return professionCode === '21' ? 'PC' : 'MC';
  return 'DR';
}

function inventActivities(
  world: World,
  random: Random,
  options: {
    holder: Holder;
    professionCode: string;
    setting: Setting;
    commune: DemoCommune;
    savoirFaire: InventedSavoirFaire | undefined;
  },
): InventedActivity[] {
  const { holder, professionCode, setting, commune } = options;
  const savoirFaire = random.chance(0.85) ? options.savoirFaire : undefined;
  const first = inventActivity(world, random, { holder, professionCode, setting, commune, rang: 0 });
  const activities: InventedActivity[] = [{ ...first, savoirFaire }];
  if (setting === 'none' || !random.chance(0.146)) return activities;
  const others = random.chance(0.76) ? 1 : random.chance(0.8) ? 2 : 3 + random.integer(2);
  for (let rang = 1; rang <= others; rang += 1) {
    const second = random.chance(0.08) ? SECOND_PROFESSIONS[professionCode] : undefined;
    const code = second ? random.pick(second) : professionCode;
    const elsewhere = random.chance(0.3) ? world.home.pick(random) : commune;
    const drawn = getProfession(code).settings.pick(random);
    const activity = inventActivity(world, random, {
      holder,
      professionCode: code,
      setting: drawn === 'none' ? 'cabinet' : drawn,
      commune: elsewhere,
      rang,
    });
    activities.push({ ...activity, savoirFaire: code === professionCode ? savoirFaire : undefined });
  }
  return activities;
}

function inventSavoirFaire(
  random: Random,
  professionCode: string,
  speciality?: string,
): InventedSavoirFaire[] {
  const of = (type: string, code: string) => ({ professionCode, type, code });
  if (professionCode === '10') {
    const held = [of('S', speciality ?? specialities.pick(random))];
    if (random.chance(0.12)) held.push(of(...random.pick(OTHER_SAVOIR_FAIRE)));
    return held;
  }
  if (professionCode === '40' && random.chance(0.08))
    return [of('S', random.pick(['SCD01', 'SCD01', 'SCD02', 'SCD03']))];
  if (professionCode === '60' && random.chance(0.004))
    return [of('S', random.pick(['SI01', 'SI02', 'SI03', 'SI04', 'SI05']))];
  if (professionCode === '21' && random.chance(0.08)) return [of('S', 'SM03')];
  return [];
}
