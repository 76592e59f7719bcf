import type { Correspondent } from './correspondent.ts';
import { listCommunesWithin } from './geography/communes-within.ts';

/** Of a professional whose page says that they go to homes: the communes they go to; `unsaid` when the page does not say which. */
export type HomeVisitCommunes = ReadonlySet<string> | 'unsaid' | undefined;

/**
 * Where a professional goes: the communes of the page, and those whose centre is within its radius of a place of practice.
 * Undefined for whoever says no, or nothing, of home visits; an area alone means yes.
 */
export function homeVisitCommunesOf({ profile, places }: Correspondent): HomeVisitCommunes {
  const area = profile?.homeVisitArea;
  if (profile?.ways?.homeVisits === false) return undefined;
  if (area === undefined) return profile?.ways?.homeVisits === true ? 'unsaid' : undefined;
  const codes = new Set(area.communeCodes);
  if (area.radiusKm !== undefined) {
    for (const { position } of places)
      if (position) for (const code of listCommunesWithin(position, area.radiusKm * 1000)) codes.add(code);
  }
  return codes;
}

/** How sure it is that a professional found for a place goes there; undefined for whoever goes to no homes. */
export function certaintyOfVisits({ profile }: Correspondent): 'stated' | 'likely' | undefined {
  const says = profile?.ways?.homeVisits;
  if (says === false) return undefined;
  if (profile?.homeVisitArea !== undefined) return 'stated';
  return says === true ? 'likely' : undefined;
}
