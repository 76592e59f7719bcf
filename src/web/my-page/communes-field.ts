import { foldText } from '#domain/fold.ts';
import { findCommune } from '#domain/geography.ts';
import { distanceMeters, type Position } from '#domain/geography/communes-within.ts';
import { findPlaces } from '#domain/geography/find-places.ts';
import { nearestPlaceNames } from '#domain/geography/nearest-place-names.ts';

const CANDIDATES_MAX = 30;
const NAMES_MAX = 3;

/**
 * Communes as people list them: names, with their département or without, and postcodes, parted by commas or lines. Of several
 * communes of one name it is the nearest to where the person practises.
 * @returns INSEE codes, and what is no commune, with the names that are nearest
 */
export function parseCommunes(
  text: string,
  practisesAt: readonly Position[],
): { codes: string[]; unknown: { words: string; nearest: string[] }[] } {
  const codes = new Set<string>();
  const unknown: { words: string; nearest: string[] }[] = [];
  for (const words of text.split(/[,;\n]/).map((it) => it.trim())) {
    if (words === '') continue;
    const found = findNamed(words, practisesAt);
    if (found.length === 0)
      unknown.push({ words: words.slice(0, 60), nearest: nearestPlaceNames(words, NAMES_MAX) });
    for (const code of found) codes.add(code);
  }
  return { codes: [...codes], unknown };
}

function findNamed(words: string, practisesAt: readonly Position[]): string[] {
  const insee = /^INSEE (\d[\dAB]\d{3})$/i.exec(words)?.[1];
  if (insee !== undefined) return [findCommune(insee.toUpperCase())?.code ?? []].flat();
  if (words.length < 2) return [];
  const matches = findPlaces(words, CANDIDATES_MAX);
  const [first] = matches;
  if (first?.kind === 'postcode') return [...(first.communeCodes ?? [])];
  const communes = matches.filter((it) => it.kind === 'commune');
  const [best] = communes;
  if (best === undefined) return [];
  const name = foldText(findCommune(best.code)!.name);
  const namesakes = communes.filter((it) => foldText(findCommune(it.code)!.name) === name);
  const far = (it: { position: Position }) =>
    Math.min(...practisesAt.map((place) => distanceMeters(place, it.position)));
  return [namesakes.toSorted((a, b) => far(a) - far(b) || 0)[0]!.code];
}

/** One a line, so that each is read again as the same: "Brioude (43)". */
export function toCommunesText(codes: readonly string[]): string {
  return toCommuneLines(codes).join('\n');
}

/** By name. */
function toCommuneLines(codes: readonly string[]): string[] {
  const lines = codes.map((code) => {
    const label = toCommuneLabel(code);
    const isSure = label !== undefined && findNamed(label, [])[0] === code;
    return isSure ? label : `INSEE ${code}`;
  });
  return lines.toSorted((a, b) => a.localeCompare(b, 'fr'));
}

/** "Brioude (43)"; undefined for what is no commune. */
export function toCommuneLabel(code: string): string | undefined {
  const commune = findCommune(code);
  return commune && `${commune.name} (${commune.departementCode})`;
}
