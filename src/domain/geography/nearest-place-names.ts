import { foldCompact } from '../fold.ts';
import { findCommune, findDepartement, findEpci, findRegion } from '../geography.ts';
import { listPlaceEntries } from './place-index.ts';
import type { PlaceEntry } from './place-index.ts';
import { toPlaceKey } from './place-name.ts';

/** From it on, a commune is also compared by its first words ("thonnon" → Thonon-les-Bains). */
const KNOWN_BY_FIRST_WORDS_MIN = 5000;
const TEXT_LENGTH_MAX = 60;

/**
 * The names nearest to a text that `findPlaces` does not understand, for "did you mean": labels that `findPlaces` reads
 * ("Pontarlier (25)"). Nearest by Levenshtein distance without spaces (at most 1 for up to four letters, 2 up to eight,
 * else 3); at equal distance communes, départements and regions before EPCI, then the most populous. Former names and
 * arrondissements are not proposed.
 * Cost: 10 to 50 ms, it reads every name.
 * @returns at most `limit`, each once; empty when nothing is near
 */
export function nearestPlaceNames(text: string, limit: number): string[] {
  const key = toPlaceKey(text.slice(0, TEXT_LENGTH_MAX));
  const typed = foldCompact(key);
  if (typed === '') return [];
  const distanceMax = typed.length <= 4 ? 1 : typed.length <= 8 ? 2 : 3;
  const wordCount = key.split(' ').length;
  const near: { entry: PlaceEntry; distance: number }[] = [];
  for (const entry of listPlaceEntries()) {
    if (entry.isFormerName || entry.key.endsWith(' arrondissement')) continue;
    const distance = nearestDistance(typed, entry, wordCount, distanceMax);
    if (distance <= distanceMax) near.push({ entry, distance });
  }
  near.sort((a, b) => sortValue(a) - sortValue(b) || b.entry.population - a.entry.population);
  return [...new Set(near.map(({ entry }) => labelOfPlace(entry)))].slice(0, limit);
}

/** Shorter names have too many neighbours to be told by one letter. */
const MISSPELT_LENGTH_MIN = 6;
/** From so many letters on two may be wrong. */
const TWICE_MISSPELT_LENGTH_MIN = 9;

/**
 * The town that a misspelt name most likely stands for ("grenble", "clermont ferand"): one letter wrong, two from nine letters on,
 * spaces not counted; the nearest, then the most populous.
 * @param population of the smallest that counts: fewer are compared, faster
 * @returns the label, which `findPlaces` reads; undefined when none is near, or the text is shorter than six letters
 */
export function findMisspeltTown(text: string, population: number): string | undefined {
  const typed = foldCompact(toPlaceKey(text.slice(0, TEXT_LENGTH_MAX)));
  if (typed.length < MISSPELT_LENGTH_MIN || /\d/.test(typed)) return undefined;
  const distanceMax = typed.length < TWICE_MISSPELT_LENGTH_MIN ? 1 : 2;
  const [nearest] = listTowns(population)
    .map((entry) => ({ entry, distance: boundedDistance(typed, entry.compactKey, distanceMax) }))
    .filter(({ distance }) => distance <= distanceMax)
    .sort((a, b) => a.distance - b.distance || b.entry.population - a.entry.population);
  return nearest && labelOfPlace(nearest.entry);
}

type Town = PlaceEntry & { compactKey: string };
const towns = new Map<number, Town[]>();

function listTowns(population: number): Town[] {
  let known = towns.get(population);
  if (known === undefined) {
    known = listPlaceEntries()
      .filter((it) => it.kind === 'commune' && !it.isFormerName && it.population >= population)
      .map((it) => ({ ...it, compactKey: it.key.replaceAll(' ', '') }));
    towns.set(population, known);
  }
  return known;
}

function sortValue({ entry, distance }: { entry: PlaceEntry; distance: number }): number {
  return entry.kind === 'epci' ? distance + 0.5 : distance;
}

function nearestDistance(typed: string, entry: PlaceEntry, wordCount: number, distanceMax: number): number {
  const { kind, key, population } = entry;
  const whole = boundedDistance(typed, key.replaceAll(' ', ''), distanceMax);
  if (whole === 0 || kind !== 'commune' || population < KNOWN_BY_FIRST_WORDS_MIN) return whole;
  const words = key.split(' ');
  if (words.length <= wordCount) return whole;
  return Math.min(whole, boundedDistance(typed, words.slice(0, wordCount).join(''), distanceMax));
}

function labelOfPlace({ kind, code }: PlaceEntry): string {
  if (kind === 'commune') {
    const commune = findCommune(code)!;
    return `${commune.name} (${commune.departementCode})`;
  }
  if (kind === 'departement') return `${findDepartement(code)!.name} (${code})`;
  return (kind === 'region' ? findRegion(code) : findEpci(code))!.name;
}

/** One row of the distance matrix, reused: a call makes no object. */
const row = new Uint8Array(TEXT_LENGTH_MAX * 2);

/** Levenshtein distance, or `distanceMax + 1` as soon as it is known to be more. `a` is at most 60 characters. */
function boundedDistance(a: string, b: string, distanceMax: number): number {
  const tooFar = distanceMax + 1;
  if (Math.abs(a.length - b.length) > distanceMax) return tooFar;
  for (let column = 0; column <= b.length; column += 1) row[column] = column;
  for (let line = 1; line <= a.length; line += 1) {
    const char = a.charCodeAt(line - 1);
    let diagonal = line - 1;
    let best = line;
    row[0] = line;
    for (let column = 1; column <= b.length; column += 1) {
      const above = row[column]!;
      const substitution = diagonal + (char === b.charCodeAt(column - 1) ? 0 : 1);
      const value = Math.min(substitution, above + 1, row[column - 1]! + 1);
      diagonal = above;
      row[column] = value;
      if (value < best) best = value;
    }
    if (best > distanceMax) return tooFar;
  }
  return row[b.length]!;
}
