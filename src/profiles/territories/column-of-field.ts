import type { ProfileField } from '#domain/profile.ts';

import type { Column } from './spreadsheet-columns.ts';

/** Columns that are read together, as what is said of absences. */
export const AWAY_COLUMNS = [
  'awayStart',
  'awayEnd',
  'awayMessage',
  'awayReplacement',
  'awayReplacementRpps',
] as const satisfies Column[];

/** The columns that a field of a page stands in. */
export function columnsOfField(field: ProfileField): readonly Column[] {
  if (field === 'homeVisitArea') return ['homeVisitCommunes', 'homeVisitRadius'];
  if (field === 'awayPeriods') return AWAY_COLUMNS;
  return [(field.startsWith('ways.') ? field.slice(5) : field) as Column];
}

/** The column that holds what is at a path of a page, the first where there are several. */
export function columnOfPath(path: readonly PropertyKey[]): Column {
  const [member, within] = path.map(String);
  if (member === 'ways') return within as Column;
  if (member === 'homeVisitArea' && within === 'radiusKm') return 'homeVisitRadius';
  return columnsOfField(member as ProfileField)[0]!;
}
