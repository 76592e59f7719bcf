/**
 * A value with a patch applied: members that are null go, objects are merged, everything else takes the place of what was.
 * @see RFC 7396, JSON Merge Patch
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else Object.defineProperty(merged, name, defined(mergePatch(merged[name], value)));
  }
  return merged;
}

/** Even `__proto__` is a member like another, for the schema to refuse. */
function defined(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
