import type { Directory } from '#directory/directory.ts';
import { findCorrespondents, type FoundCorrespondents } from '#directory/find-correspondents.ts';
import type { Place } from '#domain/correspondent.ts';
import { AppError } from '#domain/errors.ts';
import { parseFiness } from '#domain/identifiers.ts';
import { toQuestion } from '#http/find-correspondents-route.ts';

const STRUCTURE_LIMIT = 50;

/**
 * Who can be written to at a structure: one at least.
 * @param id a FINESS number as typed, of the site or of the legal entity
 * @throws AppError `route-not-found` for what is no such number, and for one at which nobody is shown
 */
export async function findStructure(
  directory: Directory,
  id: string,
  signal: AbortSignal,
): Promise<{ finess: string; found: FoundCorrespondents }> {
  const finess = parseFiness(id);
  const question = { ...toQuestion({ finess: finess ?? '' }, directory.now()), limit: STRUCTURE_LIMIT };
  const found = finess === undefined ? undefined : await findCorrespondents(directory, question, signal);
  if (finess === undefined || found === undefined || found.results.length === 0) {
    throw new AppError('route-not-found', 'No structure is shown under this number.', { nearest: undefined });
  }
  return { finess, found };
}

/** What is known of it from those who are there: its name, its places, and that of the site when it is one. */
export function nameOfStructure(finess: string, found: FoundCorrespondents) {
  const all = found.results.flatMap((it) => it.places);
  const isOf = (key: 'finess' | 'finessJuridique') => (it: Place) => it.organization?.[key] === finess;
  const site = all.find(isOf('finess'));
  const name = site?.organization?.name ?? `Structure FINESS ${finess}`;
  return { name, site, places: site ? [site] : all.filter(isOf('finessJuridique')) };
}
