import type { Correspondent } from '#domain/correspondent.ts';
import { findCommune } from '#domain/geography.ts';

import { parseCommunes, toCommuneLabel } from './communes-field.ts';
import { textOf, type FormValues } from './form-values.ts';

/** What the map of home visits shows. Positions are latitude and longitude, WGS 84 degrees. */
export interface AreaData {
  places: [number, number][];
  /** Null: none. */
  radiusKm: number | null;
  communes: { label: string; position: [number, number] }[];
}

export function toAreaData(values: FormValues, person: Correspondent): AreaData {
  const positions = person.places.flatMap(({ position }) => position ?? []);
  const radius = Number(textOf(values, 'area.radius'));
  return {
    places: positions.map(({ latitude, longitude }) => [latitude, longitude]),
    radiusKm: radius >= 1 && radius <= 100 ? radius : null,
    communes: parseCommunes(textOf(values, 'area.communes'), positions).codes.flatMap((code) => {
      const commune = findCommune(code);
      const label = toCommuneLabel(code);
      return commune && label
        ? [{ label, position: [commune.latitude, commune.longitude] as [number, number] }]
        : [];
    }),
  };
}

const NAMES_MAX = 12;

/** The communes as they were understood, read back; empty while nothing is typed. */
export function toAreaEcho(values: FormValues, person: Correspondent): string {
  const positions = person.places.flatMap(({ position }) => position ?? []);
  const { codes, unknown } = parseCommunes(textOf(values, 'area.communes'), positions);
  const names = codes.slice(0, NAMES_MAX).map(toCommuneLabel).join(', ');
  const more = codes.length > NAMES_MAX ? ` et ${codes.length - NAMES_MAX} autres` : '';
  const isSaid = codes.length > 0 || textOf(values, 'area.radius').trim() !== '';
  return [
    ...(codes.length > 0 ? [`Compris\u00a0: ${names}${more}.`] : []),
    ...unknown.slice(0, 3).map((it) => `Pas compris\u00a0: ${it.words}.`),
    ...(isSaid && textOf(values, 'ways.homeVisits') !== 'true'
      ? ['Dites aussi «\u00a0oui\u00a0» aux visites à domicile, dans les façons d’exercer.']
      : []),
  ].join(' ');
}
