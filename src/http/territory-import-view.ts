import { z } from '@hono/zod-openapi';

import { IMPORT_LINE_STATES, type TerritoryImport } from '#domain/territory-import.ts';
import type { ReadLine } from '#profiles/territories/read-import.ts';
import { toHeaders } from '#profiles/territories/spreadsheet-columns.ts';

import { queryObject } from './request-faults.ts';

const PersonSchema = z
  .object({
    practitionerId: z.string(),
    rpps: z.string().nullable(),
    name: z.string(),
    communes: z.array(z.string()),
  })
  .openapi('TerritoryPerson');

export const ImportSchema = z
  .object({
    id: z.string(),
    state: z.enum(['preview', 'confirmed', 'undone']),
    version: z.int().openapi({ description: 'Goes up whenever something of the import changes.' }),
    fileName: z.string(),
    columns: z.array(z.string()),
    createdAt: z.string(),
    createdBy: z.string(),
    confirmedAt: z.string().nullable(),
    undoneAt: z.string().nullable(),
    counts: z
      .object(Object.fromEntries(IMPORT_LINE_STATES.map((it) => [it, z.int()])) as Record<string, z.ZodInt>)
      .openapi({ description: 'Lines by what becomes of them.' }),
    people: z.int().openapi({ description: 'Whose pages it changes, or changed.' }),
    leftByUndo: z.array(z.object({ practitionerId: z.string(), name: z.string(), field: z.string() })),
  })
  .openapi('TerritoryImport');

const LineSchema = z
  .object({
    line: z.int().openapi({ description: 'As a spreadsheet numbers them: 1 is the line of headers.' }),
    state: z.enum(IMPORT_LINE_STATES),
    cells: z.record(z.string(), z.string()).openapi({ description: 'By header.' }),
    person: PersonSchema.nullable(),
    candidates: z.array(PersonSchema).openapi({ description: 'Whom a doubtful line may be about.' }),
    faults: z.array(z.object({ column: z.string().nullable(), detail: z.string() })),
    changes: z
      .array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() }))
      .openapi({ description: 'Of the page, field by field; null: nothing is said.' }),
  })
  .openapi('TerritoryImportLine');

export const ImportWithLinesSchema = ImportSchema.extend({
  lines: z.array(LineSchema),
  next: z.int().nullable(),
}).openapi('TerritoryImportWithLines');

export const AmendmentSchema = queryObject({
  line: z.int(),
  rpps: z
    .string()
    .max(20)
    .nullable()
    .optional()
    .openapi({ description: 'Whom the line is about; null: as its cells tell.' }),
  skip: z.boolean().optional().openapi({ description: 'To leave it out, or no more.' }),
  cells: z
    .record(z.string().max(60), z.string().max(80_000))
    .optional()
    .openapi({ description: 'Corrected cells, by header; an empty one says nothing.' }),
});

export function toImportView(it: TerritoryImport): z.infer<typeof ImportSchema> {
  const { id, state, version, fileName, columns, createdAt, confirmedAt, undoneAt, counts, people } = it;
  return {
    id,
    state,
    version,
    fileName,
    columns,
    createdAt,
    createdBy: it.createdBy.name,
    confirmedAt,
    undoneAt,
    counts,
    people,
    leftByUndo: it.leftByUndo,
  };
}

export function toLineView({
  line,
  state,
  cells,
  person,
  candidates,
  faults,
  changes,
}: ReadLine): z.infer<typeof LineSchema> {
  const told = faults.map(({ column, detail }) => ({ column, detail }));
  return { line, state, cells: toHeaders(cells), person, candidates, faults: told, changes };
}
