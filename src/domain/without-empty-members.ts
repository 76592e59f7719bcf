/** Members in their order, without those that say nothing, so that equal values are equal texts. */
export function withoutEmptyMembers(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, said]) => said !== undefined && !(Array.isArray(said) && said.length === 0),
    ),
  );
}
