import { z } from 'zod';

import { isSame } from './profile-changes.ts';
import { ProfileSchema } from './profile-schema.ts';
import type { Profile } from './profile.ts';

type Members = Record<string, unknown>;

/**
 * A page as typed, made a page. What the page said before, and the schema, which changes with versions of this service, would refuse
 * now, is left as it stands: a member, one of a list, a way of practising.
 * @param seen the page that was changed
 * @returns only faults of what was changed
 */
export function parseEditedProfile(typed: unknown, seen: Profile): z.ZodSafeParseResult<Profile> {
  const whole = ProfileSchema.safeParse(typed);
  if (whole.success || typeof typed !== 'object' || typed === null) return whole;
  const [own, before] = [typed as Members, seen as Members];
  const kept = new Set<string>();
  const faults = whole.error.issues.filter((issue) => {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    const said = paths.map((path) => pathSaidBefore(own, before, path));
    for (const path of said) if (path !== undefined) kept.add(path);
    return said.includes(undefined);
  });
  if (faults.length > 0) return { success: false, error: new z.ZodError(faults) as never };
  const { rest, aside } = setAside(own, kept);
  const parsed = ProfileSchema.safeParse(rest);
  return parsed.success ? { success: true, data: join(parsed.data, aside) } : parsed;
}

/** @param kept paths, as {@link pathSaidBefore} gives them */
function setAside(own: Members, kept: ReadonlySet<string>): { rest: Members; aside: Members } {
  const [rest, aside]: [Members, Members] = [{}, {}];
  for (const [name, value] of Object.entries(own)) {
    const isKept = (part: string | number) => kept.has(`${name}.${part}`);
    if (kept.has(name)) aside[name] = value;
    else if (Array.isArray(value)) {
      rest[name] = value.filter((_, index) => !isKept(index));
      const parts = value.filter((_, index) => isKept(index));
      if (parts.length > 0) aside[name] = parts;
    } else if (name === 'ways' && typeof value === 'object' && value !== null) {
      const ways = Object.entries(value);
      rest[name] = Object.fromEntries(ways.filter(([way]) => !isKept(way)));
      aside[name] = Object.fromEntries(ways.filter(([way]) => isKept(way)));
    } else rest[name] = value;
  }
  return { rest, aside };
}

function join(parsed: Profile, aside: Members): Profile {
  const page: Members = { ...parsed };
  for (const [name, value] of Object.entries(aside)) {
    const other = page[name];
    if (Array.isArray(value) && Array.isArray(other)) page[name] = [...value, ...other];
    else if (name === 'ways') page[name] = { ...(other as object), ...(value as object) };
    else page[name] = value;
  }
  if ('ways' in page && Object.keys(page['ways'] as object).length === 0) delete page['ways'];
  return page as Profile;
}

/** `acts`, `acts.2`, `ways.homeVisits`: the part that holds a fault, when the page said it before; undefined when it did not. */
function pathSaidBefore(own: Members, before: Members, path: readonly PropertyKey[]): string | undefined {
  const [member, part] = path.map(String);
  if (member === undefined) return undefined;
  const [mine, theirs] = [own[member], before[member]];
  if (theirs === undefined) return undefined;
  if (isSame(mine, theirs)) return member;
  if (part === undefined) return undefined;
  const value = (mine as Members)[part];
  if (Array.isArray(mine) && Array.isArray(theirs))
    return theirs.some((it) => isSame(it, value)) ? `${member}.${part}` : undefined;
  return member === 'ways' && isSame((theirs as Members)[part], value) ? `${member}.${part}` : undefined;
}
