import { ACCESSIBILITY } from '#domain/accessibility.ts';
import { EVERY_ACT } from '#domain/acts.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { ProfileSchema } from '#domain/profile-schema.ts';
import type { Profile } from '#domain/profile.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';

import { DEMO_PEOPLE, DEMO_TERRITORY } from './demo-people.ts';
import { Random } from './random.ts';

const SEED = 43;
const DAY_MS = 86_400_000;
/** Professionals of whom one in so many has a page: those of private practice, of the professions that people look for. */
const ONE_IN = 6;
/** Where a CPTS asks its members to, so many of those six. */
const IN_TERRITORY = 4;
const PROFESSIONS = new Set(['10', '40', '50', '60', '70', '80', '91', '92', '93', '94', '95', '96']);
/** Those who make visits; for others it is a rare thing. */
const VISITORS = new Set(['50', '60', '70']);
const LANGUAGES = ['en', 'es', 'pt', 'it', 'de', 'ar', 'tr', 'uk', 'ro', 'pl'];
const OPENINGS = [
  ['08:00', '12:00', '14:00', '18:30'],
  ['08:30', '12:30', '13:30', '19:00'],
  ['09:00', '12:00', '14:00', '18:00'],
] as const;
const RPPS_OF_PEOPLE = new Set(DEMO_PEOPLE.map((it) => it.rpps));

/**
 * What an invented professional says of their practice; undefined for most, who have said nothing, and for the people whom one may
 * sign in as, whose pages are theirs to write. The same person says the same things, around the same day.
 * @param index of the person, whatever the order
 */
export function inventPage(it: Correspondent, index: number, now: Date): Profile | undefined {
  const random = new Random(SEED, 'page', index);
  const profession = it.profession?.code ?? '';
  const place = it.places.find((one) => one.modeExercice?.code === 'L' && one.organization !== null);
  if (
    !place ||
    !PROFESSIONS.has(profession) ||
    RPPS_OF_PEOPLE.has(it.rpps) ||
    random.integer(ONE_IN) >= askedAt(place)
  )
    return undefined;
  const goesToHomes = random.chance(VISITORS.has(profession) ? 0.75 : 0.15);
  const acts = EVERY_ACT.filter((act) => act.professionCodes.includes(profession));
  return ProfileSchema.parse({
    ways: inventWays(random, goesToHomes),
    acts: acts.filter(() => random.chance(2.5 / acts.length)).map((act) => act.code),
    languages: ['fr', ...LANGUAGES.filter(() => random.chance(0.06))],
    accessibility: Object.keys(ACCESSIBILITY).filter(() => random.chance(0.3)),
    ...(random.chance(0.6) && { hours: [inventHours(random, place.organization!.id)] }),
    ...(goesToHomes &&
      random.chance(0.8) && { homeVisitArea: { radiusKm: random.pick([5, 8, 10, 15, 20]) } }),
    ...(random.chance(0.12) && { awayPeriods: [inventAbsence(random, now)] }),
  });
}

function askedAt({ commune }: Correspondent['places'][number]): number {
  return DEMO_TERRITORY.communeCodes.includes(commune?.code ?? '') ? IN_TERRITORY : 1;
}

function inventWays(random: Random, goesToHomes: boolean): NonNullable<Profile['ways']> {
  const ways: NonNullable<Profile['ways']> = {};
  for (const way of WAYS_OF_PRACTISING) {
    if (way === 'homeVisits') ways[way] = goesToHomes;
    else if (random.chance(0.7)) ways[way] = random.chance(way === 'acceptsNewPatients' ? 0.6 : 0.3);
  }
  return ways;
}

function inventHours(random: Random, organizationId: string): NonNullable<Profile['hours']>[number] {
  const [start, noon, after, end] = random.pick(OPENINGS);
  const days = random.chance(0.3)
    ? (['mon', 'tue', 'thu', 'fri'] as const)
    : (['mon', 'tue', 'wed', 'thu', 'fri'] as const);
  const opening = (availableStartTime: string, availableEndTime: string) => ({
    daysOfWeek: [...days],
    availableStartTime,
    availableEndTime,
  });
  return { organizationId, availableTime: [opening(start, noon), opening(after, end)] };
}

/** Begun or to come, a week or two. */
function inventAbsence(random: Random, now: Date): NonNullable<Profile['awayPeriods']>[number] {
  const start = now.getTime() + (random.integer(40) - 7) * DAY_MS;
  const end = start + (6 + random.integer(9)) * DAY_MS;
  return {
    start: toDay(start),
    end: toDay(end),
    message: random.pick(['En congé.', 'En formation.', 'Absence.']),
  };
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
