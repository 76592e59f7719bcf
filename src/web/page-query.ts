import type { z } from '@hono/zod-openapi';

import { SearchQuerySchema, wholeNumber, type SearchQuery } from '#http/query-parameters.ts';
import { toRequestInvalid } from '#domain/request-invalid.ts';

export const PAGE_SIZE = 20;
/** As far as a search can be walked. */
const PAGES_MAX = 500;

const PageQuerySchema = SearchQuerySchema.omit({
  limit: true,
  cursor: true,
  groupBy: true,
  facets: true,
}).extend({
  page: wholeNumber(1, PAGES_MAX).optional(),
});

export type PageQuery = SearchQuery & { page?: number | undefined };

/**
 * The address of a search page: the parameters of the API, and `page`. Empty ones, which forms send, are not asked; a parameter
 * given several times, as boxes that are ticked are, is a list.
 * @throws AppError `request-invalid`
 */
export function parsePageQuery(url: string): PageQuery {
  const given = new URL(url).searchParams;
  const values = [...new Set(given.keys())].map(
    (name) =>
      [
        name,
        given
          .getAll(name)
          .filter((it) => it.trim() !== '')
          .join(','),
      ] as const,
  );
  const parsed = PageQuerySchema.safeParse(Object.fromEntries(values.filter(([, value]) => value !== '')));
  if (!parsed.success) throw toRequestInvalid('query', parsed.error as z.core.$ZodError);
  return parsed.data as PageQuery;
}

/** The same search with something else: `undefined` takes a parameter off. A search that changes begins at its first page. */
export function searchPath(url: string, changes: Record<string, string | undefined>): string {
  const next = new URLSearchParams(
    [...new URL(url).searchParams].filter(
      ([name, value]) => value !== '' && name !== 'page' && !(name in changes),
    ),
  );
  for (const [name, value] of Object.entries(changes))
    if (value !== undefined && value !== '') next.set(name, value);
  const text = next.toString();
  return text === '' ? '/' : `/?${text}`;
}
