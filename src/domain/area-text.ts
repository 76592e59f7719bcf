import { AREA_KINDS, nameOfAreaPlace, WHOLE_COUNTRY, type AreaPlace } from './area.ts';
import { foldText } from './fold.ts';
import { findPlaces } from './geography/find-places.ts';
import { nearestPlaceNames } from './geography/nearest-place-names.ts';

interface NamedTerritory {
  id: string;
  name: string;
}

const EVERYWHERE = new Set(['france', 'toute la france', 'france entiere', 'partout']);
const NEAREST_MAX = 3;

/** How a place is written when its name alone would be taken for another: "commune 75056". */
const BY_CODE = new RegExp(`^(${AREA_KINDS.join('|')}) (\\S{1,60})$`);

/**
 * An area as people list it: a line or a comma for each commune, postcode, département, region, EPCI or territory, or "toute la
 * France". A postcode is its communes.
 * @returns the places, and what is no place, with the names that are nearest
 */
export function parseAreaText(
  text: string,
  territories: readonly NamedTerritory[],
): { area: AreaPlace[]; unknown: { words: string; nearest: string[] }[] } {
  const area: AreaPlace[] = [];
  const unknown: { words: string; nearest: string[] }[] = [];
  for (const words of text.split(/[,;\n]/).map((it) => it.trim())) {
    if (words === '') continue;
    const found = readPlace(words, territories);
    area.push(...found);
    if (found.length === 0)
      unknown.push({ words: words.slice(0, 60), nearest: nearestPlaceNames(words, NEAREST_MAX) });
  }
  return { area, unknown };
}

function readPlace(words: string, territories: readonly NamedTerritory[]): AreaPlace[] {
  const folded = foldText(words);
  if (EVERYWHERE.has(folded)) return [{ kind: 'country', code: WHOLE_COUNTRY }];
  const territory = territories.find((it) => foldText(it.name) === folded);
  if (territory) return [{ kind: 'territory', code: territory.id }];
  const [, kind, code] = BY_CODE.exec(words) ?? [];
  const byCode = AREA_KINDS.find((it) => it === kind);
  if (byCode && code) {
    const isKnown =
      byCode === 'territory'
        ? territories.some((it) => it.id === code)
        : nameOfAreaPlace({ kind: byCode, code });
    return isKnown ? [{ kind: byCode, code }] : [];
  }
  const [match] = findPlaces(words, 1);
  if (match === undefined) return [];
  if (match.kind !== 'postcode') return [{ kind: match.kind, code: match.code }];
  return (match.communeCodes ?? []).map((commune) => ({ kind: 'commune', code: commune }));
}

/** One a line, so that each is read again as the same. */
export function toAreaText(area: readonly AreaPlace[], territories: readonly NamedTerritory[]): string {
  return area
    .map((place) => {
      const { kind, code } = place;
      const name =
        kind === 'territory' ? territories.find((it) => it.id === code)?.name : nameOfAreaPlace(place);
      const [read, ...others] = name === undefined ? [] : readPlace(name, territories);
      const isSame = read?.kind === kind && read.code === code && others.length === 0;
      return name !== undefined && isSame ? name : `${kind} ${code}`;
    })
    .join('\n');
}
