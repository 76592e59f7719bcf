import type { FieldChange, Profile, ProfileField } from '#domain/profile.ts';

import { columnsOfField } from './column-of-field.ts';
import { COLUMNS, SPREADSHEET_COLUMNS } from './spreadsheet-columns.ts';
import { writePageCells } from './write-page-cells.ts';

/** A field of a page for people: what it is called, what it said and what it says, as cells of a spreadsheet; empty: nothing. */
export function describeChange({ field, before, after }: FieldChange): {
  label: string;
  before: string;
  after: string;
} {
  return { label: describeField(field), before: write(field, before), after: write(field, after) };
}

/** "Visites à domicile", "Communes des visites, Rayon des visites (km)". */
export function describeField(field: ProfileField): string {
  return columnsOfField(field)
    .map((column) => SPREADSHEET_COLUMNS[column])
    .join(', ');
}

function write(field: ProfileField, value: unknown): string {
  if (value === null) return '';
  const page: Profile = field.startsWith('ways.')
    ? { ways: { [field.slice(5)]: value } }
    : { [field]: value };
  const cells = writePageCells(page, () => undefined);
  return COLUMNS.flatMap((column) => cells[column] ?? []).join(' · ');
}
