import { sql } from 'drizzle-orm';

import { Random } from '#demo/random.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { toProfessionalId, toServiceId } from '#domain/correspondent-id.ts';
import { rowsOf, type Store } from '#store/store.ts';

/** One search as somebody types it: its class, and the parameters of `GET /v1/correspondents`. */
export interface TypedQuery {
  shape: string;
  parameters: Record<string, string>;
}

const TYPED_IN_100: Record<string, number> = {
  surname: 12,
  'given surname': 20,
  'surname given': 8,
  'surname prefix': 15,
  'given prefix of surname': 5,
  'typo given': 10,
  'surname commune': 8,
  'profession commune': 6,
  'surname, where=commune': 6,
  'profession, where=département': 4,
  'surname, kind=professional': 3,
  'organization, kind=service': 3,
};

/**
 * Searches for people and services of the directory, in the proportions above, in a mixed order. The same seed over the same
 * directory draws the same queries.
 */
export async function drawTypedQueries(store: Store, count: number, seed: number): Promise<TypedQuery[]> {
  const people = await drawCorrespondents(
    store,
    sql`select id as key from practitioner where is_active order by md5(id || ${String(seed)}) limit ${count}`,
    toProfessionalId,
  );
  const services = await drawCorrespondents(
    store,
    sql`select address as key from mailbox where is_active and type = 'ORG'
      order by md5(address || ${String(seed)}) limit ${Math.ceil(count / 10)}`,
    toServiceId,
  );
  const shapes = Object.entries(TYPED_IN_100).flatMap(([shape, share]) =>
    Array.from({ length: share }, () => shape),
  );
  const queries: TypedQuery[] = [];
  for (let index = 0; queries.length < count; index += 1) {
    const random = new Random(seed, 'asked', index);
    const shape = random.pick(shapes);
    const source = random.pick(shape.includes('kind=service') ? services : people);
    const parameters = toParameters(shape, source, random);
    if (parameters) queries.push({ shape, parameters });
  }
  return queries;
}

async function drawCorrespondents(
  store: Store,
  keys: ReturnType<typeof sql>,
  toId: (key: string) => string,
): Promise<Correspondent[]> {
  const ids = (await rowsOf<{ key: string }>(store.db, keys)).map((row) => toId(row.key));
  const found = await openCorrespondentLog(store).loadCorrespondents(ids);
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Undefined when this correspondent has not what such a query is made of. */
function toParameters(
  shape: string,
  source: Correspondent,
  random: Random,
): Record<string, string> | undefined {
  const place = source.places[0];
  const family = source.familyName?.toLowerCase();
  const given = source.givenNames?.split(/[ ,]/)[0]?.toLowerCase();
  const commune = place?.commune?.name.toLowerCase();
  const profession = source.profession?.label.toLowerCase().split(/[ (]/)[0];
  if (shape === 'organization, kind=service') {
    const name = place?.organization?.name?.toLowerCase();
    return name ? { q: name, kind: 'service' } : undefined;
  }
  if (!family || !given || family.length < 3) return undefined;
  switch (shape) {
    case 'surname':
      return { q: family };
    case 'given surname':
      return { q: `${given} ${family}` };
    case 'surname given':
      return { q: `${family} ${given}` };
    case 'surname prefix':
      return { q: family.slice(0, 3 + random.integer(3)) };
    case 'given prefix of surname':
      return { q: `${given} ${family.slice(0, 2 + random.integer(3))}` };
    case 'typo given':
      return { q: `${given} ${misspell(family, random)}` };
    case 'surname commune':
      return commune ? { q: `${family} ${commune}` } : undefined;
    case 'profession commune':
      return commune && profession ? { q: `${profession} ${commune}` } : undefined;
    case 'surname, where=commune':
      return place?.commune?.code ? { q: family, where: place.commune.code } : undefined;
    case 'profession, where=département':
      return place?.departement && profession ? { q: profession, where: place.departement.code } : undefined;
    default:
      return { q: family, kind: 'professional' };
  }
}

/** A letter missing, doubled, swapped with the next or mistaken for another, after the first one. */
function misspell(word: string, random: Random): string {
  const at = 1 + random.integer(Math.max(1, word.length - 2));
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  switch (random.integer(4)) {
    case 0:
      return `${before}${after}`;
    case 1:
      return `${before}${letter}${letter}${after}`;
    case 2:
      return `${before}${after.charAt(0)}${letter}${after.slice(1)}`;
    default:
      return `${before}${String.fromCharCode(97 + random.integer(26))}${after}`;
  }
}
