import { sql, type SQL } from 'drizzle-orm';

/** Texts as one parameter of type `text[]`: one plan for every number of them. */
export function textArray(values: readonly string[]): SQL {
  const literal = `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
  return sql`${sql.param(literal)}::text[]`;
}
