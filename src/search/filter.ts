/**
 * Filters in the engine's language, built from typed values only. Attributes are names of ours; values may be anything.
 * @see https://www.meilisearch.com/docs/learn/filtering_and_sorting/filter_expression_reference
 */
export type Filter = string & { readonly brand: unique symbol };

/** Keeps documents one of whose values is one of these; for an empty list: none. */
export function isIn(attribute: string, values: readonly string[]): Filter {
  return `${attribute} IN [${values.map(quote).join(',')}]` as Filter;
}

/** Keeps documents one of whose numbers is one of these or lies between them. */
export function isBetween(attribute: string, first: number, last: number): Filter {
  return `${attribute} ${first} TO ${last}` as Filter;
}

export function equals(attribute: string, value: boolean): Filter {
  return `${attribute} = ${value}` as Filter;
}

/** Keeps documents that have no value. */
export function lacks(attribute: string): Filter {
  return `${attribute} NOT EXISTS` as Filter;
}

export function not(filter: Filter): Filter {
  return `NOT (${filter})` as Filter;
}

/** Undefined members do not count. */
export function allOf(filters: readonly (Filter | undefined)[]): Filter | undefined {
  return join(filters, ' AND ');
}

/** Undefined members do not count. */
export function anyOf(filters: readonly (Filter | undefined)[]): Filter | undefined {
  return join(filters, ' OR ');
}

function join(filters: readonly (Filter | undefined)[], operator: string): Filter | undefined {
  const present = filters.filter((filter) => filter !== undefined);
  if (present.length < 2) return present[0];
  return present.map((filter) => `(${filter})`).join(operator) as Filter;
}

/**
 * Between double quotes the engine reads `\\` as a backslash and `\"` as a quote, and everything else, line ends and NUL
 * included, as itself.
 */
function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
