import { toCommuneMatch, type PlaceMatch } from '#domain/geography/place-match.ts';

import { VIEW_ATTRIBUTES, fromDocument } from './correspondent-document.ts';
import type { SearchEngine } from './engine.ts';
import { isIn } from './filter.ts';
import { isCedex } from './read-text.ts';

const HITS_READ = 20;

/** Five digits that are no commune's postcode: an INSEE code, of which some are CEDEX codes of another commune, or a CEDEX. */
export function mayBeCedex({ kind }: PlaceMatch, typed: string): boolean {
  return kind !== 'postcode' && /^\d{5}$/.test(typed.trim());
}

/** The place with the commune that has it as its CEDEX; that commune alone where only the département was known. */
export function withCedexCommune(place: PlaceMatch, communeCode: string): PlaceMatch {
  if (isCedex(place)) return toCommuneMatch(communeCode, false);
  return { ...place, communeCodes: [...new Set([...(place.communeCodes ?? []), communeCode])] };
}

/** An import may bring another answer. */
const KEPT_MS = 60_000;
const KEPT_MAX = 5000;
const known = new WeakMap<SearchEngine, Map<string, { code: string | undefined; until: number }>>();

/**
 * The INSEE code of the commune that a CEDEX serves: the one of most addresses of the directory that bear it. Undefined when
 * none does. Kept for a minute.
 * @param postcode five digits
 * @throws AppError `search-unavailable`; EngineRefusal
 */
export async function findCedexCommune(
  engine: SearchEngine,
  postcode: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const kept = known.get(engine) ?? new Map<string, { code: string | undefined; until: number }>();
  known.set(engine, kept);
  const found = kept.get(postcode);
  if (found && found.until > Date.now()) return found.code;
  const code = await countCommunes(engine, postcode, signal);
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(postcode, { code, until: Date.now() + KEPT_MS });
  return code;
}

async function countCommunes(
  engine: SearchEngine,
  postcode: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const { hits } = await engine.search(
    engine.indexName,
    {
      q: '',
      filter: isIn('postcodes', [postcode]),
      offset: 0,
      limit: HITS_READ,
      matchingStrategy: 'all',
      attributesToRetrieve: VIEW_ATTRIBUTES,
    },
    signal,
  );
  const counts = new Map<string, number>();
  for (const { postcode: its, commune } of hits.flatMap((hit) => fromDocument(hit).places)) {
    if (its === postcode && commune?.code) counts.set(commune.code, (counts.get(commune.code) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0];
}
