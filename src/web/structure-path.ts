import type { Place } from '#domain/correspondent.ts';

/** The page of the structure at a place; undefined where it has no FINESS number. */
export function structurePath({ organization }: Place): string | undefined {
  const finess = organization?.finess ?? organization?.finessJuridique;
  return finess ? `/structures/${finess}` : undefined;
}
