import { FEMININE_GIVEN_NAMES, MASCULINE_GIVEN_NAMES } from '#domain/given-names.ts';
import { toPlainUpperCase } from './communes.ts';
import { Weighted } from './random.ts';
import type { Random } from './random.ts';
import { RARE_SURNAMES, SPELLINGS, SURNAMES } from './surnames.ts';

const surnames = new Weighted(SURNAMES, (_, rank) => (rank + 15) ** -0.9);
const feminine = new Weighted([...new Set(FEMININE_GIVEN_NAMES)], (_, rank) => (rank + 8) ** -0.75);
const masculine = new Weighted([...new Set(MASCULINE_GIVEN_NAMES)], (_, rank) => (rank + 8) ** -0.75);

/** Mostly a frequent name, so that there are homonyms; else a rare one, or two joined. */
export function inventFamilyName(random: Random): string {
  const draw = random.next();
  if (draw < 0.25) return random.pick(RARE_SURNAMES);
  const name = surnames.pick(random);
  if (draw < 0.33) return `${name}${random.chance(0.6) ? '-' : ' '}${surnames.pick(random)}`;
  const spellings = SPELLINGS[name];
  if (spellings && random.chance(0.35)) return random.pick(spellings);
  return random.chance(0.015) ? toTitleCase(name) : name;
}

/** As the file has them: "Anne-Laure", "ANNE LAURE", "Bénédicte", "BENEDICTE", "Benedicte". */
export function inventGivenNames(random: Random, isFeminine: boolean): string {
  const name = (isFeminine ? feminine : masculine).pick(random);
  const spaced = name.includes('-') && random.chance(0.25) ? name.replace('-', ' ') : name;
  const form = random.next();
  if (form < 0.45) return toPlainUpperCase(spaced);
  if (form < 0.52) return spaced.toUpperCase();
  return form < 0.6 ? stripAccents(spaced) : spaced;
}

export function toTitleCase(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|[\s'-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function stripAccents(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae');
}
